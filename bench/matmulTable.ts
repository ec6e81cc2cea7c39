/**
 * Products in GFLOP/s: ours, its share of the peak, and how it stands to each peer, round by round.
 *
 * @module
 */
import { formatFigure, formatRatio, formatSpread } from './format.ts';
import type { Row, SubjectResult } from './result.ts';
import { computeMedian, computeRate, computeSpeedup, computeSpread, type Spread } from './spread.ts';
import { absentText, casesOf, findRow, toText, type Table } from './table.ts';

/** The contestant that is a loop in registers. */
export const WASM_PEAK = 'wasm peak';
export const MATMUL_PEERS = ['torch', 'torch-avx2', 'tfjs-wasm', 'jax-js'] as const;

/** Our rate as a share of the peak, round by round. */
export function computeShare(ours: Row, peak: Row): Spread {
  const [flops = 0, peakFlops = 1] = [ours.flops, peak.flops];
  return computeSpread(ours.rounds.map((time, r) => flops / time / (peakFlops / peak.rounds[r])));
}

/** One line a shape; the last line has the median over the shapes. */
export function matmulTable({ rows }: SubjectResult): Table {
  const has = MATMUL_PEERS.filter((peer) => rows.some((row) => row.peer === peer));
  const hasTwo = rows.some(({ peer, threads }) => peer === 'ours' && threads === 2);
  const medians: number[][] = [];
  const lines = casesOf(rows).map((name) => {
    const ours = findRow(rows, name, 'ours');
    const peak = findRow(rows, name, WASM_PEAK);
    const share = ours !== undefined && peak !== undefined ? computeShare(ours, peak) : undefined;
    const two = findRow(rows, name, 'ours', 2);
    const ratios = [
      ...(hasTwo ? [two !== undefined && ours !== undefined ? computeSpeedup(two, ours) : undefined] : []),
      ...has.map((peer) => {
        const other = findRow(rows, name, peer);
        return ours !== undefined && other !== undefined ? computeSpeedup(ours, other) : undefined;
      }),
    ];
    medians.push([share, ...ratios].map((spread) => spread?.median ?? NaN));
    return [
      name,
      ours === undefined ? '' : formatSpread(computeRate(ours)),
      share === undefined ? '' : formatPercent(share),
      ...ratios.map((ratio) => (ratio === undefined ? '' : formatRatio(ratio))),
    ];
  });
  const columns = ['GFLOP/s', 'of peak', ...(hasTwo ? ['2 threads to 1'] : []), ...has.map((peer) => `to ${peer}`)];
  return {
    columns: [{ heading: 'm x k x n' }, ...columns.map((heading) => ({ heading, align: 'right' }) as const)],
    rows: [...lines, ['median of the shapes', '', ...formatMedians(medians)]],
  };
}

function formatMedians(lines: readonly (readonly number[])[]): string[] {
  return lines[0].map((_, column) => {
    const values = lines.map((line) => line[column]).filter((value) => !Number.isNaN(value));
    if (values.length === 0) return '';
    const median = computeMedian(values);
    return column === 0 ? `${Math.round(100 * median)} %` : `${median.toFixed(2)}x`;
  });
}

function formatPercent({ low, median, high }: Spread): string {
  const percent = (share: number): string => formatFigure(100 * share);
  return `${percent(median)} % (${percent(low)} … ${percent(high)})`;
}

export function printMatmul(result: SubjectResult): string {
  return `${toText(matmulTable(result))}${absentText(result.absent)}`;
}
