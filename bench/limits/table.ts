/**
 * The machine's limits as tables: operations in registers, and the cost of a step of DST for each element.
 *
 * @module
 */
import { formatRatio, formatSpread } from '../format.ts';
import { leastTable } from './leastTable.ts';
import { NATIVE_PEAKS, NATIVE_STEPS, WASM_PEAK } from '../peakNames.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeRate, computeRateRatio, computeSpread, type Spread } from '../spread.ts';
import { absentText, casesOf, columnsOf, findRow, toText, type Table } from '../table.ts';

/** The case of the loops that live in registers. */
export const PEAKS = 'operations in registers';

const STEP = 'a step of DST on ';

export function caseOfStep(n: number): string {
  return `${STEP}10^${Math.round(Math.log10(n))}`;
}

/** One line a loop. */
export function peakTable({ rows }: SubjectResult): Table {
  const widest = findRow(rows, PEAKS, NATIVE_PEAKS.peak256.name);
  const ratio = (row: Row): string =>
    widest === undefined || row === widest ? '' : formatRatio(computeRateRatio(row, widest));
  return {
    columns: columnsOf(['loop'], ['GFLOP/s', 'to 256 bits, fused']),
    rows: [WASM_PEAK, ...Object.values(NATIVE_PEAKS).map(({ name }) => name)].flatMap((name) => {
      const row = findRow(rows, PEAKS, name);
      return row === undefined ? [] : [[name, formatSpread(computeRate(row)), ratio(row)]];
    }),
  };
}

/** One line a size: what an element costs, and how that has grown since the first. */
export function elementTable({ rows }: SubjectResult): Table {
  const cases = casesOf(rows).filter((name) => name.startsWith(STEP));
  const cells = (name: string, peer: string): string[] => {
    const [first, row] = [cases[0], name].map((of) => findRow(rows, of, peer));
    if (row === undefined || first === undefined) return ['', ''];
    const { x = NaN } = row;
    const nanoseconds = computeSpread(row.rounds.map((ms) => (1e6 * ms) / x));
    return [formatSpread(nanoseconds), row === first ? '' : formatRatio(computeGrowth(first, row))];
  };
  const headings = ['ns an element', 'of the first'];
  const peers = ['ours', NATIVE_STEPS.step, NATIVE_STEPS.step_at_once];
  return {
    columns: columnsOf(
      ['size'],
      peers.flatMap((peer) => headings.map((heading) => `${peer}, ${heading}`)),
    ),
    rows: cases.map((name) => [name, ...peers.flatMap((peer) => cells(name, peer))]),
  };
}

/** How many times as much an element costs in `row` as in `first`, round by round. */
export function computeGrowth(first: Row, row: Row): Spread {
  const [from = NaN, to = NaN] = [first.x, row.x];
  return computeSpread(row.rounds.map((ms, round) => ms / to / (first.rounds[round] / from)));
}

/** All that was measured, in the order in which it is shown. */
export function limitsTables(result: SubjectResult): readonly Table[] {
  return [peakTable(result), leastTable(result), elementTable(result)].filter((table) => table !== undefined);
}

export function printLimits(result: SubjectResult): string {
  return `${limitsTables(result).map(toText).join('\n')}${absentText(result.absent)}`;
}
