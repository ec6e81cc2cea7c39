/**
 * A comparison of runs as text.
 *
 * @module
 */
import { formatTable } from '../table.ts';
import type { Comparison } from './comparison.ts';
import { describeNotComparable, PAIR_COLUMNS, pairRows, RUN_COLUMNS, runCells } from './words.ts';

/** Tables, and a line for each pair that is not compared. */
export function describeComparison(comparison: Comparison): string {
  const { runs, differences, notComparable, overlaps } = comparison;
  const parts = [formatTable(RUN_COLUMNS, runs.map(runCells))];
  if (differences.length > 0) {
    const rows = pairRows(comparison);
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
