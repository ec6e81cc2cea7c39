/**
 * Primitives that work element by element.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Activation } from '../kernel/kernels.ts';
import type { Random } from '../tensor/random.ts';
import { requireSameShape } from '../tensor/shape.ts';
import type { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/** a + b, of one shape. */
export function add(tape: Tape, a: Variable, b: Variable): Variable {
  requireSameShape('add: b', a.shape, b.shape);
  const { kernels } = tape;
  const out = tape.variable(a.shape);
  kernels.add(out.data, a.data, b.data);
  return tape.record('add', out, (dOut) => {
    tape.handOver(b, dOut);
    tape.handOver(a, dOut);
  });
}

/** a ⊙ b, of one shape. */
export function multiply(tape: Tape, a: Variable, b: Variable): Variable {
  requireSameShape('multiply: b', a.shape, b.shape);
  const { kernels } = tape;
  const out = tape.variable(a.shape);
  kernels.multiply(out.data, a.data, b.data);
  return tape.record('multiply', out, (dOut) => {
    kernels.addProduct(tape.gradient(a), dOut, b.data);
    kernels.addProduct(tape.gradient(b), dOut, a.data);
  });
}

/** factor · x. */
export function scale(tape: Tape, x: Variable, factor: number): Variable {
  const { kernels } = tape;
  const out = tape.variable(x.shape);
  kernels.scale(out.data, x.data, factor);
  return tape.record('scale', out, (dOut) => kernels.addScaled(tape.gradient(x), dOut, factor));
}

/** activation(gate) ⊙ up, of one shape: gated GELU (T5 1.1) or SwiGLU (Shazeer 2020). */
export function gated(tape: Tape, gate: Variable, up: Variable, activation: Activation): Variable {
  requireSameShape('gated: up', gate.shape, up.shape);
  const { kernels } = tape;
  const out = tape.variable(gate.shape);
  kernels.gated(out.data, gate.data, up.data, activation);
  return tape.record('gated', out, (dOut) => {
    const { gradients, accumulate } = tape.gradientsOf([gate, up]);
    kernels.gatedBackward(gradients[0], gradients[1], dOut, gate.data, up.data, activation, accumulate);
  });
}

/** How much to drop, and by which chance. */
export interface Dropout {
  /** The share of elements set to 0, in [0, 1). */
  readonly rate: number;
  readonly random: Random;
}

/**
 * x ⊙ mask, where an element of the mask is 0 with probability `rate` and 1/(1 − rate) otherwise; x itself at rate 0.
 *
 * @throws InvalidInput if the rate is outside [0, 1).
 */
export function dropout(tape: Tape, x: Variable, { rate, random }: Dropout): Variable {
  if (!(rate >= 0 && rate < 1)) throw wrong('dropout: rate', 'a number in [0, 1)', rate);
  if (rate === 0) return x;
  const { kernels } = tape;
  const mask = tape.variable(x.shape).data;
  for (let i = 0; i < mask.length; i++) mask[i] = random.nextUint32() < rate * 2 ** 32 ? 0 : 1 / (1 - rate);
  const out = tape.variable(x.shape);
  kernels.multiply(out.data, x.data, mask);
  return tape.record('dropout', out, (dOut) => kernels.addProduct(tape.gradient(x), dOut, mask));
}
