/**
 * The tables of selection: by number of distances and budget, milliseconds of ours and ratios to the peers'; and what
 * a pass over memory reaches.
 *
 * @module
 */
import { shortPercent } from '../../cli/report/format.ts';
import { formatFigure, formatSpread } from '../format.ts';
import { NATIVE_COUNT } from '../peakNames.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeSpread } from '../spread.ts';
import { absentText, casesOf, findRow, toText, type Table } from '../table.ts';

/** Ours, by what they do. */
export const WAYS = {
  select: 'select',
  near: 'select, τ known before',
  digits: 'select, digits alone',
  iterative: 'Algorithm 2',
  counting: 'Algorithm 2, counting',
  sort: 'sort',
  step: 'step',
  count: 'count above τ',
  finite: 'first not finite',
  sum: 'sum',
  copy: 'copy',
} as const;

/** What the ratios of {@link selectionTable} say. */
export const ABOUT_RATIOS =
  'Ratios say how many times as long as `select` (the last column: as the step) the other takes, and compare the least rounds, since what other processes take away of the caches only ever adds.';

/** What {@link passTable} shows. */
export const ABOUT_PASSES = 'What one pass over memory reads (a copy: reads and writes):';

/** The case's name: the number of distances, whether most are 0, and the budget; without one, the passes over memory. */
export function toCase(n: number, tied?: boolean, epsilon?: number): string {
  const size = `10^${Math.round(Math.log10(n))}`;
  return epsilon === undefined ? `${size}, one pass` : `${size}, ${tied === true ? 'ties' : 'none'}, ${epsilon}`;
}

/**
 * One line for each number of distances and budget. Ratios: how many times as long as ours the other takes, of the least
 * rounds of each, since what other processes take away of the caches only ever adds.
 */
export function selectionTable({ rows }: SubjectResult): Table {
  const cases = casesOf(rows).filter((name) => !name.endsWith('one pass'));
  return {
    columns: [
      { heading: '|S|' },
      { heading: 'ties at 0' },
      { heading: 'ε' },
      ...['select, ms', 'τ known before', 'Algorithm 2', 'counting', 'digits alone', 'sort'].map(right),
      ...['numpy.partition', 'torch.kthvalue', 'torch.quantile', 'step, ms', 'ns an element', 'torch'].map(right),
    ],
    rows: cases.map((name) => {
      const [size, ties, epsilon] = name.split(', ');
      const at = (peer: string): Row | undefined => findRow(rows, name, peer);
      const ours = at(WAYS.select);
      const step = at(WAYS.step);
      const ms = (row: Row | undefined): string => (row === undefined ? '' : formatSpread(computeSpread(row.rounds)));
      const times = (other: Row | undefined, own = ours): string =>
        own === undefined || other === undefined ? '' : ratio(own, other);
      return [
        size,
        ties === 'ties' ? '90 %' : 'none',
        shortPercent(Number(epsilon)),
        ms(ours),
        ms(at(WAYS.near)),
        ms(at(WAYS.iterative)),
        times(at(WAYS.counting)),
        times(at(WAYS.digits)),
        times(at(WAYS.sort)),
        times(at('numpy.partition')),
        times(at('torch.kthvalue')),
        times(at('torch.quantile')),
        ms(step),
        step?.x === undefined ? '' : formatFigure((1e6 * computeSpread(step.rounds).low) / step.x),
        times(at('torch.step'), step),
      ];
    }),
  };
}

/** Gigabytes a second that one pass reads (a copy: reads and writes), by number of distances. */
export function passTable({ rows }: SubjectResult): Table {
  const cases = casesOf(rows).filter((name) => name.endsWith('one pass'));
  const names = [WAYS.count, WAYS.finite, WAYS.sum, WAYS.copy, NATIVE_COUNT, 'torch.sum', 'torch.copy'];
  return {
    columns: [{ heading: 'GB/s' }, ...names.map(right)],
    rows: cases.map((name) => [
      name,
      ...names.map((peer) => {
        const row = findRow(rows, name, peer);
        if (row?.x === undefined) return '';
        const bytes = row.x * (peer.endsWith('copy') ? 8 : 4);
        return formatSpread(computeSpread(row.rounds.map((ms) => bytes / ms / 1e6)));
      }),
    ]),
  };
}

export function printSelection(result: SubjectResult): string {
  return `${toText(selectionTable(result))}\n${toText(passTable(result))}${absentText(result.absent)}`;
}

function right(heading: string): { readonly heading: string; readonly align: 'right' } {
  return { heading, align: 'right' };
}

/** `12.3x` */
function ratio(own: Row, other: Row): string {
  return `${formatFigure(computeSpread(other.rounds).low / computeSpread(own.rounds).low)}x`;
}
