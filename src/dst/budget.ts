/**
 * Budgets: how many parameters of each silo are kept. All counts are whole-number arithmetic, so that no count hangs
 * on how 1 − ε is rounded.
 *
 * @module
 */
import { unknownName, wrong } from '../errors.ts';
import { place, ratio, type Ratio } from '../paper.ts';
import { BUDGET_RULES, type BudgetRule } from './notation.ts';

/** What a silo may keep. */
export interface SiloBudget {
  /** k: how many are kept if that many distances are above 0. */
  readonly keep: number;
  /** The fraction that Algorithm 2 aims at: ε, or k / |S| under `largest-remainder`. */
  readonly fraction: number;
  /** The threshold of Eq. 6 lies between the distances `rank` and `rank + 1` (0 = the smallest), `weight` of the way. */
  readonly rank: number;
  readonly weight: number;
}

/**
 * ε in exact terms: the decimal that it is written as, so that 0.07 is 7/100 and not the double next to it.
 *
 * @equation 1
 * @ruling amb-18
 * @decided
 * @throws {@link InvalidInput} unless 0 < ε ≤ 1.
 */
export function toRatio(epsilon: number): Ratio {
  if (!(epsilon > 0 && epsilon <= 1)) throw wrong('epsilon', 'a number in (0, 1]', epsilon);
  return ratio(epsilon);
}

/**
 * How many of m distinct distances exceed their quantile: $\lceil \varepsilon (m - 1) \rceil$. None in a silo of one.
 *
 * @equation 6
 * @ruling amb-1
 * @restored
 */
export function quantileCount(size: number, epsilon: number): number {
  return quantileBudget(size, epsilon, toRatio(epsilon)).keep;
}

/**
 * Shares out round(εn) over the silos, half rounded up: $\lfloor \varepsilon |S| \rfloor$ each, the rest one each in the order of
 * their remainders, largest first, of equal ones the earlier silo first. Exact in all: $\sum_S k_S = \mathrm{round}(\varepsilon n)$.
 *
 * @equation 1
 * @ruling amb-1
 * @decided
 * @example
 * ```ts
 * largestRemainder([5, 5, 5], 0.3); // [2, 2, 1]: 4.5 rounds to 5, all remainders are equal
 * ```
 */
export function largestRemainder(sizes: readonly number[], epsilon: number): number[] {
  return shareOut(sizes, toRatio(epsilon));
}

function shareOut(sizes: readonly number[], [numerator, denominator]: Ratio): number[] {
  const quotas = sizes.map((size) => BigInt(size) * numerator);
  const total = quotas.reduce((sum, quota) => sum + quota, 0n);
  const counts = quotas.map((quota) => quota / denominator);
  const rest = (2n * total + denominator) / (2n * denominator) - counts.reduce((sum, count) => sum + count, 0n);
  const byRemainder = quotas.map((quota, silo) => ({ silo, remainder: quota % denominator }));
  byRemainder.sort((a, b) => Number(b.remainder - a.remainder)); // stable: of equal ones the earlier silo first
  for (const { silo } of byRemainder.slice(0, Number(rest))) counts[silo] += 1n;
  return counts.map(Number);
}

/**
 * The budgets of silos of the given sizes. ε = 1 keeps all of each, whatever the rule.
 *
 * @equation 2
 * @ruling amb-1
 * @ruling amb-8
 * @decided
 * @throws {@link InvalidInput} for an unknown rule, or ε outside (0, 1].
 */
export function computeBudgets(sizes: readonly number[], rule: BudgetRule, epsilon: number): SiloBudget[] {
  const share = toRatio(epsilon);
  switch (rule) {
    case 'quantile':
      return sizes.map((size) => (epsilon === 1 ? exactBudget(size, size) : quantileBudget(size, epsilon, share)));
    case 'largest-remainder': {
      const counts = shareOut(sizes, share);
      return sizes.map((size, silo) => exactBudget(size, counts[silo]));
    }
    default:
      throw unknownName('budget', BUDGET_RULES, rule satisfies never);
  }
}

/** What Eq. 6 keeps: its threshold is interpolated. */
function quantileBudget(size: number, epsilon: number, share: Ratio): SiloBudget {
  const [rank, weight] = place(size, share);
  return { rank, weight, keep: size - 1 - rank, fraction: epsilon };
}

/** Exactly `keep`: the threshold is the largest distance that is not kept. */
function exactBudget(size: number, keep: number): SiloBudget {
  return { rank: size - 1 - keep, weight: 0, keep, fraction: keep / size };
}
