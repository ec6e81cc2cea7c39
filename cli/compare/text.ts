/**
 * A comparison of runs as text.
 *
 * @module
 */
import { formatTable } from '../table.ts';
import type { Comparison } from './comparison.ts';
import { describeNotComparable, PAIR_COLUMNS, pairCells, RUN_COLUMNS, runCells } from './words.ts';

/** Tables, and a line for each pair that is not compared. */
export function describeComparison({ runs, differences, notComparable, overlaps }: Comparison): string {
  const runOf = new Map(runs.map((run) => [run.name, run]));
  const parts = [formatTable(RUN_COLUMNS, runs.map(runCells))];
  if (differences.length > 0) {
    const rows = differences.flatMap((difference) => {
      const run = runOf.get(difference.first);
      return run === undefined ? [] : [pairCells(difference, run)];
    });
    parts.push(`Differences on the same rows, pair by pair:\n${formatTable(PAIR_COLUMNS, rows)}`);
  }
  if (notComparable.length > 0) parts.push(`${notComparable.map(describeNotComparable).join('\n')}\n`);
  if (overlaps.length > 0) {
    const rows = overlaps.map(({ first, second, overlap }) => [first, second, overlap.toFixed(4)]);
    const columns = [{ heading: 'run' }, { heading: 'and' }, { heading: 'overlap', align: 'right' }] as const;
    parts.push(`What their subsets have in common (Eq. 9):\n${formatTable(columns, rows)}`);
  }
  return parts.join('\n');
}
