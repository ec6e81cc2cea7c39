/**
 * Small things that several specs of this room need.
 *
 * @module
 */
import { createKernels } from '../../../src/kernel/create.ts';
import type { Kernels } from '../../../src/kernel/kernels.ts';
import type { Optimizer, OptimizerState } from '../../../src/optim/optimizer.ts';
import type { Parameter } from '../../../src/tensor/parameter.ts';

export const kernels: Kernels = createKernels('scalar');

export const f32 = (...values: number[]): Float32Array => Float32Array.from(values);

/** A tensor of one layer of a module, e.g. `layers/1/query`; null stands outside the layers. */
export function tensor(module: string, layer: number | null, shape: number[], offset: number): Parameter {
  const name = layer === null ? module : `layers/${layer}/${module}`;
  return { name, module: layer === null ? module : `layers/${module}`, layer, shape, offset };
}

/** An optimizer that adds the "gradient" as it is: whoever calls decides every candidate. One slot counts its steps. */
export function adding(): Optimizer {
  return {
    name: 'adding',
    init: (): OptimizerState => ({ step: 0, slots: new Map([['sum', new Float32Array(1)]]) }),
    update: (update, state, gradient): void => {
      update.set(gradient);
      state.step += 1;
      for (const slot of state.slots.values()) slot[0] += gradient[0];
    },
  };
}

/** The message of the InvalidInput that a call throws. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidInput') return error.message;
    throw error;
  }
  return 'no refusal';
}

/** A name as it comes from outside, where no type holds. */
export const unchecked = (name: string): never => name as never;
