/**
 * The table of a subject: what text, Markdown and docs/performance.md show alike.
 *
 * @module
 */
import { formatTable, type Column } from '../cli/table.ts';
import { formatRatio, formatSpread } from './format.ts';
import type { Absent, Row } from './result.ts';
import { computeSpeedup, computeSpread } from './spread.ts';

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns of words to the left, of figures to the right. */
export function columnsOf(words: readonly string[], figures: readonly string[]): readonly Column[] {
  return [
    ...words.map((heading) => ({ heading })),
    ...figures.map((heading) => ({ heading, align: 'right' }) as const),
  ];
}

/** Milliseconds of a row; empty if there is none. */
export function msOf(row: Row | undefined): string {
  return row === undefined ? '' : formatSpread(computeSpread(row.rounds));
}

/** How many times as fast `row` is as `other`, round by round; empty if either is missing. */
export function speedupOf(row: Row | undefined, other: Row | undefined): string {
  return row === undefined || other === undefined ? '' : formatRatio(computeSpeedup(row, other));
}

export function toText({ columns, rows }: Table): string {
  return formatTable(columns, rows);
}

/** As a table of Markdown. */
export function toMarkdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '--:' : '---'));
  return `${[line(columns.map(({ heading }) => heading)), line(rule), ...rows.map(line)].join('\n')}\n`;
}

/** Who did not take part, one a line: those who never did once, whatever the case. */
export function listAbsent(absent: readonly Absent[]): readonly string[] {
  return absent.map(({ peer, threads, case: name, why }) => {
    return `${peer}, ${describeThreads(threads)}${name === undefined ? '' : `, ${name}`}: ${why}`;
  });
}

/** `1 thread`, `2 threads`. */
export function describeThreads(threads: number): string {
  return `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** The text after a table. */
export function absentText(absent: readonly Absent[]): string {
  return absent.length === 0
    ? ''
    : `\nnot measured:\n${listAbsent(absent)
        .map((line) => `  ${line}\n`)
        .join('')}`;
}

/** The row of a contestant at a case, if it took part. */
export function findRow(rows: readonly Row[], name: string, peer: string, threads = 1): Row | undefined {
  return rows.find((row) => row.case === name && row.peer === peer && row.threads === threads);
}

/** The cases in the order in which they were measured. */
export function casesOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.map((row) => row.case))];
}
