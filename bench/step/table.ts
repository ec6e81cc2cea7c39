/**
 * Training steps in milliseconds, and how ours stand to each peer's, round by round.
 *
 * @module
 */
import { formatCount } from '../../cli/table.ts';
import { formatFigure } from '../format.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeMedian, computeRate, computeSpread } from '../spread.ts';
import { absentText, columnsOf, describeThreads, findRow, msOf, speedupOf, toText, type Table } from '../table.ts';

/** The case that all contestants share. */
export const STEP = 'step';
/** One line a contestant, the fastest first. */
export function stepTable({ rows }: SubjectResult): Table {
  const steps = rows
    .filter((row) => row.case === STEP)
    .sort((a, b) => computeMedian(a.rounds) - computeMedian(b.rounds));
  const [one, two] = [findRow(rows, STEP, 'ours'), findRow(rows, STEP, 'ours', 2)];
  const ratioTo = (ours: Row | undefined, row: Row): string => (row === ours ? '' : speedupOf(ours, row));
  const figures = [
    'threads',
    'ms a step',
    'GFLOP/s',
    'ours, 1 thread, is faster by',
    ...(two ? ['ours, 2 threads'] : []),
  ];
  return {
    columns: columnsOf(['who'], figures),
    rows: steps.map((row) => [
      row.peer,
      String(row.threads),
      msOf(row),
      formatFigure(computeRate(row).median),
      ratioTo(one, row),
      ...(two ? [ratioTo(two, row)] : []),
    ]),
  };
}

/** In short: how many times as fast ours is as each peer on one thread. */
export function briefStepTable({ rows }: SubjectResult): Table {
  const steps = rows.filter((row) => row.case === STEP);
  const peers = steps.filter(({ peer, threads }) => peer !== 'ours' && threads === 1);
  const ours = steps.filter(({ peer }) => peer === 'ours').sort((a, b) => a.threads - b.threads);
  return {
    columns: columnsOf(
      ['ours on'],
      peers.map(({ peer }) => peer),
    ),
    rows: ours.map((own) => [describeThreads(own.threads), ...peers.map((row) => speedupOf(own, row))]),
  };
}

/** Where our own time goes, by groups of kernels. */
export function partsTable({ rows }: SubjectResult): Table {
  const parts = rows.filter((row) => row.case !== STEP);
  return {
    columns: columnsOf(['part'], ['threads', 'ms', 'of the step']),
    rows: parts.map((row) => {
      const whole = parts.filter(({ threads }) => threads === row.threads);
      const sum = whole.reduce((total, { rounds }) => total + computeMedian(rounds), 0);
      const share = computeMedian(row.rounds) / sum;
      return [row.case, String(row.threads), msOf(row), `${(100 * share).toFixed(1)} %`];
    }),
  };
}

/** `{ rows: [{ peer, threads, stepMs, low, high }] }`: the median, the least and the greatest of the rounds. */
export function stepToJson({ subject, rows, absent, facts }: SubjectResult): Readonly<Record<string, unknown>> {
  const steps = rows
    .filter((row) => row.case === STEP)
    .map(({ peer, threads, rounds }) => {
      const { low, median, high } = computeSpread(rounds);
      return { peer, threads, stepMs: median, low, high };
    });
  const parts = rows
    .filter((row) => row.case !== STEP)
    .map(({ case: part, threads, rounds }) => ({ part, threads, ms: computeMedian(rounds) }));
  return { subject, rows: steps, parts, absent, facts };
}

/** What was trained, and on what, in a sentence. */
export function describeStep({ facts }: SubjectResult): string {
  const batch =
    facts['source'] === undefined
      ? `${facts['rows']} rows of ${facts['length']} tokens`
      : `${facts['rows']} pairs of ${facts['source']} source and ${facts['target']} target tokens`;
  const flops = formatFigure(Number(facts['flops']) / 1e9);
  return `${formatCount(Number(facts['parameters']))} parameters, ${batch}, ${flops} · 10⁹ operations in the matrix products of a step; the loss ${Number(facts['loss']).toFixed(4)} in every contestant before the first step.`;
}

export function printStep(result: SubjectResult): string {
  return `${describeStep(result)}\n\n${toText(stepTable(result))}\n${toText(partsTable(result))}${absentText(result.absent)}`;
}
