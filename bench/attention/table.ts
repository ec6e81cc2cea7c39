/**
 * How much faster attention is as one kernel.
 *
 * @module
 */
import type { SubjectResult } from '../result.ts';
import { absentText, casesOf, columnsOf, findRow, msOf, speedupOf, toText, type Table } from '../table.ts';

/** Who competes: the fused kernel, and the three that it takes the place of. */
export const WAYS = ['one kernel', 'step by step'] as const;
export type Way = (typeof WAYS)[number];

/** One line a shape. */
export function attentionTable({ rows }: SubjectResult): Table {
  return {
    columns: columnsOf(['rows x keys'], [...WAYS.map((way) => `${way}, ms`), 'one kernel is faster by']),
    rows: casesOf(rows).map((name) => {
      const [one, steps] = WAYS.map((way) => findRow(rows, name, way));
      return [name, msOf(one), msOf(steps), speedupOf(one, steps)];
    }),
  };
}

export function printAttention(result: SubjectResult): string {
  return `${toText(attentionTable(result))}${absentText(result.absent)}`;
}
