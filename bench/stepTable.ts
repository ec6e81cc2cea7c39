/**
 * Training steps in milliseconds, and how ours stand to each peer's, round by round.
 *
 * @module
 */
import { formatFigure, formatRatio, formatSpread } from './format.ts';
import type { Row, SubjectResult } from './result.ts';
import { computeMedian, computeRate, computeSpeedup, computeSpread } from './spread.ts';
import { absentText, findRow, toText, type Table } from './table.ts';

/** The case that all contestants share. */
export const STEP = 'step';
/** What ours consists of. */
export const PARTS = { gradient: 'forward and backward', update: 'AdaFactor, θ + u' } as const;

/** One line a contestant, the fastest first. */
export function stepTable({ rows }: SubjectResult): Table {
  const steps = rows
    .filter((row) => row.case === STEP)
    .sort((a, b) => computeMedian(a.rounds) - computeMedian(b.rounds));
  const [one, two] = [findRow(rows, STEP, 'ours'), findRow(rows, STEP, 'ours', 2)];
  const ratioTo = (ours: Row | undefined, row: Row): string =>
    ours === undefined || row === ours ? '' : formatRatio(computeSpeedup(ours, row));
  return {
    columns: [
      { heading: 'who' },
      ...['threads', 'ms a step', 'GFLOP/s', 'ours, 1 thread, is faster by', ...(two ? ['ours, 2 threads'] : [])].map(
        (heading) => ({ heading, align: 'right' }) as const,
      ),
    ],
    rows: steps.map((row) => [
      row.peer,
      String(row.threads),
      formatSpread(computeSpread(row.rounds)),
      formatFigure(computeRate(row).median),
      ratioTo(one, row),
      ...(two ? [ratioTo(two, row)] : []),
    ]),
  };
}

/** Where our own time goes. */
export function partsTable({ rows }: SubjectResult): Table {
  const parts = rows.filter((row) => row.case !== STEP);
  return {
    columns: [
      { heading: 'part' },
      { heading: 'threads', align: 'right' },
      { heading: 'ms', align: 'right' },
      { heading: 'of the step', align: 'right' },
    ],
    rows: parts.map((row) => {
      const whole = findRow(rows, STEP, 'ours', row.threads);
      const share = whole === undefined ? NaN : computeMedian(row.rounds) / computeMedian(whole.rounds);
      return [
        row.case,
        String(row.threads),
        formatSpread(computeSpread(row.rounds)),
        Number.isNaN(share) ? '' : `${(100 * share).toFixed(1)} %`,
      ];
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

export function printStep(result: SubjectResult): string {
  const { facts } = result;
  const about = `${facts['parameters']} parameters, ${facts['rows']} rows of ${facts['length']} tokens; one and the same loss everywhere\n\n`;
  return `${about}${toText(stepTable(result))}\n${toText(partsTable(result))}${absentText(result.absent)}`;
}
