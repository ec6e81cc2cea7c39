import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BleuStatistics } from '../../../src/metrics/bleu.ts';
import { addStatistics, scoreBleu } from '../../../src/metrics/bleu.ts';
import { computeMcNemar } from '../../../src/metrics/mcnemar.ts';
import { computeDifference, computeMean, type Difference } from '../../../src/metrics/paired.ts';
import type { RowScores } from '../../../src/metrics/rowScores.ts';
import { Random } from '../../../src/tensor/random.ts';
import { runs } from '../../run/runs.ts';

/** Two methods whose answers are right with the same probability: rows, methods and random seeds each have a say. */
function equallyGood(random: Random, rows: number, seeds: number, bySeed: number): [RowScores[], RowScores[]] {
  const hardness = Array.from({ length: rows }, () => 2 * random.normal());
  const run = (): RowScores => {
    const luck = bySeed * random.normal();
    return { correct: hardness.map((hard) => hard + luck + random.normal() > 0) };
  };
  const all = (): RowScores[] => Array.from({ length: seeds }, run);
  return [all(), all()];
}

const sentence = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([length, referenceLength, share]): BleuStatistics => {
    const totals = [1, 2, 3, 4].map((order) => Math.max(0, length - order + 1));
    return { hypothesisLength: length, referenceLength, totals, matches: totals.map((n) => Math.floor(n * share)) };
  });

/** Scores of both metrics for two methods and as many seeds. */
const pair = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 5, max: 30 })).chain(([seeds, rows]) => {
  const one = fc.record({
    correct: fc.array(fc.boolean(), { minLength: rows, maxLength: rows }),
    bleu: fc.array(sentence, { minLength: rows, maxLength: rows }),
  });
  const method = fc.array(one, { minLength: seeds, maxLength: seeds });
  return fc.tuple(method, method);
});

const METRICS = ['accuracy', 'BLEU'] as const;
const half = ({ low, high }: Difference): number => (high - low) / 2;

