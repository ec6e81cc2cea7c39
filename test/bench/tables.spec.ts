import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { attentionTable } from '../../bench/attention/table.ts';
import { built } from '../../bench/built.ts';
import { compareRuns, formatComparison } from '../../bench/compare.ts';
import { conformTable, OTHER, programOf, PROGRAMS, WAYS } from '../../bench/conform/table.ts';
import { computeOverhead, dstTable, variantName } from '../../bench/dst/table.ts';
import {
  beamTable,
  caseOfBeams,
  caseOfContext,
  caseOfTogether,
  contextTable,
  describeContext,
  togetherTable,
} from '../../bench/generation/table.ts';
import { growthTable } from '../../bench/growth/table.ts';
import { caseOfPart, leastTable, PARTS } from '../../bench/limits/leastTable.ts';
import { caseOfStep, elementTable, PEAKS, peakTable } from '../../bench/limits/table.ts';
import { matmulTable } from '../../bench/matmul/table.ts';
import { DECODER_SHAPES } from '../../bench/matmul/shapes.ts';
import { CEILING, NATIVE_PEAKS, NATIVE_PRODUCT, NATIVE_STEPS, WASM_PEAK } from '../../bench/peakNames.ts';
import { flopsOf, nameOf, type ProductShape } from '../../bench/matmul/products.ts';
import type { BenchRun, Row, SubjectResult } from '../../bench/result.ts';
import { computeRateRatio } from '../../bench/spread.ts';
import { STARTS, startTable } from '../../bench/start/table.ts';
import { needed, sumProducts, type StepNeeds } from '../../bench/limits/stepNeeds.ts';
import { partsTable, stepTable, stepToJson } from '../../bench/step/table.ts';
import { describeHandingOver, HANDING_OVER, threadsTable, underLoad } from '../../bench/threads/table.ts';
import {
  computeT5StepFlops,
  computeT5StepNeeds,
  PAIRS,
  SOURCE_LENGTH,
  T5_YARDSTICK,
  TARGET_LENGTH,
} from '../../bench/step/t5Yardstick.ts';
import { computeStepFlops, computeStepNeeds, LENGTH, ROWS, YARDSTICK } from '../../bench/step/yardstick.ts';
import { row } from './row.ts';

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

describe('the built command', () => {
  it('is the one that the package names', () => {
    const manifest = new URL('../../package.json', import.meta.url);
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin: { readonly dst: string } };
    expect(built('cli/main.js')).toBe(fileURLToPath(new URL(bin.dst, manifest)));
  });
});

describe('the table of a verdict', () => {
  const [program] = PROGRAMS;
  const measured = (name: string, whole: readonly number[], own: readonly number[]): Row[] => [
    row(program, name, whole),
    row(program, programOf(name), own),
  ];

  it('takes the program away from the whole, and compares with the first line round by round', () => {
    const ways = [
      ...measured(WAYS.one.title, [8000, 6000], [2000, 2000]),
      ...measured(WAYS.usual.title, [4000, 3000], [1000, 1000]),
    ];
    const lines = conformTable(result('conform', ways)).rows.map((line) => line.map((cell) => cell.split(' ')[0]));
    expect(lines.map((line) => line.slice(2))).toEqual([
      ['7.00', '5.00', '', ''],
      ['3.50', '2.50', '0.500', '0.500'],
    ]);
    const before = measured(OTHER, [16000, 12000], [4000, 4000]);
    const compared = conformTable(result('conform', [...ways, ...before])).rows;
    expect(compared.map((line) => line[1])).toEqual([OTHER, WAYS.one.title, WAYS.usual.title]);
    expect(compared[2][4]).toContain('0.25');
  });
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
    const text = formatComparison(comparison, before, before);
    expect(text).toMatch(/5\.00 \(4\.00 … 6\.00\) +2\.00 \(2\.00 … 3\.00\) +2\.50x\n/);
    expect(text).toContain('only in the earlier run:\n  step: step: old, 1 thread\n');
    expect(formatComparison(compareRuns(before, before), before, before)).toContain('1.00x  spreads overlap');
    expect(text).not.toContain('differ in more');
  });

  it.each(['machine', 'node', 'version', 'quick'] as const)('says that the runs differ in %s', (name) => {
    const other = { ...before, [name]: name === 'quick' ? !before.quick : 'another' };
    expect(formatComparison(comparison, before, other)).toContain(
      `The runs differ in more than their times: ${name}: ${String(before[name])} then, ${String(other[name])} now.\n`,
    );
  });
});

