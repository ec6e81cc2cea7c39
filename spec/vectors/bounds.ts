/**
 * Ranges as vectors write them: their ends are numbers of the format, so that nobody has to compare with a number that
 * he cannot hold.
 *
 * @module
 */
import type { Range } from '../oracle/distance.ts';
import type { Format } from '../oracle/formats.ts';
import { significantBits, ulp } from '../oracle/formats.ts';
import type { Bound } from './vector.ts';

/** The same answers: an answer is a number of the format, so the ends may move inwards to the nearest such numbers. */
export function asBound(format: Format, { low, high }: Range): Bound {
  const [least, most] = [upwards(format, low), downwards(format, high)];
  if (!(least <= most)) throw new RangeError(`accepted: expected a ${format.dtype} in ${low} … ${high}, got none`);
  // As a range 0 is −0 as well, which is what a formula's zero has to be.
  return least === most && least !== 0 ? least : [least + 0, most + 0];
}

/** The smallest number of the format that is not below x. */
export function upwards(format: Format, x: number): number {
  const near = format.round(x);
  if (near >= x || !Number.isFinite(x)) return near;
  return next(format, near);
}

/** The largest number of the format that is not above x. */
export function downwards(format: Format, x: number): number {
  return -upwards(format, -x);
}

/** The largest number of the format below a positive one. */
export function below(format: Format, x: number): number {
  if (x === Infinity) return format.dtype === 'float64' ? Number.MAX_VALUE : format.overflow * (1 - format.epsilon / 2);
  return -next(format, -x);
}

/** The upper neighbour of a number of the format. */
function next(format: Format, x: number): number {
  const step = ulp(format, x);
  // Just above −2ᵏ the spacing is half of that just below it.
  const isSeam = x < -format.smallestNormal && significantBits(x) === 1;
  return x + (isSeam ? step / 2 : step);
}
