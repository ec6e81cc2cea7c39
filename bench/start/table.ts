/**
 * What starting costs, beside an empty process.
 *
 * @module
 */
import { formatSpread } from '../format.ts';
import type { SubjectResult } from '../result.ts';
import { computeSpread } from '../spread.ts';
import { absentText, columnsOf, findRow, msOf, toText, type Table } from '../table.ts';

/** What is started. */
export const START_NAMES = ['empty', 'version', 'import', 'wasm', 'threads'] as const;
export type Start = (typeof START_NAMES)[number];

/** The case of each. What is measured inside a process does not count the process itself, which the first rows do. */
export const STARTS: Readonly<Record<Start, { readonly title: string; readonly isInside: boolean }>> = {
  empty: { title: 'an empty node process', isInside: false },
  version: { title: 'dst --version', isInside: false },
  import: { title: 'import of the package', isInside: false },
  wasm: { title: 'in it: the wasm module to its first result', isInside: true },
  threads: { title: '… with a second thread asked for', isInside: true },
};

/** One line a start. */
export function startTable({ rows }: SubjectResult): Table {
  const empty = findRow(rows, STARTS.empty.title, 'ours');
  return {
    columns: columnsOf(['what'], ['ms', 'beyond an empty process, ms']),
    rows: START_NAMES.map((name) => {
      const { title, isInside } = STARTS[name];
      const row = findRow(rows, title, 'ours');
      const isBeyond = row !== undefined && empty !== undefined && row !== empty && !isInside;
      const beyond = isBeyond ? row.rounds.map((ms, round) => ms - empty.rounds[round]) : [];
      return [title, msOf(row), beyond.length === 0 ? '' : formatSpread(computeSpread(beyond))];
    }),
  };
}

export function printStart(result: SubjectResult): string {
  return `${toText(startTable(result))}${absentText(result.absent)}`;
}
