/**
 * Gated activations (Shazeer 2020, "GLU Variants"): activation(gate) ⊙ up.
 *
 * SiLU and GELU's tanh form (Hendrycks and Gimpel 2016) are x · logistic(z): SiLU with z = x, GELU with
 * z = 2 √(2/π) (x + 0.044715 x³), since (1 + tanh(z/2)) / 2 = logistic(z). The others are in gatedPlain.ts.
 *
 * @module
 */
import { checkLength } from '../checks.ts';
import type { Activation } from '../kernels.ts';
import { logistic } from './exponential.ts';
import { gatedPlain, gatedPlainBackward, isPlain, type PlainActivation } from './gatedPlain.ts';

const { fround } = Math;

const GELU_LINEAR = fround(2 * Math.sqrt(2 / Math.PI));
const GELU_CUBIC = fround(2 * Math.sqrt(2 / Math.PI) * 0.044715);

/** z of x · logistic(z), and its slope. */
interface Curve {
  readonly z: (x: number) => number;
  readonly slope: (x: number) => number;
}

/** The slope of z is 1 for SiLU, and a + 3bx² for GELU's z = x(a + bx²). */
const CURVES: Readonly<Record<Exclude<Activation, PlainActivation>, Curve>> = {
  silu: { z: (x) => x, slope: () => 1 },
  gelu: { z: (x) => fround(x * geluSlope(x, GELU_CUBIC)), slope: (x) => geluSlope(x, 3 * GELU_CUBIC) },
};

/** out = activation(gate) ⊙ up, for finite inputs */
export function gated(out: Float32Array, gate: Float32Array, up: Float32Array, activation: Activation): void {
  if (isPlain(activation)) {
    gatedPlain(out, gate, up, activation);
    return;
  }
  checkLength('gated', gate, out.length);
  checkLength('gated', up, out.length);
  const { z } = CURVES[activation];
  for (let i = 0; i < out.length; i++) out[i] = fround(gate[i] * logistic(z(gate[i]))) * up[i];
}

/**
 * dGate (+)= dOut · up · activation′(gate), dUp (+)= dOut · activation(gate); activation′ = σ + x · z′ · σ · (1 − σ).
 */
export function gatedBackward(
  dGate: Float32Array,
  dUp: Float32Array,
  dOut: Float32Array,
  gate: Float32Array,
  up: Float32Array,
  activation: Activation,
  accumulate: boolean,
): void {
  if (isPlain(activation)) {
    gatedPlainBackward(dGate, dUp, dOut, gate, up, activation, accumulate);
    return;
  }
  for (const other of [dUp, dOut, gate, up]) checkLength('gatedBackward', other, dGate.length);
  const { z, slope } = CURVES[activation];
  for (let i = 0; i < dGate.length; i++) {
    const x = gate[i];
    const s = logistic(z(x));
    const active = fround(x * s);
    const derivative = fround(s + fround(fround(active * slope(x)) * fround(1 - s)));
    const toGate = fround(fround(dOut[i] * up[i]) * derivative);
    const toUp = fround(dOut[i] * active);
    dGate[i] = accumulate ? dGate[i] + toGate : toGate;
    dUp[i] = accumulate ? dUp[i] + toUp : toUp;
  }
}

/** a + c · x², with a = 2 √(2/π). */
function geluSlope(x: number, c: number): number {
  return fround(GELU_LINEAR + fround(fround(c) * fround(x * x)));
}
