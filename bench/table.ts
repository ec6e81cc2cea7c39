/**
 * The table of a subject: what text, Markdown and docs/performance.md show alike.
 *
 * @module
 */
import { formatTable, type Column } from '../cli/table.ts';
import type { Absent, Row } from './result.ts';

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
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
    return `${peer}, ${threads} ${threads === 1 ? 'thread' : 'threads'}${name === undefined ? '' : `, ${name}`}: ${why}`;
  });
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
