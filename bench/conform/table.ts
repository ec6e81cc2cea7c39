/**
 * How long a full verdict takes, and how much of it is the kit's own.
 *
 * @module
 */
import { formatSpread } from '../format.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeSpread } from '../spread.ts';
import { absentText, columnsOf, findRow, toText, type Table } from '../table.ts';

/** The programs that are judged. */
export const PROGRAMS = ['the adapter in JavaScript', 'the same, a millisecond an answer'] as const;

/** How they are asked. The first is what the others are compared with, if there is no other checkout. */
export const WAYS = {
  one: { title: 'one request at a time', options: ['--in-flight', '1'] },
  usual: { title: 'as usual', options: [] },
  jobs: { title: '--jobs 2', options: ['--jobs', '2'] },
} as const;

/** The other checkout, asked as usual. */
export const OTHER = 'the other checkout';

/** The row of the same rounds that has the program's own processor time. */
export function programOf(way: string): string {
  return `${way}: the program`;
}

/** A line for each program and way: seconds, what of them is not the program's, and both as a share of those of the first line. */
export function conformTable({ rows }: SubjectResult): Table {
  const names = [OTHER, ...Object.values(WAYS).map(({ title }) => title)];
  const lines = PROGRAMS.flatMap((program) => {
    const measured = names.flatMap((name) => {
      const [whole, own] = [findRow(rows, program, name), findRow(rows, program, programOf(name))];
      return whole === undefined || own === undefined ? [] : [{ name, whole, rest: lessThan(whole, own) }];
    });
    return measured.map(({ name, whole, rest }) => [
      program,
      name,
      spreadOf(whole.rounds.map((ms) => ms / 1000)),
      spreadOf(rest.map((ms) => ms / 1000)),
      name === measured[0].name ? '' : spreadOf(shares(whole.rounds, measured[0].whole.rounds)),
      name === measured[0].name ? '' : spreadOf(shares(rest, measured[0].rest)),
    ]);
  });
  const figures = ['seconds', 'without the program, s', 'share of the first', 'share without the program'];
  return { columns: columnsOf(['program', 'asked'], figures), rows: lines };
}

function lessThan(whole: Row, own: Row): readonly number[] {
  return whole.rounds.map((ms, round) => ms - own.rounds[round]);
}

function shares(rounds: readonly number[], first: readonly number[]): readonly number[] {
  return rounds.map((ms, round) => ms / first[round]);
}

function spreadOf(rounds: readonly number[]): string {
  return formatSpread(computeSpread(rounds));
}

export function printConform(result: SubjectResult): string {
  return `${toText(conformTable(result))}${absentText(result.absent)}`;
}
