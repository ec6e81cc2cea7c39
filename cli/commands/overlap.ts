/**
 * `dst overlap`: the share of changed parameters that two subsets have in common (Eq. 9).
 *
 * @module
 */
import type { Command } from 'commander';
import { overlapOfSubsets } from '../../src/dst/overlap.ts';
import { wrong } from '../../src/errors.ts';
import { openSubset } from '../../src/run/openModel.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createProgress, during } from '../progress.ts';
import { formatCount } from '../table.ts';

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .argument('<a>', 'file of a subset, or folder of the run that made it')
    .argument('<b>', 'another subset of the same seed')
    .action((a: string, b: string, options: CommonOptions) =>
      during(createProgress(io, options.quiet === true), `comparing ${a} and ${b}`, () => run(a, b, options, io)),
    );
  addExamples(command, [['dst overlap runs/a runs/b', 'do two runs choose the same parameters?']]);
}

function run(pathA: string, pathB: string, options: CommonOptions, io: Io): void {
  const [a, b] = [openSubset(pathA).artifact, openSubset(pathB).artifact];
  if (a.seedFingerprint.total !== b.seedFingerprint.total) {
    const short = (total: string): string => total.slice(0, 16);
    throw wrong(
      pathB,
      `a subset of the seed ${short(a.seedFingerprint.total)}`,
      `one of ${short(b.seedFingerprint.total)}`,
    );
  }
  const share = overlapOfSubsets(a.subset, b.subset);
  const sizes = [a.subset.indices.length, b.subset.indices.length];
  writeResult(
    io,
    options.json === true,
    { overlap: share, changed: sizes },
    `overlap ${share.toFixed(4)} of ${formatCount(sizes[0])} and ${formatCount(sizes[1])} changed parameters\n`,
  );
}
