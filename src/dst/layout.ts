/**
 * Where a step's vectors lie. θ, u and θ̂ lie in the order of the tensors, δ in the order of the silos, so that the
 * δ_S of every silo is one contiguous view, whatever its stretches. All views are made once: a step makes none.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { SiloBudget } from './budget.ts';
import { computeScales, type ScaledStretch } from './normalisation.ts';
import type { Silo } from './notation.ts';
import type { Projection } from './problem.ts';

/** One stretch of a silo, seen in every vector. */
export interface Piece extends ScaledStretch {
  readonly distances: Float32Array;
  readonly candidate: Float32Array;
  readonly seed: Float32Array;
  readonly parameters: Float32Array;
}

/** A silo, seen in every vector. */
export interface SiloView {
  readonly index: number;
  readonly silo: Silo;
  readonly budget: SiloBudget;
  /** δ_S */
  readonly distances: Float32Array;
  readonly pieces: readonly Piece[];
}

/** The vectors that a step writes. */
export interface Layout {
  /** θ */
  readonly parameters: Float32Array;
  /** u, until θ̂ takes its place. */
  readonly update: Float32Array;
  /** θ̂: the same vector. So DST keeps the seed and one float a parameter (δ) beyond what full fine-tuning does. */
  readonly candidate: Float32Array;
  /** δ, silo after silo. */
  readonly distances: Float32Array;
  readonly silos: readonly SiloView[];
}

/** Lays out the vectors that a step writes; none has a value yet. */
export function createLayout(projection: Projection): Layout {
  const { kernels, seed, silos, budgets } = projection;
  const parameters = allocate(kernels, seed.length);
  const update = allocate(kernels, seed.length);
  const candidate = update; // θ̂ = θ + u is all that a step wants of u
  const distances = allocate(kernels, seed.length);
  const stretches = computeScales(projection);
  let start = 0;
  const views = silos.map((silo, index) => {
    const first = start;
    const pieces = stretches[index].map((stretch): Piece => {
      const { offset, length } = stretch;
      const view = (vector: Float32Array, at: number): Float32Array => vector.subarray(at, at + length);
      start += length;
      return {
        ...stretch,
        distances: view(distances, start - length),
        candidate: view(candidate, offset),
        seed: view(seed, offset),
        parameters: view(parameters, offset),
      };
    });
    return { index, silo, budget: budgets[index], distances: distances.subarray(first, start), pieces };
  });
  return { parameters, update, candidate, distances, silos: views };
}

/** A vector that the kernels can take: simd kernels take views of their memory, scalar kernels any. */
function allocate(kernels: Kernels, length: number): Float32Array {
  return kernels.name === 'simd' ? kernels.memory.floats(length) : new Float32Array(length);
}

/** The index in θ of a position in δ_S. */
export function indexInParameters({ pieces }: SiloView, position: number): number {
  let start = 0;
  for (const { offset, length } of pieces) {
    if (position < start + length) return offset + position - start;
    start += length;
  }
  return -1;
}
