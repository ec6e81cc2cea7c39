/**
 * McNemar's exact test (McNemar 1947; exact by the binomial distribution): are two methods, asked the same questions, right
 * equally often?
 *
 * @module
 */
import { wrong } from '../errors.ts';

/**
 * The two-sided p of McNemar's exact test: of the questions that one method alone gets right, each goes to either by a fair
 * coin if the methods are equally good. 1 if there is no such question.
 *
 * @param onlyFirst - questions that only the first method gets right.
 * @param onlySecond - those that only the second gets right.
 * @returns min(1, 2·P(X ≤ the smaller of both)), X of Binomial(onlyFirst + onlySecond, ½), from whole numbers without rounding
 * but the last.
 * @throws InvalidInput if a count is not a whole number from 0 on.
 * @example
 * ```ts
 * computeMcNemar(5, 1); // 0.21875
 * ```
 */
export function computeMcNemar(onlyFirst: number, onlySecond: number): number {
  for (const [name, count] of Object.entries({ onlyFirst, onlySecond }))
    if (!(Number.isSafeInteger(count) && count >= 0))
      throw wrong(`computeMcNemar: ${name}`, 'a whole number from 0 on', count);
  const n = onlyFirst + onlySecond;
  let binomial = 1n;
  let tail = 1n;
  for (let i = 0; i < Math.min(onlyFirst, onlySecond); i++) {
    binomial = (binomial * BigInt(n - i)) / BigInt(i + 1);
    tail += binomial;
  }
  return Math.min(1, ratio(2n * tail, n));
}

/** numerator / 2^exponent, rounded once: the leading 64 bits hold all that a float64 can tell. */
function ratio(numerator: bigint, exponent: number): number {
  const shift = Math.max(0, numerator.toString(16).length * 4 - 64);
  return Number(numerator >> BigInt(shift)) * 2 ** (shift - exponent);
}
