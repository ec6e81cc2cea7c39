/**
 * Rotary positions (Su et al. 2021, Eq. 34), in the form that pairs the two halves of a head.
 *
 * @module
 */
import { checkIndices, checkLength } from '../checks.ts';

const { fround } = Math;

/**
 * Rotates each pair (x[i], x[i + headSize/2]) of each head of each row by the angle of the row's position; with
 * direction −1 back. `out` may be `x`.
 */
export function rotate(
  out: Float32Array,
  x: Float32Array,
  cosine: Float32Array,
  sine: Float32Array,
  positions: Int32Array,
  heads: number,
  headSize: number,
  direction: 1 | -1,
  accumulate: boolean,
): void {
  checkRotate(out, x, cosine, sine, positions, heads, headSize);
  const half = headSize / 2;
  for (let row = 0; row < positions.length; row++) {
    const angles = positions[row] * half;
    for (let head = 0; head < heads; head++) {
      const start = (row * heads + head) * headSize;
      for (let i = 0; i < half; i++) {
        const c = cosine[angles + i];
        const s = direction * sine[angles + i];
        const first = x[start + i];
        const second = x[start + half + i];
        const newFirst = fround(fround(first * c) - fround(second * s));
        const newSecond = fround(fround(second * c) + fround(first * s));
        out[start + i] = accumulate ? out[start + i] + newFirst : newFirst;
        out[start + half + i] = accumulate ? out[start + half + i] + newSecond : newSecond;
      }
    }
  }
}

/** @throws {@link Internal} if lengths disagree or a position lies outside the tables. */
export function checkRotate(
  out: Float32Array,
  x: Float32Array,
  cosine: Float32Array,
  sine: Float32Array,
  positions: Int32Array,
  heads: number,
  headSize: number,
): void {
  const size = positions.length * heads * headSize;
  checkLength('rotate', x, size);
  checkLength('rotate', out, size);
  checkLength('rotate', sine, cosine.length);
  checkIndices('rotate', positions, cosine.length / (headSize / 2));
}
