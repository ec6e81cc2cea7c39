/**
 * Makes an {@link Implementation} of the operations that somebody has written, or of one function that answers for all.
 *
 * @module
 */
import { OPERATIONS } from './implementation.ts';
import type {
  Answer,
  Capabilities,
  Implementation,
  Operation,
  Operations,
  Outputs,
  Requests,
} from './implementation.ts';

/** What an implementation says of itself. What is left out of the lists is not claimed, and no law asks for it. */
export type About = Pick<Capabilities, 'name' | 'dtype'> & Partial<Omit<Capabilities, 'operations'>>;

/**
 * An implementation that has the given operations and claims no other.
 *
 * @param about - its name, its number format, and the names of distances, thresholds, silos and optimizers that it knows.
 * @param operations - a function for each operation that it has. A vector is a list of numbers, `silos` are the lengths of
 * consecutive ranges of it. An answer is `{ output }`, `{ skip: 'why' }`, or `{ error: { kind, message } }` if the input is refused.
 * @returns the implementation, which {@link checkImplementation} takes.
 * @throws {@link InvalidInput} for values of other kinds.
 *
 * @example
 * ```ts
 * const mine = implement(
 *   { name: 'mine', dtype: 'float64', distances: ['absolute'] },
 *   { distance: ({ seed, candidate }) => ({ output: { distances: candidate.map((x, i) => Math.abs(x - seed[i])) } }) },
 * );
 * mine.capabilities.operations; // ['distance']
 * ```
 */
export function implement(about: About, operations: Partial<Operations>): Implementation {
  const capabilities: Capabilities = {
    version: 'unknown',
    language: 'TypeScript',
    distances: [],
    thresholds: [],
    silos: [],
    optimizers: [],
    ...about,
    operations: OPERATIONS.filter((operation) => operations[operation] !== undefined),
  };
  const missing = answeredBy(capabilities, (operation) => Promise.resolve({ skip: `no operation ${operation}` }));
  return { ...missing, ...operations };
}

/** An implementation of which one function answers for every operation. */
export function answeredBy(
  capabilities: Capabilities,
  ask: <O extends Operation>(operation: O, input: Requests[O]) => Promise<Answer<Outputs[O]>>,
): Implementation {
  const operation =
    <O extends Operation>(op: O) =>
    (input: Requests[O]): Promise<Answer<Outputs[O]>> =>
      ask(op, input);
  return {
    capabilities,
    silos: operation('silos'),
    distance: operation('distance'),
    threshold: operation('threshold'),
    project: operation('project'),
    overlap: operation('overlap'),
    optimize: operation('optimize'),
    train: operation('train'),
  };
}
