/**
 * The check of a derivative against differences: ⟨∇, direction⟩ against how the output changes along the direction.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { Random } from '../tensor/random.ts';
import { elementCount, type Shape } from '../tensor/shape.ts';
import { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/** What is computed from the inputs. It has to give the same each time that it is called. */
export type Computation = (tape: Tape, inputs: readonly Variable[]) => Variable;

/** An input's place and values; they should be of the order of 1. */
export interface CheckedInput {
  readonly shape: Shape;
  readonly values: ArrayLike<number>;
}

/** Both derivatives of ⟨cotangent, output⟩ along a random direction of one input. */
export interface GradientCheck {
  /** Index of the input. */
  readonly input: number;
  readonly analytic: number;
  readonly numeric: number;
  /** How far they may be apart. */
  readonly bound: number;
}

/** The step of the differences, a power of 2 so that multiplying by it does not round. */
const STEP = 2 ** -6;
const FLOAT32_EPSILON = 2 ** -23;
/** How many roundings of its own size an output of a primitive may have suffered; their signs differ, so few remain. */
const ROUNDINGS = 16;
/** Of the fifth derivative over 30, which a step's fourth power multiplies. */
const FIFTH_DERIVATIVE = 8;

/**
 * Differentiates ⟨cotangent, computation(inputs)⟩ by each input along a random direction, with the tape and with the
 * central difference of fourth order, (8 (L₁ − L₋₁) − (L₂ − L₋₂)) / 12h.
 *
 * The bound is Σ |cotangentᵢ| max(1, |outputᵢ|) times what a difference suffers: 18/12 · roundings · ε / h, and h⁴ times
 * the fifth derivative.
 */
export function gradientCheck(
  kernels: Kernels,
  computation: Computation,
  inputs: readonly CheckedInput[],
  random: Random,
): GradientCheck[] {
  const recording = new Tape(kernels, 'record');
  const forward = new Tape(kernels, 'forward');
  return recording.step(() => {
    const variables = inputs.map(({ shape, values }) => variableOf(kernels, shape, values));
    const output = computation(recording, variables);
    const cotangent = kernels.memory.copyOf(normals(random, output.data.length));
    const size = sumOver(cotangent, (w, i) => Math.abs(w) * Math.max(1, Math.abs(output.data[i])));
    const bound = size * ((18 / 12) * ROUNDINGS * (FLOAT32_EPSILON / STEP) + FIFTH_DERIVATIVE * STEP ** 4);
    recording.backward(output, cotangent);

    return variables.map((variable, input) => {
      const direction = normals(random, variable.data.length);
      const analytic = sumOver(direction, (d, i) => d * (variable.gradient?.[i] ?? 0));
      const start = Float32Array.from(variable.data);
      const outputAt = (steps: number): number =>
        forward.step(() => {
          for (let i = 0; i < start.length; i++) variable.data[i] = start[i] + steps * STEP * direction[i];
          const moved = computation(forward, variables).data;
          variable.data.set(start);
          return sumOver(cotangent, (w, i) => w * moved[i]);
        });
      const numeric = (8 * (outputAt(1) - outputAt(-1)) - (outputAt(2) - outputAt(-2))) / (12 * STEP);
      return { input, analytic, numeric, bound };
    });
  });
}

/** Whether the two agree; NaN does not. */
export function gradientsAgree({ analytic, numeric, bound }: GradientCheck): boolean {
  return Math.abs(analytic - numeric) <= bound;
}

/** The check in words: `input 0: analytic 1.25, numeric 1.2501, bound 0.002`. */
export function describeGradientCheck({ input, analytic, numeric, bound }: GradientCheck): string {
  return `input ${input}: analytic ${analytic}, numeric ${numeric}, bound ${bound}`;
}

function variableOf(kernels: Kernels, shape: Shape, values: ArrayLike<number>): Variable {
  const data = kernels.memory.copyOf(values);
  return { shape, data, gradient: kernels.memory.floats(elementCount(shape)).fill(0) };
}

function normals(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.normal());
}

function sumOver(x: Float32Array, term: (value: number, index: number) => number): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += term(x[i], i);
  return total;
}
