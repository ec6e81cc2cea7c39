import { describe, expect, it } from 'vitest';
import { compareRuns, formatComparison } from '../../bench/compare.ts';
import { computeOverhead, dstTable, variantName } from '../../bench/dstTable.ts';
import { growthTable } from '../../bench/growthTable.ts';
import { computeShare, matmulTable, WASM_PEAK } from '../../bench/matmulTable.ts';
import { DECODER_SHAPES, flopsOf } from '../../bench/matmulShapes.ts';
import type { BenchRun, Row, SubjectResult } from '../../bench/result.ts';
import { stepTable, stepToJson } from '../../bench/stepTable.ts';
import { computeStepFlops, LENGTH, ROWS, YARDSTICK } from '../../bench/yardstick.ts';

const row = (name: string, peer: string, rounds: readonly number[], more: Partial<Row> = {}): Row => ({
  case: name,
  peer,
  threads: 1,
  rounds,
  ...more,
});
const result = (subject: string, rows: readonly Row[]): SubjectResult => ({ subject, rows, absent: [], facts: {} });
const run = (date: string, subjects: readonly SubjectResult[]): BenchRun => ({
  schemaVersion: 1,
  date,
  machine: 'some processor',
  node: '20',
  version: '0',
  quick: false,
  subjects,
});

describe('comparing two runs', () => {
  const before = run('2025-01-01', [result('step', [row('step', 'ours', [4, 5, 6]), row('step', 'old', [1])])]);
  const now = run('2025-01-02', [
    result('step', [row('step', 'ours', [2, 2, 3]), row('step', 'ours', [1], { threads: 2 })]),
    result('matmul', [row('64', 'ours', [1])]),
  ]);
  const comparison = compareRuns(before, now);

  it('pairs rows by subject, case, peer and threads, and names those without a partner', () => {
    expect(comparison).toEqual({
      pairs: [
        {
          key: 'step: step: ours, 1 thread',
          before: { low: 4, median: 5, high: 6 },
          now: { low: 2, median: 2, high: 3 },
          ratio: 2.5,
          isApart: true,
        },
      ],
      onlyBefore: ['step: step: old, 1 thread'],
      onlyNow: ['step: step: ours, 2 threads'],
    });
  });

  it('tells slower from overlapping: ranges that touch are not apart', () => {
    const slower = compareRuns(now, before).pairs;
    expect(slower.map(({ ratio, isApart }) => ({ ratio, isApart }))).toEqual([{ ratio: 0.4, isApart: true }]);
    const touching = run('2025-01-03', [result('step', [row('step', 'ours', [6, 7])])]);
    expect(compareRuns(before, touching).pairs[0].isApart).toBe(false);
    expect(compareRuns(touching, before).pairs[0].isApart).toBe(false);
  });

  it('shows both spreads, the ratio, and where spreads overlap', () => {
    const text = formatComparison(comparison, before);
    expect(text).toMatch(/5\.00 \(4\.00 … 6\.00\) +2\.00 \(2\.00 … 3\.00\) +2\.50x\n/);
    expect(text).toContain('only in the earlier run:\n  step: step: old, 1 thread\n');
    expect(formatComparison(compareRuns(before, before), before)).toContain('1.00x  spreads overlap');
  });
});

describe('tables', () => {
  it('gives the step as { peer, threads, stepMs, low, high }', () => {
    const step = result('step', [
      row('step', 'ours', [9, 7, 8], { flops: 1e9 }),
      row('step', 'torch', [4, 4, 2], { flops: 1e9 }),
      row('AdaFactor, θ + u', 'ours', [1, 1, 1]),
    ]);
    expect(stepToJson(step)['rows']).toEqual([
      { peer: 'ours', threads: 1, stepMs: 8, low: 7, high: 9 },
      { peer: 'torch', threads: 1, stepMs: 4, low: 2, high: 4 },
    ]);
    // 4/9, 4/7 and 2/8, round by round; the faster one comes first.
    const table = stepTable(step);
    expect(table.rows.map(([peer]) => peer)).toEqual(['torch', 'ours']);
    expect(table.rows[0]).toContain('0.44x (0.25 … 0.57)');
  });

  it('gives products as a share of the peak, and the median over the shapes', () => {
    const peak = row('64', WASM_PEAK, [1, 2], { flops: 1e6 });
    const ours = row('64', 'ours', [2, 4], { flops: 1e6 });
    expect(computeShare(ours, peak)).toEqual({ low: 0.5, median: 0.5, high: 0.5 });
    const torch = row('64', 'torch', [1, 2], { flops: 1e6 });
    const { rows, columns } = matmulTable(result('matmul', [ours, peak, torch]));
    expect(columns.map(({ heading }) => heading)).toEqual(['m x k x n', 'GFLOP/s', 'of peak', 'to torch']);
    expect(rows.at(-1)).toEqual(['median of the shapes', '', '50 %', '0.50x']);
  });

  it('gives what DST adds to a whole step', () => {
    const [gradient, full, tuned] = [row('gradient', 'ours', [90]), row('full fine-tuning', 'ours', [10]), 12];
    const select = row(variantName(0.01, 'none', 'select'), 'ours', [tuned]);
    expect(computeOverhead(gradient, full, select).median).toBe(1.02);
    expect(dstTable(result('dst', [gradient, full, select])).rows).toEqual([
      ['1\u202f%', 'none', '', '1.020 (1.020 … 1.020)', ''],
    ]);
  });

  it('gives the exponent of each line of growth', () => {
    const rows = [1, 2, 4].map((x) => row(`batch: ${x}`, 'training step', [x, x, x], { x }));
    const table = growthTable(result('growth', rows), 'batch');
    expect(table.rows.at(-2)).toEqual(['exponent', '1.00 ± 0.00']);
    expect(table.rows).toHaveLength(5);
  });
});

it('measures the products that a step consists of', () => {
  // Each layer: query, key, value, output; gate and up; down. Then the unembedding. Attention: scores and mix, each with
  // two gradients of as many operations.
  const [d3, gate3, down3, unembedding3, attention3] = [0, 3, 6, 9, 12].map((from) =>
    DECODER_SHAPES.slice(from, from + 3).reduce((sum, shape) => sum + flopsOf(shape), 0),
  );
  const layer = 4 * d3 + 2 * gate3 + down3 + 2 * attention3;
  expect(YARDSTICK.layers * layer + unembedding3).toBe(computeStepFlops(YARDSTICK, ROWS, LENGTH));
});
