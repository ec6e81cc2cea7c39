import { setFlagsFromString } from 'node:v8';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createProblem } from '../../../src/dst/problem.ts';
import { consecutiveSilos } from '../../../src/dst/silos.ts';
import { createState } from '../../../src/dst/state.ts';
import { step } from '../../../src/dst/step.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../../src/kernel/kernels.ts';
import { Memory } from '../../../src/kernel/memory.ts';
import { sgd } from '../../../src/optim/sgd.ts';

setFlagsFromString('--expose-gc');
const context = createContext();

/** Bytes of JavaScript's heap that are still reachable. */
function reachable(): number {
  runInContext('gc()', context);
  return process.memoryUsage().heapUsed;
}

const WINDOWS = 10;
const STEPS = 1000;

test.each(KERNEL_NAMES.flatMap((name) => (['select', 'iterative'] as const).map((method) => ({ name, method }))))(
  'ten thousand steps take no memory beyond the first: $method, $name kernels',
  ({ name, method }) => {
    const kernels = createKernels(name, new Memory());
    const { memory } = kernels;
    // The wasm module guesses in silos of more than 4,096; the plain loops do the same whatever the size.
    const lengths = name === 'simd' ? [5000, 1000] : [400, 200];
    const silos = consecutiveSilos(lengths);
    const size = lengths[0] + lengths[1];
    const seed = memory.floats(size).map((_, i) => Math.sin(i));
    const gradient = memory.floats(size);
    const view = memory.copyOf(seed);
    const problem = createProblem({ seed: view, epsilon: 0.01, optimizer: sgd(), silos, threshold: { thresholdMethod: method }, kernels });
    const state = createState(problem);
    const run = (): void => {
      for (let t = 0; t < STEPS; t++) {
        for (let i = 0; i < 8; i++) gradient[(state.step * 61 + i * 997) % size] = Math.cos(state.step + i);
        step(problem, state, gradient, 1e-3);
      }
    };
    run();
    const [bytes, length, mark] = [memory.peakBytes, memory.wasm.buffer.byteLength, memory.mark()];
    let before = reachable();
    const growths = Array.from({ length: WINDOWS }, () => {
      run();
      const after = reachable();
      const growth = after - before;
      before = after;
      return growth;
    });
    expect(state.step).toBe((WINDOWS + 1) * STEPS);
    expect([memory.peakBytes, memory.wasm.buffer.byteLength, memory.mark()]).toEqual([bytes, length, mark]);
    // What a step keeps is kept in every window, if it is no more than one number of 8 bytes; what else lives in this
    // process (compiled code, the test runner) comes and goes in some of them.
    expect(Math.min(...growths)).toBeLessThan(8 * STEPS);
  },
); // prettier-ignore
