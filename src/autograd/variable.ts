/**
 * What the tape's primitives take and give.
 *
 * @module
 */
import type { Shape } from '../tensor/shape.ts';

/** A tensor in the course of a computation, row-major, and the gradient of the tape's output by it. */
export interface Variable {
  readonly shape: Shape;
  readonly data: Float32Array;
  /** Of the data's length; undefined but while the backward pass is there. A parameter has it from the start, a leaf keeps it. */
  gradient: Float32Array | undefined;
}
