/**
 * Rotary positions (Su et al. 2021).
 *
 * @module
 */
import { asMatrix } from '../tensor/shape.ts';
import type { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/** The angles' cosines and sines, [positions, headSize / 2] each, and the position of each row; in the tape's memory. */
export interface Rotation {
  readonly cosine: Float32Array;
  readonly sine: Float32Array;
  readonly positions: Int32Array;
}

/** Rotates each head of each row of x, [..., heads · headSize], by the angles of the row's position. */
export function rotate(tape: Tape, x: Variable, { cosine, sine, positions }: Rotation, heads: number): Variable {
  const headSize = asMatrix(x.shape).columns / heads;
  const { kernels } = tape;
  const out = tape.variable(x.shape);
  kernels.rotate(out.data, x.data, cosine, sine, positions, heads, headSize, 1, false);
  return tape.record('rotate', out, (dOut) => {
    const { gradients, accumulate } = tape.gradientsOf([x]);
    kernels.rotate(gradients[0], dOut, cosine, sine, positions, heads, headSize, -1, accumulate);
  });
}
