/**
 * Dynamic Subset Tuning around anybody's own loss: no model, no tensors, just vectors. Here the loss is least squares,
 * ½ Σ (x·θ − y)² / rows, with its gradient written by hand; 2 of the 8 parameters may differ from the seed.
 *
 * @module
 */
import { createProblem } from '../../src/dst/problem.ts';
import { createState } from '../../src/dst/state.ts';
import { step } from '../../src/dst/step.ts';
import { extract, type Subset } from '../../src/dst/subset.ts';
import { sgd } from '../../src/optim/sgd.ts';

/** Rows of a design matrix whose columns are orthogonal, and what a θ that differs from the seed in two places predicts. */
export const seed = Float32Array.of(1, -2, 0.5, 3, -1, 2, 1.5, -0.5);
const target = Float32Array.of(1, -2, 2.5, 3, -1, 2, -1.5, -0.5);
const rows = Array.from({ length: 8 }, (_, r) => seed.map((_, c) => (bitCount(r & c) % 2 === 0 ? 1 : -1)));
const predict = (theta: Float32Array, x: Float32Array): number => x.reduce((sum, xi, i) => sum + xi * theta[i], 0);

export function gradientOf(theta: Float32Array): Float32Array {
  const gradient = new Float32Array(theta.length);
  for (const x of rows) {
    const error = predict(theta, x) - predict(target, x);
    for (let i = 0; i < theta.length; i++) gradient[i] += (error * x[i]) / rows.length;
  }
  return gradient;
}

export function tune(steps: number): Subset {
  const problem = createProblem({ seed, epsilon: 0.25, distance: 'absolute', optimizer: sgd() });
  const state = createState(problem);
  for (let t = 1; t <= steps; t++) step(problem, state, gradientOf(state.parameters), 0.5);
  return extract(seed, state.parameters);
}

function bitCount(x: number): number {
  return x === 0 ? 0 : (x & 1) + bitCount(x >> 1);
}
