/**
 * `dst revert`: takes a subset out of a tuned model and writes the seed.
 *
 * @module
 */
import type { Command } from 'commander';
import { requireNewFolder } from '../../src/files/atomic.ts';
import { copyFiles } from '../../src/files/copyFolder.ts';
import { fingerprint } from '../../src/files/fingerprint.ts';
import { revertArtifact } from '../../src/files/subsetFile.ts';
import { openModel, openSubset } from '../../src/run/openModel.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createProgress, during } from '../progress.ts';
import { openSeedFor } from '../seeds.ts';
import { formatCount } from '../table.ts';

interface Options extends CommonOptions {
  readonly model: string;
  readonly seed?: string;
  readonly out: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .argument('<subset>', 'file of a subset, or folder of the run that made it')
    .requiredOption('--model <folder>', 'the tuned model')
    .option(
      '--seed <folder>',
      'the seed, whose values come back (default: the run’s, or the one in seeds/ that it names)',
    )
    .requiredOption('--out <folder>', 'where the reverted model goes')
    .action((path: string, options: Options) =>
      during(createProgress(io, options.quiet === true), `reverting ${path}`, () => run(path, options, io)),
    );
  addExamples(command, [['dst revert runs/latest --model /tmp/tuned --out /tmp/back', 'the seed again, to the bit']]);
}

function run(given: string, options: Options, io: Io): void {
  requireNewFolder('--out', options.out);
  const opened = openSubset(given);
  const { artifact, path } = opened;
  const seed = openSeedFor(opened, options.seed, io);
  const tuned = openModel(options.model);
  const theta = revertArtifact(tuned.theta, seed.theta, seed.parameters, artifact, path);
  if (seed.files === null) seed.model.writeTuned(options.out, theta);
  else copyFiles(seed.files, options.out);
  const { total } = fingerprint(theta, seed.parameters);
  const changed = artifact.subset.indices.length;
  writeResult(
    io,
    options.json === true,
    { folder: options.out, changed, fingerprint: total, isSeed: total === seed.fingerprint },
    `${options.out}: ${formatCount(changed)} parameters put back, fingerprint ${total.slice(0, 16)}\n`,
  );
}
