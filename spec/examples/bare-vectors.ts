// Dynamic Subset Tuning around a loss of your own: least squares, its gradient by hand, two of four parameters free.
import { createProblem } from '../../src/dst/problem.ts';
import { createState } from '../../src/dst/state.ts';
import { step } from '../../src/dst/step.ts';
import { apply, extract } from '../../src/dst/subset.ts';
import { sgd } from '../../src/optim/sgd.ts';

export const seed = Float32Array.of(1, -2, 0.5, 3);
const inputs = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]; // prettier-ignore
const answers = [5, 2, -6, 3]; // what θ = [1, -1.5, 2.5, 3] gives: it differs from the seed in two places

const problem = createProblem({ seed, epsilon: 0.5, optimizer: sgd() });
const state = createState(problem);
for (let t = 1; t <= 100; t++) {
  const gradient = new Float32Array(seed.length); // of ½ Σ (x·θ − y)²
  inputs.forEach((x, row) => {
    const error = x.reduce((sum, xi, i) => sum + xi * state.parameters[i], -answers[row]);
    x.forEach((xi, i) => (gradient[i] += error * xi));
  });
  step(problem, state, gradient, 0.05);
}

export const subset = extract(seed, state.parameters); // indices [1, 2], values [-1.5, 2.5]
export const tuned = apply(seed, subset); // state.parameters, bit for bit
