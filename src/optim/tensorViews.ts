/**
 * Views of a flat vector at the places of its parameter tensors, made once per vector.
 *
 * @module
 */
import type { ParameterShape } from '../tensor/parameter.ts';
import { elementCount } from '../tensor/shape.ts';

/** Cuts flat vectors into the ranges of their tensors and remembers the views, so that a steady step makes none. */
export class TensorViews {
  readonly #places: readonly { readonly start: number; readonly end: number }[];
  readonly #views = new WeakMap<Float32Array, readonly Float32Array[]>();

  constructor(parameters: readonly ParameterShape[]) {
    this.#places = parameters.map(({ shape, offset }) => ({
      start: offset,
      end: offset + elementCount(shape),
    }));
  }

  /** The views of `vector`, one per parameter, in the parameters' order. */
  of(vector: Float32Array): readonly Float32Array[] {
    const known = this.#views.get(vector);
    if (known !== undefined) return known;
    const views = this.#places.map(({ start, end }) => vector.subarray(start, end));
    this.#views.set(vector, views);
    return views;
  }
}
