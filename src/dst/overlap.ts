/**
 * Subset overlap: what two checkpoints, or two subsets, have in common (Section 5.4, Figures 7 and 8).
 *
 * @module
 */
import * as paper from '../paper.ts';
import { checkLength, checkVector } from './checks.ts';
import { checkSubset, type Subset } from './subset.ts';

/**
 * Of the parameters that differ from the seed, the share that both checkpoints have in common:
 * $2 |A \cap B| / (|A| + |B|)$, which is the paper's ratio if both are equally many. A parameter that both have
 * changed is common to them, whatever its two values.
 *
 * @equation 9
 * @ruling amb-17
 * @ruling amb-21
 * @restored
 * @returns from 0 to 1; 1 if neither differs from the seed.
 * @throws {@link InvalidInput} if the vectors are not equally long.
 * @example
 * ```ts
 * overlap(Float32Array.of(0, 0, 0), Float32Array.of(1, 1, 0), Float32Array.of(0, 2, 2)); // 0.5
 * ```
 */
export function overlap(seed: Float32Array, a: Float32Array, b: Float32Array): number {
  checkVector('overlap seed', seed, seed.length);
  checkVector('overlap a', a, seed.length);
  checkVector('overlap b', b, seed.length);
  return paper.overlap(seed, a, b);
}

/**
 * The same of two subsets of one seed, in the time of their sizes.
 *
 * @equation 9
 * @ruling amb-21
 * @restored
 * @throws {@link InvalidInput} if they belong to seeds of different sizes, or one is damaged.
 */
export function overlapOfSubsets(a: Subset, b: Subset): number {
  checkLength('overlap b', { length: b.size }, a.size);
  checkSubset(a, a.size);
  checkSubset(b, b.size);
  const [left, right] = [a.indices, b.indices];
  let inBoth = 0;
  // Both ascend, so one walk along the two meets every index that they share.
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const [x, y] = [left[i], right[j]];
    if (x === y) inBoth++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return paper.share(left.length, right.length, inBoth);
}

/**
 * The same of two masks with one bit a parameter, bit `i & 7` of byte `i >> 3`: 1 if a checkpoint differs from the seed.
 *
 * @equation 9
 * @ruling amb-21
 * @restored
 * @throws {@link InvalidInput} if the masks are not equally long.
 * @example
 * ```ts
 * overlapOfMasks(Uint8Array.of(0b011), Uint8Array.of(0b110)); // 0.5
 * ```
 */
export function overlapOfMasks(a: Uint8Array, b: Uint8Array): number {
  checkLength('overlap b', b, a.length);
  const bitsIn = (byteAt: (i: number) => number): number => a.reduce((sum, _, i) => sum + ONES[byteAt(i)], 0);
  return paper.share(
    bitsIn((i) => a[i]),
    bitsIn((i) => b[i]),
    bitsIn((i) => a[i] & b[i]),
  );
}

/** How many bits of each byte are 1. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
