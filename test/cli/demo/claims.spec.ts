import { describe, expect, it } from 'vitest';
import { checkClaims, type Evidence } from '../../../cli/demo/claims.ts';
import type { MeasuredMethod } from '../../../cli/demo/compareMethods.ts';
import { ofMethod } from '../../../cli/demo/methods.ts';
import type { Rate } from '../../../cli/rates.ts';
import type { Claim } from '../../../cli/report/input.ts';
import { measureRows } from '../../../src/metrics/measure.ts';
import type { RowScores } from '../../../src/metrics/rowScores.ts';
import { Random } from '../../../src/tensor/random.ts';
import type { MethodName } from '../../../src/train/names.ts';

const ROWS = 1000;

/** Right on the easiest rows, but for `luck` of all rows, half of them right against expectation and half wrong. */
function scoresOf(share: number, luck: number, random: Random, rows = ROWS): RowScores {
  const right = Math.round(share * rows);
  const moved = Math.round((luck / 2) * rows);
  const order = (from: number, to: number): number[] =>
    random.shuffle(Array.from({ length: to - from }, (_, i) => from + i)).slice(0, moved);
  const lucky = new Set([...order(0, right), ...order(right, rows)]);
  return { correct: Array.from({ length: rows }, (_, i) => i < right !== lucky.has(i)) };
}

function method(
  name: MethodName,
  epsilon: number | null,
  share: number,
  luck = 0.004,
  more: Pick<MeasuredMethod, 'threshold'> & { readonly seeds?: number } = {},
): MeasuredMethod {
  const { seeds = 1, ...how } = more;
  const random = new Random(`${name} ${how.threshold} ${epsilon}`);
  const scores = Array.from({ length: seeds }, () => scoresOf(share, luck, random));
  return { method: name, epsilon, ...how, mean: measureRows('accuracy', scores[0]).value, scores };
}

/** Methods on which every claim holds. */
const METHODS = [
  method('full', null, 0.7),
  method('dst', 0.1, 0.702),
  method('dst', 0.01, 0.6),
  method('dst', 0.001, 0.4),
  method('random', 0.01, 0.5),
  method('dst', 0.01, 0.6, 0.004, { threshold: 'iterative' }),
];

const FACTOR = 2;

function rate(epsilon: number | null, learningRate: number, tried: readonly number[] = [-1, 0, 1]): Rate {
  const trials = tried.map((step) => ({ learningRate: learningRate * FACTOR ** step, value: 0.5 - Math.abs(step) }));
  return { method: epsilon === null ? 'full' : 'dst', epsilon, learningRate, trials };
}

const RATES = [rate(null, 0.01), rate(0.1, 0.03), rate(0.01, 0.2), rate(0.001, 0.2)];

function claimsOf(methods: readonly MeasuredMethod[], rates: readonly Rate[] = RATES, seedHigh = 0.01): Claim[] {
  const search = { rates, config: { steps: 420 }, trialSteps: 250, ratePower: 0, judgedBy: 'metric' } as const;
  return checkClaims({ metric: 'accuracy', methods, seed: { value: 0, low: 0, high: seedHigh }, search });
}

/** The verdict on each claim, by its anchor. */
function verdicts(...evidence: Parameters<typeof claimsOf>): Record<string, string> {
  return Object.fromEntries(claimsOf(...evidence).map(({ anchor, verdict }) => [anchor, verdict]));
}

/** METHODS with another one in its place. */
function instead(other: MeasuredMethod): MeasuredMethod[] {
  const keyOf = ({ method, epsilon, threshold }: MeasuredMethod): string =>
    JSON.stringify([method, epsilon, threshold]);
  return METHODS.map((old) => (keyOf(old) === keyOf(other) ? other : old));
}

