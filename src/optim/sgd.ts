/**
 * Stochastic gradient descent: u = −learningRate · g.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import { Internal } from '../errors.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';

class SgdState implements OptimizerState {
  step = 0;
  readonly slots: ReadonlyMap<string, Float32Array> = new Map();
  readonly kernels: Kernels;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }
}

/**
 * The optimizer that remembers nothing but the number of its steps.
 *
 * @example
 * ```ts
 * const optimizer = sgd();
 * const state = optimizer.init(kernels, [{ name: 'w', shape: [2], offset: 0 }]);
 * optimizer.update(update, state, gradient, theta, 0.1); // update = −0.1 · gradient
 * ```
 */
export function sgd(): Optimizer {
  return {
    name: 'sgd',
    init: (kernels) => new SgdState(kernels),
    update(update, state, gradient, _theta, learningRate): void {
      if (!(state instanceof SgdState))
        throw new Internal('sgd.update: expected a state that its own init made, got another');
      state.kernels.scale(update, gradient, -learningRate);
      state.step += 1;
    },
  };
}