describe('tables', () => {
  it('gives the step as { peer, threads, stepMs, low, high }', () => {
    const step = result('step', [
      row('step', 'ours', [9, 7, 8], { flops: 1e9 }),
      row('step', 'torch', [4, 4, 2], { flops: 1e9 }),
      row('matmul', 'ours', [3, 3, 3]),
      row('optimizer', 'ours', [1, 1, 1]),
    ]);
    expect(stepToJson(step)['rows']).toEqual([
      { peer: 'ours', threads: 1, stepMs: 8, low: 7, high: 9 },
      { peer: 'torch', threads: 1, stepMs: 4, low: 2, high: 4 },
    ]);
    // 4/9, 4/7 and 2/8, round by round; the faster one comes first.
    const table = stepTable(step);
    expect(table.rows.map(([peer]) => peer)).toEqual(['torch', 'ours']);
    expect(table.rows[0]).toContain('0.44x (0.25 … 0.57)');
    expect(partsTable(step).rows.map(([part, , , share]) => [part, share])).toEqual([
      ['matmul', '75.0 %'],
      ['optimizer', '25.0 %'],
    ]);
  });

  it('gives products as a share of the peak, and the median over the shapes', () => {
    const peak = row('64', WASM_PEAK, [1, 2], { flops: 1e6 });
    const ours = row('64', 'ours', [2, 4], { flops: 1e6 });
    expect(computeRateRatio(ours, peak)).toEqual({ low: 0.5, median: 0.5, high: 0.5 });
    const torch = row('64', 'torch', [1, 2], { flops: 1e6 });
    const { rows, columns } = matmulTable(result('matmul', [ours, peak, torch]));
    expect(columns.map(({ heading }) => heading)).toEqual(['m x k x n', 'GFLOP/s', 'of peak', 'to torch']);
    expect(rows.at(-1)).toEqual(['median of the shapes', '', '50 %', '0.50x']);
    const ceiling = row('64', CEILING, [1, 2], { flops: 2e6 });
    const more = matmulTable(result('matmul', [ours, peak, ceiling, torch]));
    expect(more.columns[3].heading).toBe('of the ceiling');
    expect(more.rows.at(-1)).toEqual(['median of the shapes', '', '50 %', '25 %', '0.50x']);
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

describe('tables of ours alone', () => {
  it('gives attention in one kernel against step by step', () => {
    const rows = [row('16 x 64', 'one kernel', [1, 2]), row('16 x 64', 'step by step', [2, 3])];
    expect(attentionTable(result('attention', rows)).rows).toEqual([
      ['16 x 64', '1.50 (1.00 … 2.00)', '2.50 (2.00 … 3.00)', '1.75x (1.50 … 2.00)'],
    ]);
  });

  it('gives what a start takes beyond an empty process, round by round, and no such thing of what is inside one', () => {
    const { empty, version, wasm } = STARTS;
    const rows = [
      row(empty.title, 'ours', [40, 90]),
      row(version.title, 'ours', [60, 100]),
      row(wasm.title, 'ours', [5, 5]),
    ];
    const beyond = new Map(startTable(result('start', rows)).rows.map(([title, , more]) => [title, more]));
    expect(beyond.get(version.title)).toBe('15.0 (10.0 … 20.0)');
    expect([empty, wasm].map(({ title }) => beyond.get(title))).toEqual(['', '']);
  });

  it('gives two threads to one, and the whole time of all rounds, waits included', () => {
    const pair = (name: string, one: readonly number[], two: readonly number[]): Row[] => [
      row(name, 'ours', one),
      row(name, 'ours', two, { threads: 2 }),
    ];
    const rows = [
      ...pair(HANDING_OVER, [0.001], [0.0015]),
      ...pair('a', [2, 2, 2], [1, 1, 4]),
      ...pair(underLoad('a'), [4, 4, 4], [4, 4, 8]),
    ];
    const table = threadsTable(result('threads', rows));
    expect(table.rows.map((cells) => cells.slice(3))).toEqual([
      ['2.00x (0.50 … 2.00)', '1.00x', '1.00x (0.50 … 1.00)', '0.75x'],
    ]);
    expect(describeHandingOver(result('threads', rows))).toContain('costs 0.500 µs');
  });

  it('gives tokens a second: of all prompts together, and as a line of the context', () => {
    const together = [1, 4].map((prompts) => row(caseOfTogether(prompts), 'ours', [20, 10], { x: prompts }));
    const contexts = [100, 200, 400].map((x) => row(caseOfContext(x), 'ours', [2 + 0.02 * x], { x }));
    const whole = { ...result('generation', [...together, ...contexts]), facts: { tokens: 10 } };
    expect(togetherTable(whole).rows.map((cells) => cells.slice(2))).toEqual([
      ['750 (500 … 1000)', '1.00x (1.00 … 1.00)'],
      ['3000 (2000 … 4000)', '4.00x (4.00 … 4.00)'],
    ]);
    expect(contextTable(whole).rows.map(([, , , said]) => said)).toEqual(['4.00', '6.00', '10.0']);
    expect(describeContext(whole)).toMatch(/costs 2\.00 ms and 20\.0 µs for each token .* to the 0\.74\./);
  });

  it('gives beams as a multiple of greedy decoding of the same sources', () => {
    const rows = [
      row(caseOfBeams(16, 1), 'ours', [2, 4], { x: 16 }),
      row(caseOfBeams(16, 4), 'ours', [6, 8], { x: 16 }),
    ];
    const table = beamTable({ ...result('generation', rows), facts: { tokens: 2 } });
    expect(table.rows).toEqual([['16', '1.50 (1.00 … 2.00)', '3.50 (3.00 … 4.00)', '2.50x (2.00 … 3.00)']]);
  });

  it('gives the machine’s limits: operations a second, and what an element costs by size', () => {
    const steps = (peer: string, first: number, last: number): Row[] => [
      row(caseOfStep(1e6), peer, [first], { x: 1e6 }),
      row(caseOfStep(1e7), peer, [last], { x: 1e7 }),
    ];
    const limits = result('limits', [
      row(PEAKS, WASM_PEAK, [1], { flops: 3e7 }),
      row(PEAKS, NATIVE_PEAKS.peak256.name, [1], { flops: 9e7 }),
      ...steps('ours', 2, 30),
      ...steps(NATIVE_STEPS.step, 1, 20),
      ...steps(NATIVE_STEPS.step_at_once, 1, 18),
    ]);
    expect(peakTable(limits).rows.map((cells) => cells.slice(1))).toEqual([
      ['30.0 (30.0 … 30.0)', '0.33x (0.33 … 0.33)'],
      ['90.0 (90.0 … 90.0)', ''],
    ]);
    expect(elementTable(limits).rows[1].slice(1)).toEqual([
      '3.00 (3.00 … 3.00)',
      '1.50x (1.50 … 1.50)',
      '2.00 (2.00 … 2.00)',
      '2.00x (2.00 … 2.00)',
      '1.80 (1.80 … 1.80)',
      '1.80x (1.80 … 1.80)',
    ]);
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

describe('what a step cannot do without', () => {
  const flopsOfNeeded = ({ products }: StepNeeds): number =>
    products.reduce((sum, { shape, times }) => sum + times * flopsOf(shape), 0);
  /** Two for each multiplication, forward and twice that backward, of scores and mix. */
  const attendFlops = (rows: number, queries: number, keys: number, width: number): number =>
    3 * 2 * 2 * rows * queries * keys * width;

  it('has every product of the step but those with keys that nobody sees', () => {
    const hidden = (length: number): number => (length - 1) / 2;
    const { layers, modelSize } = YARDSTICK;
    expect(flopsOfNeeded(computeStepNeeds(YARDSTICK, ROWS, LENGTH))).toBeCloseTo(
      computeStepFlops(YARDSTICK, ROWS, LENGTH) - layers * attendFlops(ROWS, LENGTH, hidden(LENGTH), modelSize),
    );
    const { decoderLayers, heads, headSize } = T5_YARDSTICK;
    const unseen = attendFlops(PAIRS, TARGET_LENGTH, hidden(TARGET_LENGTH), heads * headSize);
    expect(flopsOfNeeded(computeT5StepNeeds())).toBeCloseTo(computeT5StepFlops() - decoderLayers * unseen);
  });

  it('has one e^x for each logit, gate and visible score', () => {
    const config = { ...YARDSTICK, vocabularySize: 10, modelSize: 8, layers: 2, heads: 2, feedForwardSize: 5 };
    // 3 rows of 4 tokens: 12 · 10 logits, 2 layers · 12 · 5 gates, and of 2 · 3 · 2 heads 1 + 2 + 3 + 4 scores each.
    expect(computeStepNeeds(config, 3, 4).exponentials).toBe(120 + 120 + 120);
  });

  it('takes for its products as long as each takes, as often as it stands there', () => {
    const shapes = [64, 128].map((n): ProductShape => ({ m: n, k: n, n, kind: 'NN', count: 1 }));
    const needs = { products: [...needed(2, shapes), ...needed(0.5, shapes.slice(1))], exponentials: 0, parameters: 0 };
    const rows = shapes.map((shape, i) => row(nameOf(shape), NATIVE_PRODUCT, [1 + i, 10 + i]));
    expect(sumProducts('the T5', needs, rows)).toMatchObject({
      case: caseOfPart('the T5', 'matrix products'),
      rounds: [2 * 1 + 2.5 * 2, 2 * 10 + 2.5 * 11],
    });
    expect(sumProducts('the T5', needs, rows.slice(1))).toBeUndefined();
    expect(sumProducts('the T5', needs, rows.slice(0, 1))).toBeUndefined();
  });

  it('is shown part by part, and not at all where there is no compiler', () => {
    const parts = PARTS.map((part, i) => row(caseOfPart('the decoder', part), NATIVE_PRODUCT, [10 * i, 10 * i + 2]));
    expect(leastTable(result('limits', parts))?.rows).toEqual([
      [PARTS[0], '1.00 (0 … 2.00)', ''],
      [PARTS[1], '11.0 (10.0 … 12.0)', ''],
      [PARTS[2], '21.0 (20.0 … 22.0)', ''],
      ['together', '33.0 (30.0 … 36.0)', ''],
    ]);
    expect(leastTable(result('limits', []))).toBeUndefined();
  });
});

it('counts the products of a T5 by its weights, each at the places where it stands, and by what attention looks at', () => {
  const { modelSize, heads, headSize, feedForwardSize, vocabularySize, encoderLayers, decoderLayers } = T5_YARDSTICK;
  const [sources, targets] = [PAIRS * SOURCE_LENGTH, PAIRS * TARGET_LENGTH];
  const width = heads * headSize;
  const looked = (queries: number, keys: number): number => 2 * PAIRS * queries * keys * width;
  // What attention to the sources has of its own: keys and values there, queries and output at the targets.
  let sum = targets * vocabularySize * modelSize;
  for (let i = 0; i < encoderLayers; i++) {
    sum += sources * (4 * modelSize * width + 3 * modelSize * feedForwardSize) + looked(SOURCE_LENGTH, SOURCE_LENGTH);
  }
  for (let i = 0; i < decoderLayers; i++) {
    sum += targets * (6 * modelSize * width + 3 * modelSize * feedForwardSize) + sources * 2 * modelSize * width;
    sum += looked(TARGET_LENGTH, TARGET_LENGTH) + looked(TARGET_LENGTH, SOURCE_LENGTH);
  }
  expect(computeT5StepFlops()).toBe(6 * sum);
});