describe('checkClaims', () => {
  it('says of each claim that it holds where it does', () => {
    expect(verdicts(METHODS)).toEqual({
      'Fig. 1': 'holds',
      'Table 2': 'holds',
      'Fig. 6': 'holds',
      'Alg. 2': 'holds',
      'Fig. 9': 'holds',
    });
  });

  it.each([
    ['Fig. 1', method('dst', 0.01, 0.35)],
    ['Table 2', method('random', 0.01, 0.65)],
    ['Fig. 6', method('dst', 0.1, 0.65)],
    ['Alg. 2', method('dst', 0.01, 0.57, 0.004, { threshold: 'iterative' })],
  ])('says that %s does not hold where it does not', (anchor, other) => {
    expect(verdicts(instead(other))[anchor]).toBe('does not hold');
  });

  it.each([
    // Three of these were printed as "does not hold" and "holds" when there were two verdicts.
    ['Table 2', '2.3 points above, and so much luck that it may be chance', method('random', 0.01, 0.577, 0.5)],
    ['Table 2', 'as far below', method('random', 0.01, 0.623, 0.5)],
    ['Fig. 6', '2.4 points below, which may be one', method('dst', 0.1, 0.676, 0.5)],
    ['Fig. 6', 'equal, but so much luck that more than a point may be missing', method('dst', 0.1, 0.7, 0.5)],
    ['Fig. 1', 'one of two steps', method('dst', 0.01, 0.41, 0.5)],
  ])('says that %s is not decided: %s', (anchor, _, other) => {
    expect(verdicts(instead(other))[anchor]).toBe('not decided');
  });

  it('knows that the rows are the same: 2.3 points with little luck are no chance', () => {
    expect(verdicts(instead(method('random', 0.01, 0.577)))['Table 2']).toBe('holds');
    expect(verdicts(instead(method('dst', 0.1, 0.676)))['Fig. 6']).toBe('does not hold');
    expect(verdicts(instead(method('dst', 0.1, 0.699)))['Fig. 6'], 'less than a point').toBe('holds');
  });

  it('does not take equal qualities for growth', () => {
    expect(verdicts(instead(method('dst', 0.01, 0.4)))['Fig. 1']).toBe('not decided');
  });

  it('does not call anything as good as what has learned nothing', () => {
    expect(verdicts(METHODS, RATES, 0.75)['Fig. 6']).toBe('not decided');
  });

  it('says nothing of what was not measured, and of no cause: one size of model shows none', () => {
    expect(verdicts([], [])).toEqual({});
    for (const { anchor, claim, evidence } of claimsOf(METHODS)) {
      expect(anchor).not.toBe('Fig. 3');
      expect(`${claim} ${evidence}`).not.toMatch(/because|governs/);
    }
  });

  it('gives the numbers that decide', () => {
    const claims = claimsOf(METHODS);
    expect(claims[1].evidence).toMatch(
      /^60\.0 % against 50\.0 %: \+10\.0 points, 95 % interval \+\d+\.\d to \+\d+\.\d, p < 0\.001 \(McNemar, exact\)$/,
    );
    expect(claims[0].evidence).toMatch(/^ε = 1 % against 0\.1 %: 60\.0 % .*; ε = 10 % against 1 %: 70\.2 % /);
  });

  it('judges over several random seeds, without McNemar', () => {
    const seeds = METHODS.map(({ method: name, epsilon, mean, threshold }) =>
      method(name, epsilon, mean, 0.004, { seeds: 3, ...(threshold && { threshold }) }),
    );
    const [, churn] = claimsOf(seeds);
    expect(churn.verdict).toBe('holds');
    expect(churn.evidence).not.toContain('McNemar');
    // The same mean, but one seed of three says the opposite.
    const random = METHODS.map((each): MeasuredMethod => {
      if (ofMethod([each], 'random').length === 0)
        return { ...each, scores: [each.scores[0], each.scores[0], each.scores[0]] };
      const chance = new Random('seeds');
      return { ...each, scores: [0.35, 0.75, 0.4].map((share) => scoresOf(share, 0.004, chance)) };
    });
    expect(verdicts(random)['Table 2']).toBe('not decided');
  });
});

describe('the claim about learning rates', () => {
  const verdict = (...rates: Rate[]): string => verdicts([], rates)['Fig. 9'];

  it('holds where none falls and the ends are further apart than the search can tell', () => {
    expect(verdict(rate(null, 0.01), rate(0.1, 0.02), rate(0.001, 0.08))).toBe('holds');
  });

  it('does not hold where one falls further than the search can tell', () => {
    expect(verdict(rate(null, 0.01), rate(0.1, 0.4), rate(0.01, 0.05))).toBe('does not hold');
  });

  it('is not decided where the rates are as near as the grid, one falls a little, or a search ended at its edge', () => {
    expect(verdict(rate(null, 0.01), rate(0.1, 0.02))).toBe('not decided');
    expect(verdict(rate(null, 0.01), rate(0.1, 0.2), rate(0.01, 0.15))).toBe('not decided');
    expect(verdict(rate(null, 0.01), rate(0.1, 0.2, [-2, -1, 0]))).toBe('not decided');
    expect(verdict(rate(null, 0.01), rate(0.1, 0.2, [0]))).toBe('not decided');
  });

  it('says that it rests on the sweep, and on what trials', () => {
    const [claim] = claimsOf([], [rate(null, 0.01), rate(0.1, 0.2, [-1, 0])]);
    expect(claim.evidence).toBe(
      'full: 0.01 (0.005 to 0.02), 10 %: 0.2 (at the edge of the search). It rests on the sweep: trials of 250 ' +
        'steps at rates a factor of 2 apart, one random seed, judged by the metric on the development split',
    );
  });
});

describe('checkClaims on BLEU', () => {
  /** Sentences of six words, `good` of them right in every other one. */
  function sentences(good: number, count: number): RowScores {
    const bleu = Array.from({ length: count }, (_, i) => {
      const totals = [6, 5, 4, 3];
      return {
        hypothesisLength: 6,
        referenceLength: 6,
        totals,
        matches: i % 2 === 0 ? totals : [good, good - 1, 1, 0],
      };
    });
    return { correct: bleu.map(() => false), bleu };
  }
  const evidence = (count: number): Evidence => ({
    metric: 'BLEU',
    seed: { value: 0, low: 0, high: 0 },
    search: null,
    methods: (
      [
        ['full', null, 5],
        ['dst', 0.1, 3],
        ['dst', 0.01, 2],
      ] as const
    ).map(([name, epsilon, good]) => {
      const scores = [sentences(good, count)];
      return { method: name, epsilon, mean: measureRows('BLEU', scores[0]).value, scores };
    }),
  });

  it('decides by the paired bootstrap, in points', () => {
    const claims = checkClaims(evidence(200));
    expect(claims.map(({ anchor, verdict }) => [anchor, verdict])).toEqual([
      ['Fig. 1', 'holds'],
      ['Fig. 6', 'does not hold'],
    ]);
    for (const { evidence: words } of claims)
      expect(words).toMatch(/ points, 95 % interval [+-]\d+\.\d to [+-]\d+\.\d$/);
  });

  it('decides nothing by a few sentences', () => {
    for (const { verdict, evidence: words } of checkClaims(evidence(20))) {
      expect(verdict).toBe('not decided');
      expect(words).toContain('fewer than 100 sentences decide nothing');
    }
  });
});
