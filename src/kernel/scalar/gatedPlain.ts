/**
 * Gated activations by their formula, element by element: those that few checkpoints have. Both kernels use these loops.
 *
 * @module
 */
import { checkLength } from '../checks.ts';
import { normalDensity, normalDistribution } from './normal.ts';

const { fround } = Math;

/** An activation and its derivative. */
interface Formula {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

/** ReLU, whose derivative at 0 is 0; GELU as it is defined, x Φ(x). */
const FORMULAS = {
  relu: { value: (x) => (x > 0 ? x : 0), slope: (x) => (x > 0 ? 1 : 0) },
  'gelu-exact': {
    value: (x) => fround(x * normalDistribution(x)),
    slope: (x) => fround(normalDistribution(x) + x * normalDensity(x)),
  },
} as const satisfies Readonly<Record<string, Formula>>;

export type PlainActivation = keyof typeof FORMULAS;

/** Whether an activation is one of these. */
export function isPlain(activation: string): activation is PlainActivation {
  return Object.hasOwn(FORMULAS, activation);
}

/** out = activation(gate) ⊙ up, for finite inputs */
export function gatedPlain(out: Float32Array, gate: Float32Array, up: Float32Array, activation: PlainActivation): void {
  checkLength('gated', gate, out.length);
  checkLength('gated', up, out.length);
  const { value } = FORMULAS[activation];
  for (let i = 0; i < out.length; i++) out[i] = value(gate[i]) * up[i];
}

/** dGate (+)= dOut · up · activation′(gate), dUp (+)= dOut · activation(gate) */
export function gatedPlainBackward(
  dGate: Float32Array,
  dUp: Float32Array,
  dOut: Float32Array,
  gate: Float32Array,
  up: Float32Array,
  activation: PlainActivation,
  accumulate: boolean,
): void {
  for (const other of [dUp, dOut, gate, up]) checkLength('gatedBackward', other, dGate.length);
  const { value, slope } = FORMULAS[activation];
  for (let i = 0; i < dGate.length; i++) {
    const toGate = fround(fround(dOut[i] * up[i]) * slope(gate[i]));
    const toUp = fround(dOut[i] * value(gate[i]));
    dGate[i] = accumulate ? dGate[i] + toGate : toGate;
    dUp[i] = accumulate ? dUp[i] + toUp : toUp;
  }
}
