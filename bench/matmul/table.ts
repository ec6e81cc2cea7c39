/**
 * Products in GFLOP/s: ours, its share of the peak, and how it stands to each peer, round by round.
 *
 * @module
 */
import { formatFigure, formatRatio, formatSpread } from '../format.ts';
import { CEILING, NATIVE_PRODUCT, WASM_PEAK } from '../peakNames.ts';
import type { SubjectResult } from '../result.ts';
import { computeMedian, computeRate, computeRateRatio, computeSpeedup, type Spread } from '../spread.ts';
import { absentText, casesOf, findRow, toText, type Table } from '../table.ts';

export const MATMUL_PEERS = [NATIVE_PRODUCT, 'torch', 'torch-avx2', 'tfjs-wasm', 'jax-js'] as const;

/** One line a shape; the last line has the median over the shapes. */
export function matmulTable({ rows }: SubjectResult): Table {
  const has = MATMUL_PEERS.filter((peer) => rows.some((row) => row.peer === peer));
  const hasTwo = rows.some(({ peer, threads }) => peer === 'ours' && threads === 2);
  const hasCeiling = rows.some(({ peer }) => peer === CEILING);
  const medians: number[][] = [];
  const lines = casesOf(rows).map((name) => {
    const ours = findRow(rows, name, 'ours');
    const peak = findRow(rows, name, WASM_PEAK);
    const ceiling = findRow(rows, name, CEILING);
    const share = ours !== undefined && peak !== undefined ? computeRateRatio(ours, peak) : undefined;
    const ofCeiling = ours !== undefined && ceiling !== undefined ? computeRateRatio(ours, ceiling) : undefined;
    const two = findRow(rows, name, 'ours', 2);
    const ratios = [
      ...(hasTwo ? [two !== undefined && ours !== undefined ? computeSpeedup(two, ours) : undefined] : []),
      ...has.map((peer) => {
        const other = findRow(rows, name, peer);
        return ours !== undefined && other !== undefined ? computeSpeedup(ours, other) : undefined;
      }),
    ];
    medians.push([share, ...(hasCeiling ? [ofCeiling] : []), ...ratios].map((spread) => spread?.median ?? NaN));
    return [
      name,
      ours === undefined ? '' : formatSpread(computeRate(ours)),
      share === undefined ? '' : formatPercent(share),
      ...(hasCeiling ? [ofCeiling === undefined ? '' : formatPercent(ofCeiling)] : []),
      ...ratios.map((ratio) => (ratio === undefined ? '' : formatRatio(ratio))),
    ];
  });
  const shares = ['of peak', ...(hasCeiling ? ['of the ceiling'] : [])];
  const columns = ['GFLOP/s', ...shares, ...(hasTwo ? ['2 threads to 1'] : []), ...has.map((peer) => `to ${peer}`)];
  return {
    columns: [{ heading: 'm x k x n' }, ...columns.map((heading) => ({ heading, align: 'right' }) as const)],
    rows: [...lines, ['median of the shapes', '', ...formatMedians(medians, shares.length)]],
  };
}

function formatMedians(lines: readonly (readonly number[])[], shares: number): string[] {
  return lines[0].map((_, column) => {
    const values = lines.map((line) => line[column]).filter((value) => !Number.isNaN(value));
    if (values.length === 0) return '';
    const median = computeMedian(values);
    return column < shares ? `${Math.round(100 * median)} %` : `${median.toFixed(2)}x`;
  });
}

function formatPercent({ low, median, high }: Spread): string {
  const percent = (share: number): string => formatFigure(100 * share);
  return `${percent(median)} % (${percent(low)} … ${percent(high)})`;
}

export function printMatmul(result: SubjectResult): string {
  return `${toText(matmulTable(result))}${absentText(result.absent)}`;
}
