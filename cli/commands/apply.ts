/**
 * `dst apply`: puts a subset into its seed and writes the tuned model.
 *
 * @module
 */
import type { Command } from 'commander';
import { applyArtifact } from '../../src/files/subsetFile.ts';
import { fingerprint } from '../../src/files/fingerprint.ts';
import { requireNewFolder } from '../../src/files/atomic.ts';
import { openSubset } from '../../src/run/openModel.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createProgress, during } from '../progress.ts';
import { openSeedFor } from '../seeds.ts';
import { formatCount } from '../table.ts';

interface Options extends CommonOptions {
  readonly seed?: string;
  readonly out: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .argument('<subset>', 'file of a subset, or folder of the run that made it')
    .option('--seed <folder>', 'the seed that it was made for (default: the run’s, or the one in seeds/ that it names)')
    .requiredOption('--out <folder>', 'where the tuned model goes')
    .action((path: string, options: Options) =>
      during(createProgress(io, options.quiet === true), `applying ${path}`, () => run(path, options, io)),
    );
  addExamples(command, [['dst apply runs/latest --out /tmp/tuned', 'the tuned model, to the bit']]);
}

function run(given: string, options: Options, io: Io): void {
  requireNewFolder('--out', options.out);
  const opened = openSubset(given);
  const { artifact, path } = opened;
  const seed = openSeedFor(opened, options.seed, io);
  const theta = applyArtifact(seed.theta, seed.parameters, artifact, path);
  seed.model.writeTuned(options.out, theta);
  const { total } = fingerprint(theta, seed.parameters);
  const changed = artifact.subset.indices.length;
  writeResult(
    io,
    options.json === true,
    { folder: options.out, changed, fingerprint: total },
    `${options.out}: ${formatCount(changed)} parameters replaced, fingerprint ${total.slice(0, 16)}\n`,
  );
}
