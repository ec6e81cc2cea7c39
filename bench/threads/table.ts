/**
 * Two threads to one: as the machine is, and under load.
 *
 * @module
 */
import { formatFigure } from '../format.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeMedian } from '../spread.ts';
import { absentText, casesOf, columnsOf, findRow, msOf, speedupOf, toText, type Table } from '../table.ts';

/** A loop of 64 elements, as it is on one thread and split on two. */
export const HANDING_OVER = 'handing over a job';
const LOADED = ', one core taken';

/** The case of a work while another process has one core. */
export function underLoad(work: string): string {
  return `${work}${LOADED}`;
}

/** How many times as fast two threads are over all rounds together, with what was lost in waiting; NaN without both. */
export function computeOverall(rows: readonly Row[], name: string): number {
  const [one, two] = [findRow(rows, name, 'ours'), findRow(rows, name, 'ours', 2)];
  const sum = (row: Row | undefined): number => (row?.rounds ?? []).reduce((total, ms) => total + ms, 0);
  return sum(one) / sum(two);
}

/** The works that were measured, without what handing over costs. */
export function worksOf(rows: readonly Row[]): readonly string[] {
  return casesOf(rows).filter((name) => name !== HANDING_OVER && !name.endsWith(LOADED));
}

/** One line a work. */
export function threadsTable({ rows }: SubjectResult): Table {
  const cells = (name: string): string[] => {
    const [one, two] = [findRow(rows, name, 'ours'), findRow(rows, name, 'ours', 2)];
    const overall = computeOverall(rows, name);
    return [msOf(one), msOf(two), speedupOf(two, one), Number.isNaN(overall) ? '' : `${overall.toFixed(2)}x`];
  };
  const headings = ['1 thread, ms', '2 threads, ms', 'faster by', 'over all rounds'];
  return {
    columns: columnsOf(['work'], [...headings, ...headings.slice(2).map((heading) => `one core taken: ${heading}`)]),
    rows: worksOf(rows).map((work) => [work, ...cells(work), ...cells(underLoad(work)).slice(2)]),
  };
}

/** What a job costs beyond its work, in a sentence. */
export function describeHandingOver({ rows, facts }: SubjectResult): string {
  const [one, two] = [1, 2].map((threads) => findRow(rows, HANDING_OVER, 'ours', threads));
  if (one === undefined || two === undefined) return '';
  const microseconds = 1000 * (computeMedian(two.rounds) - computeMedian(one.rounds));
  return `The machine grants ${facts['granted']} threads. Handing over a job costs ${formatFigure(microseconds)} µs: so much longer takes a loop over 64 elements that is split in four.`;
}

export function printThreads(result: SubjectResult): string {
  return `${describeHandingOver(result)}\n\n${toText(threadsTable(result))}${absentText(result.absent)}`;
}
