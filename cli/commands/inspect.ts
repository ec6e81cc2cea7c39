/**
 * `dst inspect`: what a seed, a run, a checkpoint or a subset holds: counts per silo, fractions, fingerprint.
 *
 * @module
 */
import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { SILO_STRATEGIES } from '../../src/dst/notation.ts';
import { wrong } from '../../src/errors.ts';
import { resolvePointer } from '../../src/files/pointer.ts';
import { oneOf } from '../../src/kinds.ts';
import { inspectFile, inspectFolder, type Findings } from '../inspect/findings.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createProgress, during } from '../progress.ts';
import { formatCount, formatShare, formatTable } from '../table.ts';

interface Options extends CommonOptions {
  readonly silos: string;
  readonly seed?: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .argument('<path>', 'folder of a model or a run, or file of a checkpoint or a subset')
    .option('--silos <strategy>', `count by: ${SILO_STRATEGIES.join(', ')}`, 'per-module-and-layer')
    .option('--seed <folder>', 'where the seed of a run is now, if it was moved')
    .action((path: string, options: Options) =>
      during(createProgress(io, options.quiet === true), `reading ${path}`, () => run(path, options, io)),
    );
  addExamples(command, [
    ['dst inspect runs/latest/subset.safetensors', 'where the changed parameters are'],
    ['dst inspect runs/latest --silos per-module', 'the same for the tuned model, layers together'],
    ['dst inspect runs/latest/checkpoint.safetensors', 'how far an interrupted run got'],
  ]);
}

function run(path: string, options: Options, io: Io): void {
  const strategy = oneOf(SILO_STRATEGIES)(options.silos, '--silos');
  if (!existsSync(path)) throw wrong('inspect', 'a file or a folder', path);
  const where = resolvePointer(path);
  const findings = statSync(where).isDirectory()
    ? inspectFolder(where, strategy, options.seed)
    : inspectFile(where, strategy);
  writeResult(io, options.json === true, { path, ...findings }, describe(path, findings));
}

function describe(path: string, { kind, facts, silos }: Findings): string {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  const lines = Object.entries(facts).map(([name, value]) => `  ${name.padEnd(width)}  ${String(value)}`);
  const table = formatTable(
    [
      { heading: 'silo' },
      { heading: 'size', align: 'right' },
      { heading: 'changed', align: 'right' },
      { heading: 'fraction', align: 'right' },
    ],
    silos.map(({ name, size, changed, fraction }) => [
      name,
      formatCount(size),
      changed === null ? '' : formatCount(changed),
      fraction === null ? '' : formatShare(fraction, 3),
    ]),
  );
  return `${path}: ${kind}\n${lines.join('\n')}\n\n${silos.length === 0 ? '' : table}`;
}
