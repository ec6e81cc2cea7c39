/**
 * Numbers that no model computes with: NaN and the infinities.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { elementCount } from '../tensor/shape.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** The first of them, and how many there are. */
export interface NonFinite {
  /** `"layers/0/attention/query"[17]` */
  readonly place: string;
  readonly value: number;
  readonly count: number;
}

/** @returns undefined if every parameter is finite. */
export function findNonFinite(theta: Float32Array, parameters: readonly Parameter[]): NonFinite | undefined {
  const first = theta.findIndex((value) => !Number.isFinite(value));
  if (first < 0) return undefined;
  let count = 0;
  for (let i = first; i < theta.length; i++) if (!Number.isFinite(theta[i])) count++;
  const of = parameters.find(({ offset, shape }) => offset <= first && first < offset + elementCount(shape));
  return { place: `"${of?.name}"[${first - (of?.offset ?? 0)}]`, value: theta[first], count };
}

/** @throws InvalidInput naming the first, if there is one. */
export function requireFinite(where: string, theta: Float32Array, parameters: readonly Parameter[]): void {
  const found = findNonFinite(theta, parameters);
  if (found === undefined) return;
  const others = found.count === 1 ? '' : ` and ${found.count - 1} more`;
  throw wrong(`${where}: ${found.place}${others}`, 'a finite number', found.value);
}
