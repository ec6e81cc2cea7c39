/**
 * Two steps of Algorithm 1 on six parameters in two silos, small enough to check every number on paper: first as the paper
 * has them (`src/paper.ts`), then as they run, which gives the same bits. Set breakpoints on the lines marked below and press
 * "step a toy" in Visual Studio Code, or run it: `node scripts/run.mjs examples/step-a-toy.ts`.
 *
 * @module
 */
import { createProblem } from '../src/dst/problem.ts';
import { createState } from '../src/dst/state.ts';
import { traceStep } from '../src/dst/trace.ts';
import { sgd } from '../src/optim/sgd.ts';
import * as paper from '../src/paper.ts';
import type { Parameter } from '../src/tensor/parameter.ts';

const parameters: readonly Parameter[] = [
  { name: 'layers/0/query', module: 'layers/query', layer: 0, shape: [4], offset: 0 },
  { name: 'layers/1/query', module: 'layers/query', layer: 1, shape: [2], offset: 4 },
];
const [seed, epsilon, learningRate, iterations] = [Float32Array.of(1, -2, 0.5, 4, 3, 0.25), 0.5, 0.25, 4];

const tuning: paper.Tuning = {
  theta0: seed,
  silos: [[0, 4], [4, 6]], // prettier-ignore
  epsilon,
  optimizer: (u, g) => u.forEach((_, i) => (u[i] = -learningRate * g[i])),
  distance: paper.inverseRelative,
  threshold: (taus, s, delta) => paper.iterative(taus, s, delta, epsilon, 2, iterations),
};
export const theta = seed.slice();
const tau = Float32Array.of(1, 1);

const problem = createProblem({
  seed,
  parameters,
  epsilon,
  optimizer: sgd(),
  threshold: { thresholdMethod: 'iterative', iterations },
});
export const state = createState(problem);

for (const gradient of [Float32Array.of(1, 1, -8, 0.5, -2, 4), Float32Array.of(-4, 1, 2, 0.5, 1, 1)]) {
  // Breakpoint here, and step in: the paper on one page.
  paper.step(theta, tau, gradient, tuning);
  traceStep(problem, state, gradient, learningRate, ({ step, anchor, title, silo, values }) => {
    // Breakpoint here: one stop for each equation, and `state.theta` beside it.
    console.log(
      `step ${step}  ${anchor.padEnd(6)} ${silo ?? 'all silos'}: ${title}\n        ${JSON.stringify(values)}`,
    );
  });
  console.log(`the page has the same θ: [${theta.join(', ')}]\n`);
}
