/**
 * Where the vectors of a projection lie. θ and θ̂ lie in the order of the tensors, δ and the mask in the order of the silos, so
 * that the δ_S of every silo is one contiguous view, whatever its ranges. All views are made once: a step makes none.
 *
 * @module
 */
import type { SiloBudget } from './budget.ts';
import { computeScales, type ScaledRange } from './normalisation.ts';
import type { Silo } from './notation.ts';
import type { Projection } from './problem.ts';

/** One range of a silo, seen in every vector. */
export interface RangeView extends ScaledRange {
  readonly distances: Float32Array;
  readonly candidate: Float32Array;
  readonly seed: Float32Array;
  readonly theta: Float32Array;
  readonly mask: Float32Array | null;
}

/** A silo, seen in every vector. */
export interface SiloView {
  readonly index: number;
  readonly silo: Silo;
  readonly budget: SiloBudget;
  /** δ_S */
  readonly distances: Float32Array;
  /** What no longer changes of it: 1 is kept. */
  readonly mask: Float32Array | null;
  readonly ranges: readonly RangeView[];
}

/** The vectors that a projection writes. */
export interface Layout {
  /** θ */
  readonly theta: Float32Array;
  /** θ̂ */
  readonly candidate: Float32Array;
  /** δ, silo after silo. */
  readonly distances: Float32Array;
  /** The kept set of an ablation, silo after silo; null if there is none. */
  readonly mask: Float32Array | null;
  readonly silos: readonly SiloView[];
}

/** Lays out the vectors that a projection writes; none has a value yet. */
export function createLayout(projection: Projection, isMasked = false): Layout {
  const { kernels, seed, silos, budgets } = projection;
  const theta = kernels.allocate(seed.length);
  const candidate = kernels.allocate(seed.length);
  const distances = kernels.allocate(seed.length);
  const mask = isMasked ? kernels.allocate(seed.length) : null;
  const scaled = computeScales(projection);
  let start = 0;
  const views = silos.map((silo, index) => {
    const first = start;
    const ranges = scaled[index].map((range): RangeView => {
      const { offset, length } = range;
      const view = (vector: Float32Array, at: number): Float32Array => vector.subarray(at, at + length);
      start += length;
      return {
        ...range,
        distances: view(distances, start - length),
        mask: mask && view(mask, start - length),
        candidate: view(candidate, offset),
        seed: view(seed, offset),
        theta: view(theta, offset),
      };
    });
    const [delta, kept] = [distances.subarray(first, start), mask?.subarray(first, start) ?? null];
    return { index, silo, budget: budgets[index], distances: delta, mask: kept, ranges };
  });
  return { theta, candidate, distances, mask, silos: views };
}

/** The index in θ of a position in δ_S. */
export function indexInParameters({ ranges }: SiloView, position: number): number {
  let start = 0;
  for (const { offset, length } of ranges) {
    if (position < start + length) return offset + position - start;
    start += length;
  }
  return -1;
}
