import { createProblem } from '../src/dst/problem.ts';
import { createState } from '../src/dst/state.ts';
import { step } from '../src/dst/step.ts';
import { apply, extract } from '../src/dst/subset.ts';
import { sgd } from '../src/optim/sgd.ts';

export const seed = Float32Array.of(1, -2, 0.5, 3);
export const target = Float32Array.of(1, -1.5, 2.5, 3); // the least of ½ Σ (θᵢ − targetᵢ)²
const problem = createProblem({ seed, epsilon: 0.5, optimizer: sgd() });
const state = createState(problem);
for (let t = 1; t <= 100; t++) {
  const gradient = state.theta.map((theta, i) => theta - target[i]);
  step(problem, state, gradient, 0.5);
}
export const subset = extract(seed, state.theta); // indices [1, 2], values [-1.5, 2.5]
export const tuned = apply(seed, subset); // state.theta, bit for bit
