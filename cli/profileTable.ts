/**
 * The table of `dst train --profile`.
 *
 * @module
 */
import type { ProfileTable } from '../src/kernel/profile.ts';
import { formatShare, formatTable } from './table.ts';

/** Where the time of a step went; ends with a newline. */
export function describeProfile({ steps, milliseconds, rows }: ProfileTable): string {
  if (steps === 0) return 'no step was made: nothing to profile\n';
  return formatTable(
    [{ heading: 'part of a step' }, { heading: 'ms a step', align: 'right' }, { heading: 'share', align: 'right' }],
    [
      ...rows.map((row) => [row.group, row.milliseconds.toFixed(3), formatShare(row.share, 1)]),
      [`all, mean of ${steps} steps`, milliseconds.toFixed(3), formatShare(1, 1)],
    ],
  );
}
