/**
 * Budgets: how many parameters of each silo are kept. All counts are whole-number arithmetic, so that no count hangs
 * on how 1 − ε is rounded.
 *
 * @module
 */
import { unknownName, wrong } from '../errors.ts';
import { BUDGET_RULES, type BudgetRule } from './notation.ts';

/** A fraction in exact terms. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Where a quantile lies among m sorted values: between `rank` and `rank + 1` (0 = the smallest), `weight` of the way. */
export interface QuantilePosition {
  readonly rank: number;
  readonly weight: number;
}

/** What a silo may keep. */
export interface SiloBudget extends QuantilePosition {
  /** k: how many are kept where so many distances are above 0. */
  readonly keep: number;
  /** The fraction that Algorithm 2 aims at: ε, or k / |S| under `largest-remainder`. */
  readonly fraction: number;
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
  const [digits, exponent = '0'] = String(epsilon).split('e');
  const [whole, decimals = ''] = digits.split('.');
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length - Number(exponent)) };
}

/**
 * Where the quantile of Eq. 6 lies among m distances, with linear interpolation: at $(m - 1)(1 - \varepsilon)$, counted from
 * the smallest.
 *
 * @equation 6
 * @ruling amb-18
 * @restored
 * @example
 * ```ts
 * quantilePosition(11, 0.25); // { rank: 7, weight: 0.5 }
 * ```
 */
export function quantilePosition(size: number, epsilon: number): QuantilePosition {
  const { numerator, denominator } = toRatio(epsilon);
  const position = BigInt(size - 1) * (denominator - numerator);
  const weight = ((position % denominator) << FRACTION_BITS) / denominator;
  return { rank: Number(position / denominator), weight: Number(weight) / 2 ** Number(FRACTION_BITS) };
}

/** The significand of a double: a weight of so many bits is below 1 and exact to $2^{-53}$. */
const FRACTION_BITS = 53n;

/**
 * How many of m distinct distances exceed their quantile: $\lceil \varepsilon (m - 1) \rceil$. None in a silo of one.
 *
 * @equation 6
 * @ruling amb-1
 * @restored
 */
export function quantileCount(size: number, epsilon: number): number {
  return size - 1 - quantilePosition(size, epsilon).rank;
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
  const { numerator, denominator } = toRatio(epsilon);
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
  switch (rule) {
    case 'quantile':
      return sizes.map((size) => {
        if (epsilon === 1) return exactBudget(size, size);
        return { ...quantilePosition(size, epsilon), keep: quantileCount(size, epsilon), fraction: epsilon };
      });
    case 'largest-remainder': {
      const counts = largestRemainder(sizes, epsilon);
      return sizes.map((size, silo) => exactBudget(size, counts[silo]));
    }
    default:
      throw unknownName('budget', BUDGET_RULES, rule);
  }
}

/** Exactly `keep`: the threshold is the largest distance that is not kept. */
function exactBudget(size: number, keep: number): SiloBudget {
  return { keep, rank: size - 1 - keep, weight: 0, fraction: keep / size };
}
