/**
 * A tuned model as a subset: the indices of the parameters that differ from the seed, and their values.
 * Values replace, they are not differences, so that applying and reverting are exact to the bit, and applying twice is
 * applying once.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { bitsOf } from '../kernel/scalar/bits.ts';
import { float32 } from '../kinds.ts';
import { checkVector } from './checks.ts';

/** The parameters that differ from a seed of `size` parameters. */
export interface Subset {
  /** n */
  readonly size: number;
  /** Indices in θ, strictly ascending. */
  readonly indices: Uint32Array;
  /** Replacement values, one for each index; finite. */
  readonly values: Float32Array;
  /** What {@link Fingerprint} gave for the seed, or null if none was taken. */
  readonly seedFingerprint: string | null;
}

/** A digest of a vector. What it is, is the business of who writes files. */
export type Fingerprint = (vector: Float32Array) => string;

/**
 * The subset in which parameters differ from the seed, by bits.
 *
 * @equation 7
 * @ruling amb-17
 * @decided
 * @param fingerprint - taken of the seed and stored, to be compared when the subset is applied.
 * @throws {@link InvalidInput} if the vectors are not equally long, or a value that differs is not finite.
 * @example
 * ```ts
 * extract(Float32Array.of(1, 2, 3), Float32Array.of(1, 5, 3)); // indices [1], values [5]
 * ```
 */
export function extract(seed: Float32Array, theta: Float32Array, fingerprint?: Fingerprint): Subset {
  checkVector('extract: seed', seed, seed.length);
  checkVector('extract: theta', theta, seed.length);
  const [theta0, bits] = [bitsOf(seed), bitsOf(theta)];
  // Counted first: a list that grows to some 10^8 numbers is more than JavaScript's lists hold.
  let changed = 0;
  for (let i = 0; i < bits.length; i++) if (bits[i] !== theta0[i]) changed++;
  const indices = new Uint32Array(changed);
  for (let i = 0, k = 0; k < changed; i++) if (bits[i] !== theta0[i]) indices[k++] = i;
  const subset = { size: seed.length, indices, values: pick(theta, indices), seedFingerprint: null };
  checkSubset(subset, seed.length);
  return fingerprint === undefined ? subset : { ...subset, seedFingerprint: fingerprint(seed) };
}

/**
 * The tuned parameters: a copy of the seed with the subset's values.
 *
 * @equation 7
 * @decided
 * @param fingerprint - if given, and the subset bears one, the seed's has to be the same.
 * @throws {@link InvalidInput} for a damaged subset, or one of another seed.
 */
export function apply(seed: Float32Array, subset: Subset, fingerprint?: Fingerprint): Float32Array {
  if (fingerprint !== undefined && subset.seedFingerprint !== null) {
    const got = fingerprint(seed);
    if (got !== subset.seedFingerprint) {
      throw wrong('seed', `the one that the subset was made for (${subset.seedFingerprint})`, got);
    }
  }
  const theta = float32(seed, 'apply: seed').slice();
  applyInPlace(theta, subset);
  return theta;
}

/**
 * Writes the subset's values into a vector, as when a model is served and changes its task on the fly.
 *
 * @equation 7
 * @decided
 * @returns the undo: the subset of the values that were there, which applied in place restores them.
 * @throws {@link InvalidInput} for a damaged subset; nothing has been written then.
 */
export function applyInPlace(theta: Float32Array, subset: Subset): Subset {
  float32(theta, 'applyInPlace: theta');
  const { indices, values, size, seedFingerprint } = subset;
  checkSubset(subset, theta.length);
  const undo = { size, indices, values: pick(theta, indices), seedFingerprint };
  const [bits, replacement] = [bitsOf(theta), bitsOf(values)];
  for (let j = 0; j < indices.length; j++) bits[indices[j]] = replacement[j];
  return undo;
}

/**
 * The seed again: a copy of the tuned parameters with the seed's values wherever the subset changed them.
 *
 * @equation 7
 * @decided
 * @throws {@link InvalidInput} for a damaged subset, or vectors that are not equally long.
 */
export function revert(theta: Float32Array, subset: Subset, seed: Float32Array): Float32Array {
  checkVector('revert: seed', seed, seed.length);
  checkVector('revert: theta', theta, seed.length);
  checkSubset(subset, seed.length);
  const reverted = theta.slice();
  applyInPlace(reverted, { ...subset, values: pick(seed, subset.indices) });
  return reverted;
}

/**
 * What a subset has to be before anything is written: of the vector's size, one finite value for each index, indices
 * strictly ascending and in range.
 *
 * @equation 7
 * @decided
 * @throws {@link InvalidInput} that names the first entry at fault.
 */
export function checkSubset({ size, indices, values }: Subset, length: number): void {
  if (size !== length) throw wrong('subset', `one for ${length} parameters`, size);
  if (!(indices instanceof Uint32Array)) throw wrong('subset.indices', 'a Uint32Array', indices);
  checkVector('subset.values', values, indices.length);
  for (let j = 0; j < indices.length; j++) {
    if (indices[j] >= size) throw wrong(`subset.indices[${j}]`, `an index below ${size}`, indices[j]);
    if (j > 0 && indices[j] <= indices[j - 1]) {
      throw wrong(`subset.indices[${j}]`, `an index above ${indices[j - 1]}`, indices[j]);
    }
    if (!Number.isFinite(values[j])) throw wrong(`subset.values[${j}]`, 'a finite number', values[j]);
  }
}

function pick(vector: Float32Array, indices: Uint32Array): Float32Array {
  const bits = bitsOf(vector);
  return new Float32Array(indices.map((index) => bits[index]).buffer);
}
