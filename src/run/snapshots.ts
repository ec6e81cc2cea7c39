/**
 * Which parameters were changed at some steps of a run: what the overlap of its checkpoints (Eq. 9) is measured on.
 * A snapshot is one bit a parameter.
 *
 * @module
 */
import { overlapOfMasks } from '../dst/overlap.ts';
import { bitsOf } from '../kernel/scalar/bits.ts';
import type { SavedVector } from '../train/learner.ts';

/** The overlap of each two snapshots. */
export interface OverlapTable {
  readonly steps: readonly number[];
  /** share[i][j] in [0, 1] */
  readonly share: readonly (readonly number[])[];
}

/** What a snapshot is called in a checkpoint. */
const SNAPSHOT = 'snapshot/';

export class Snapshots {
  readonly #size: number;
  readonly #masks = new Map<number, Uint8Array>();

  /** @param size - the number of parameters. */
  constructor(size: number) {
    this.#size = size;
  }

  /** The steps at which about `count` snapshots are due, evenly spaced, the last step being one. */
  static steps(count: number, last: number): ReadonlySet<number> {
    return new Set(Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * last) / count)));
  }

  /** Takes the snapshot of a step. */
  take(step: number, seed: Float32Array, theta: Float32Array): void {
    const [a, b] = [bitsOf(seed), bitsOf(theta)];
    const mask = new Uint8Array(Math.ceil(this.#size / 8));
    for (let i = 0; i < this.#size; i++) if (a[i] !== b[i]) mask[i >> 3] |= 1 << (i & 7);
    this.#masks.set(step, mask);
  }

  /** As named vectors, for a checkpoint. */
  save(): [string, SavedVector][] {
    return [...this.#masks].map(([step, mask]) => [`${SNAPSHOT}${step}`, mask]);
  }

  /** Takes back what {@link Snapshots.save} gave. */
  restore(vectors: ReadonlyMap<string, SavedVector>): void {
    for (const [name, vector] of vectors) {
      const step = Number(name.slice(SNAPSHOT.length));
      if (name.startsWith(SNAPSHOT) && vector instanceof Uint8Array) this.#masks.set(step, vector);
    }
  }

  /** Eq. 9 for each two snapshots; null if fewer than two were taken. */
  table(): OverlapTable | null {
    const taken = [...this.#masks].sort(([a], [b]) => a - b);
    if (taken.length < 2) return null;
    const share = taken.map(([, a]) => taken.map(([, b]) => overlapOfMasks(a, b)));
    return { steps: taken.map(([step]) => step), share };
  }
}
