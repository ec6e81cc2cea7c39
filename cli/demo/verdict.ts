/**
 * What an interval of a difference decides: three verdicts, by rules and a margin that are fixed here, before any run.
 *
 * @module
 */
import type { Difference } from '../../src/metrics/paired.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { Verdict } from '../report/input.ts';

/** By how much a method that is "as good as" another may be worse: one point. */
export const MARGIN: Readonly<Record<MetricScale, number>> = { share: 0.01, points: 1 };

/** Above this p a difference may be chance, whatever the interval says. */
const LEVEL = 0.05;

/**
 * "The first beats the second": where the 95 % interval of their difference lies above 0 it holds, if it lies below 0 it does
 * not; both only if McNemar's exact test, if there is one, agrees. An interval around 0 decides nothing, however short.
 */
export function judgeBetter({ low, high, p }: Difference): Verdict {
  if (p !== null && p >= LEVEL) return 'not decided';
  if (low > 0) return 'holds';
  return high < 0 ? 'does not hold' : 'not decided';
}

/** "The first is as good as the second" (a test of non-inferiority): the same against −{@link MARGIN} in place of 0. */
export function judgeAsGood({ low, high }: Difference, scale: MetricScale): Verdict {
  if (low > -MARGIN[scale]) return 'holds';
  return high < -MARGIN[scale] ? 'does not hold' : 'not decided';
}

/** Of a claim that has several parts: all must hold, and one that does not is enough against it. */
export function judgeAll(parts: readonly Verdict[]): Verdict {
  if (parts.includes('does not hold')) return 'does not hold';
  return parts.every((part) => part === 'holds') ? 'holds' : 'not decided';
}
