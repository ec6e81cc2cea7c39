/**
 * Stochastic gradient descent: u = −learningRate · g.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import { Internal } from '../errors.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';

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
  const kernelsOf = new WeakMap<OptimizerState, Kernels>();
  return {
    name: 'sgd',
    init(kernels): OptimizerState {
      const state: OptimizerState = { step: 0, slots: new Map() };
      kernelsOf.set(state, kernels);
      return state;
    },
    update(update, state, gradient, _theta, learningRate): void {
      const kernels = kernelsOf.get(state);
      if (kernels === undefined) throw new Internal('sgd.update: expected a state that its own init made, got another');
      kernels.scale(update, gradient, -learningRate);
      state.step += 1;
    },
  };
}
