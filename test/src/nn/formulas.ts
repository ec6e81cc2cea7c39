/**
 * The formulas that transformers are made of, in float64 over lists of lists: no tape and no kernels.
 *
 * @module
 */
import type { Parameter } from '../../../src/tensor/parameter.ts';

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
export const add = (a: Vector, b: Vector): Vector => a.map((x, i) => x + b[i]);
/** W x */
export const map = (w: Matrix, x: Vector): Vector => w.map((row) => dot(row, x));

export function rmsNorm(x: Vector, scale: Vector, epsilon: number): Vector {
  const rms = Math.sqrt(dot(x, x) / x.length + epsilon);
  return x.map((value, i) => (value / rms) * scale[i]);
}

export function softmax(x: Vector): Vector {
  const powers = x.map((value) => Math.exp(value - Math.max(...x)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Φ(x) by its series, all of whose terms have one sign; good to 1e-13 of 1 for |x| up to 8. */
export function normalProbability(x: number): number {
  let [term, sum] = [x, 0];
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    sum += term;
    term *= (x * x) / (2 * n + 1);
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

export const ACTIVATIONS = {
  gelu: (x: number): number => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  'gelu-exact': (x: number): number => x * normalProbability(x),
  relu: (x: number): number => Math.max(x, 0),
  silu: (x: number): number => x / (1 + Math.exp(-x)),
};

/** A parameter as a matrix; a vector is a matrix of one row. */
export function matrixIn(parameters: readonly Parameter[], theta: Float32Array, name: string): Matrix {
  const { shape, offset } = parameters.find((parameter) => parameter.name === name) ?? { shape: [0], offset: 0 };
  const columns = shape[shape.length - 1];
  const rows = shape.length === 2 ? shape[0] : 1;
  return Array.from({ length: rows }, (_, i) => [...theta.subarray(offset + i * columns, offset + (i + 1) * columns)]);
}
