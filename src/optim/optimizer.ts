/**
 * What an optimizer is: a pair of functions, init and update, with the state passed in and out.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { ParameterShape } from '../tensor/parameter.ts';

/** Everything that an optimizer remembers between steps, named so that it can be saved and resumed to the bit. */
export interface OptimizerState {
  /** The number of updates made so far. */
  step: number;
  /** State vectors by name, e.g. `v_row/layers/0/attention/query`. */
  readonly slots: ReadonlyMap<string, Float32Array>;
}

/** An optimizer: u⁽ᵗ⁾ from the gradient and θ. It sees the full gradient and never a mask. */
export interface Optimizer {
  readonly name: string;
  /** The state before the first step; its slots lie in the kernels' memory. */
  init(kernels: Kernels, parameters: readonly ParameterShape[]): OptimizerState;
  /**
   * Writes the update u⁽ᵗ⁾ into `update` and moves `state` on by one step; `theta` and `gradient` are only read.
   *
   * @param learningRate - the schedule's value for this step.
   */
  update(
    update: Float32Array,
    state: OptimizerState,
    gradient: Float32Array,
    theta: Float32Array,
    learningRate: number,
  ): void;
}
