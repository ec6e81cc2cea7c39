/**
 * Whether two programs gave the same wrong answer, rounding apart.
 *
 * @module
 */
import type { Dtype } from '../implementation.ts';
import { asText } from '../wire/json.ts';

/** By how much two sums may differ that were taken in two orders, as a share of the larger. */
const TOLERANCE: Readonly<Record<Dtype, number>> = { float32: 1e-4, float64: 1e-9, bfloat16: 1 / 32 };

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** Whether two answers read the same, numbers within what the order of sums may change. */
export function answersAlike(a: unknown, b: unknown, dtype: Dtype): boolean {
  const [left, right] = [asText(a), asText(b)];
  if (left === right) return true;
  if (left.replace(NUMBER, '#') !== right.replace(NUMBER, '#')) return false;
  const numbers = (text: string): number[] => (text.match(NUMBER) ?? []).map(Number);
  const others = numbers(right);
  return numbers(left).every((x, i) => isNear(x, others[i], TOLERANCE[dtype]));
}

function isNear(x: number, y: number, tolerance: number): boolean {
  return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y)) || Object.is(x, y);
}
