/**
 * The order in which rows are seen: a pure function of random seed and step, so that a resumed run needs no iterator's state.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { hashText, mix32 } from './hash.ts';

/** Rounds of the Feistel network; four make a pseudo-random permutation (Luby and Rackoff 1988), two more cost little. */
const ROUNDS = 6;
/** Two halves of 15 bits. */
const MAXIMUM_COUNT = 2 ** 30;

/**
 * Where a shuffle of 0 … count − 1 puts the element at `position`: for each random seed a bijection, at O(1) and without a
 * table. A Feistel network over the next power of four, walked until it falls below `count` (Black and Rogaway 2002).
 *
 * @throws {@link InvalidInput} if position or count is out of range.
 */
export function permute(position: number, count: number, randomSeed: number): number {
  return permuteByKey(position, count, hashText(String(randomSeed)));
}

/**
 * The rows of one step: epoch after epoch, each in an order of its own, cut into batches. A batch may span two epochs.
 *
 * @param step - from 1.
 * @param count - rows in all.
 * @example
 * ```ts
 * indicesOfStep(1, 4, 4, 0); // a permutation of 0, 1, 2, 3: the first epoch
 * ```
 */
export function indicesOfStep(step: number, batchSize: number, count: number, randomSeed: number): Int32Array {
  if (!(Number.isInteger(step) && step >= 1)) throw wrong('step', 'a whole number from 1', step);
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) throw wrong('batchSize', 'a whole number from 1', batchSize);
  const first = (step - 1) * batchSize;
  return Int32Array.from({ length: batchSize }, (_, i) => {
    const epoch = Math.floor((first + i) / count);
    return permuteByKey((first + i) % count, count, hashText(`${randomSeed}/${epoch}`));
  });
}

function permuteByKey(position: number, count: number, key: number): number {
  if (!(Number.isInteger(count) && count >= 1 && count <= MAXIMUM_COUNT)) {
    throw wrong('count', `a whole number from 1 to ${MAXIMUM_COUNT}`, count);
  }
  if (!(Number.isInteger(position) && position >= 0 && position < count)) {
    throw wrong('position', `a whole number from 0 to ${count - 1}`, position);
  }
  const half = Math.max(1, Math.ceil(Math.log2(count) / 2));
  const mask = (1 << half) - 1;
  let value = position;
  do {
    let [left, right] = [value >>> half, value & mask];
    for (let round = 0; round < ROUNDS; round++) {
      [left, right] = [right, left ^ (mix32(right ^ mix32(key + round)) & mask)];
    }
    value = (left << half) | right;
  } while (value >= count);
  return value;
}
