/**
 * What the examples in docstrings may take for granted: a toy decoder with its parameters, a batch, a problem.
 * Each example gets a stage of its own.
 *
 * @module
 */
import { multiply } from '../../src/autograd/elementwise.ts';
import { sum } from '../../src/autograd/losses.ts';
import { Tape } from '../../src/autograd/tape.ts';
import { createProblem } from '../../src/dst/problem.ts';
import { createState } from '../../src/dst/state.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { batchOf } from '../../src/nn/batch.ts';
import { sgd } from '../../src/optim/sgd.ts';
import { createToy, TINY } from '../src/nn/toy.ts';

/** @returns the names in scope, with their values. */
export function createStage(): Readonly<Record<string, unknown>> {
  const kernels = createKernels('scalar');
  const { decoder, theta } = createToy(kernels, 1, { ...TINY, vocabularySize: 10 });
  const problem = createProblem({ seed: theta.slice(), epsilon: 0.1, optimizer: sgd() });
  return {
    kernels,
    decoder,
    theta,
    gradient: kernels.memory.floats(decoder.size),
    update: kernels.memory.floats(decoder.size),
    batch: batchOf([{ tokens: Int32Array.of(1, 2, 3, 4) }]),
    tape: new Tape(kernels, 'record'),
    problem,
    state: createState(problem),
    sgd,
    sum,
    multiply,
    console: { log: () => undefined },
  };
}
