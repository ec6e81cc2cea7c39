/**
 * Two steps of Algorithm 1 on six parameters in two silos, small enough to check every number by hand. Set a
 * breakpoint on the line marked below and press "step a toy" in Visual Studio Code, or run it:
 * `node scripts/run.mjs spec/examples/step-a-toy.ts`.
 *
 * @module
 */
import type { Parameter } from '../../src/dst/notation.ts';
import { createProblem } from '../../src/dst/problem.ts';
import { createState } from '../../src/dst/state.ts';
import { traceStep } from '../../src/dst/trace.ts';
import { sgd } from '../../src/optim/sgd.ts';

const parameters: readonly Parameter[] = [
  { name: 'layers/0/query', module: 'layers/query', layer: 0, shape: [4], offset: 0 },
  { name: 'layers/1/query', module: 'layers/query', layer: 1, shape: [2], offset: 4 },
];
const problem = createProblem({
  seed: Float32Array.of(1, -2, 0.5, 4, 3, 0.25),
  parameters,
  epsilon: 0.5,
  threshold: { method: 'iterative', iterations: 4 },
  optimizer: sgd(),
});
const state = createState(problem);

for (const gradient of [Float32Array.of(1, 1, -8, 0.5, -2, 4), Float32Array.of(-4, 1, 2, 0.5, 1, 1)]) {
  for (const { step, anchor, title, silo, values } of traceStep(problem, state, gradient, 0.25)) {
    // Breakpoint here: one stop for each equation, and `state.parameters` beside it.
    console.log(
      `step ${step}  ${anchor.padEnd(6)} ${silo ?? 'all silos'}: ${title}\n        ${JSON.stringify(values)}`,
    );
  }
}
