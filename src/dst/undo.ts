/**
 * What lets a step be abandoned: the optimizer's state as it was before.
 *
 * @module
 */
import type { OptimizerState } from '../optim/optimizer.ts';

/** Copies of an optimizer's slots, for the length of a step. */
export type Before = ReadonlyMap<string, Float32Array>;

/**
 * Space for the copies. It is JavaScript's, not the kernels': nothing computes with them.
 *
 * @algorithm 1
 * @decided
 */
export function createBefore({ slots }: OptimizerState): Before {
  return new Map([...slots].map(([name, slot]) => [name, new Float32Array(slot.length)]));
}

/**
 * Does what may throw, and if it does, puts the optimizer's state back as it was, to the bit.
 *
 * @algorithm 1
 * @decided
 * @throws what `act` throws.
 */
export function orUndo<Result>(
  { optimizer, before }: { readonly optimizer: OptimizerState; readonly before: Before },
  act: () => Result,
): Result {
  const { step } = optimizer;
  for (const [name, slot] of optimizer.slots) before.get(name)?.set(slot);
  try {
    return act();
  } catch (cause) {
    optimizer.step = step;
    for (const [name, copy] of before) optimizer.slots.get(name)?.set(copy);
    throw cause;
  }
}