describe('computeDifference', () => {
  it.each([
    { seeds: 1, bySeed: 0, least: 0.89, most: 0.99 },
    { seeds: 3, bySeed: 0.1, least: 0.91, most: 1 },
  ])('holds the true difference about as often as it says, with $seeds seeds', ({ seeds, bySeed, least, most }) => {
    const random = new Random(`coverage ${seeds}`);
    const trials = 150;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = computeDifference('accuracy', ...equallyGood(random, 200, seeds, bySeed), 200);
      if (low <= 0 && 0 <= high) covered += 1;
    }
    // 95 % less three standard errors of 150 trials; with one seed not above it by as many, with several rather too wide.
    expect(covered / trials).toBeGreaterThan(least);
    expect(covered / trials).toBeLessThanOrEqual(most);
  });

  it('is wider than over the rows alone where the seeds disagree', () => {
    const random = new Random('seeds');
    const [first, second] = equallyGood(random, 300, 3, 1);
    const pooled = (runs: readonly RowScores[]): RowScores => ({ correct: runs.flatMap(({ correct }) => correct) });
    expect(half(computeDifference('accuracy', first, second))).toBeGreaterThan(
      2 * half(computeDifference('accuracy', [pooled(first)], [pooled(second)])),
    );
  });

  it('is turned round by changing places, to the digit for BLEU, within the drawing for shares', () => {
    fc.assert(
      fc.property(pair, ([first, second]) => {
        for (const metric of METRICS) {
          const [there, back] = [
            computeDifference(metric, first, second, 400),
            computeDifference(metric, second, first, 400),
          ];
          const near = metric === 'BLEU' ? 1e-9 : 0.5 * half(there);
          expect(back.value).toBeCloseTo(-there.value, 12);
          expect(Math.abs(back.low + there.high)).toBeLessThanOrEqual(near);
          expect(Math.abs(back.high + there.low)).toBeLessThanOrEqual(near);
          expect(back.p).toBe(there.p);
        }
      }),
      { numRuns: runs(15, 20) },
    );
  });

  it('does not depend on the order of the rows beyond what the drawing does', () => {
    const random = new Random('order');
    const [first, second] = equallyGood(random, 200, 2, 0.1);
    const order = random.shuffle(Array.from({ length: 200 }, (_, i) => i));
    const shuffled = (runs: readonly RowScores[]): RowScores[] =>
      runs.map(({ correct }) => ({ correct: order.map((i) => correct[i]) }));
    const [there, again] = [
      computeDifference('accuracy', first, second),
      computeDifference('accuracy', shuffled(first), shuffled(second)),
    ];
    expect(again.value).toBeCloseTo(there.value, 12);
    expect(Math.abs(again.low - there.low)).toBeLessThan(0.15 * half(there));
    expect(Math.abs(again.high - there.high)).toBeLessThan(0.15 * half(there));
    // Pairs that are torn apart are no pairs: the test sees it.
    expect(half(computeDifference('accuracy', first, shuffled(second)))).toBeGreaterThan(1.3 * half(there));
  });

  it('is the difference of the metrics, of shares with one seed with McNemar’s test', () => {
    fc.assert(
      fc.property(pair, ([first, second]) => {
        const share = ({ correct }: RowScores): number => correct.filter(Boolean).length / correct.length;
        const bleu = ({ bleu: sentences = [] }: RowScores): number => scoreBleu(addStatistics(sentences)).score;
        const mean = (runs: readonly RowScores[], of: (run: RowScores) => number): number =>
          runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
        const [shares, points] = METRICS.map((metric) => computeDifference(metric, first, second, 40));
        expect(shares.value).toBeCloseTo(mean(first, share) - mean(second, share), 12);
        expect(points.value).toBeCloseTo(mean(first, bleu) - mean(second, bleu), 9);
        expect(computeMean('accuracy', first, 40).value).toBeCloseTo(mean(first, share), 12);
        expect(points.p).toBeNull();
        if (first.length > 1) expect(shares.p).toBeNull();
        else {
          const only = (a: RowScores, b: RowScores): number =>
            a.correct.filter((right, i) => right && !b.correct[i]).length;
          expect(shares.p).toBe(computeMcNemar(only(first[0], second[0]), only(second[0], first[0])));
        }
      }),
      { numRuns: runs(15, 20) },
    );
  });

  it('proves nothing by few rows on which the methods never differ', () => {
    const same = { correct: [true, true, false, true, true] };
    const { value, low, high } = computeDifference('accuracy', [same], [same]);
    expect(value).toBe(0);
    expect(low).toBeLessThan(-0.1);
    expect(high).toBeGreaterThan(0.1);
  });

  it('is of one method an interval on the metric’s own scale', () => {
    const share = (right: number): RowScores => ({ correct: Array.from({ length: 150 }, (_, i) => i < right) });
    for (const few of [0, 1]) {
      const [least, most] = [[share(0), share(few)], [share(150), share(150 - few)]].map((each) => computeMean('accuracy', each)); // prettier-ignore
      expect(least.low).toBe(0);
      expect(least.high).toBeGreaterThan(least.value);
      expect(most.high).toBe(1);
      expect(most.low).toBeLessThan(most.value);
    }
  });

  it('refuses what cannot be paired', () => {
    const [two, three] = [{ correct: [true, false] }, { correct: [true, false, true] }];
    expect(() => computeDifference('accuracy', [two], [two, two])).toThrow('second: expected 1 random seeds');
    expect(() => computeDifference('accuracy', [two], [three])).toThrow('run 1: expected 2 rows, as run 0 has, got 3');
    expect(() => computeDifference('accuracy', [], [])).toThrow('random seeds: expected at least one');
    expect(() => computeDifference('accuracy', [{ correct: [] }], [{ correct: [] }])).toThrow(
      'rows: expected at least',
    );
  });
});
