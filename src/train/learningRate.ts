/**
 * The learning rate of a run for which nobody has searched one.
 *
 * @module
 */
import { exponential } from '../kernel/scalar/exponential.ts';
import { logarithm } from '../kernel/scalar/logarithm.ts';
import type { DialectName } from '../optim/dialects.ts';
import { METHODS } from './methods.ts';
import type { MethodName, OptimizerName } from './names.ts';

/** For what nobody has tried: another optimizer, another dialect. */
const UNTRIED = 0.03;

/** What a learning rate is searched for. */
export interface Searched {
  readonly method: MethodName;
  readonly epsilon: number;
  readonly optimizer: OptimizerName;
  readonly dialect: DialectName;
}

/**
 * A guess at the learning rate: between two points of the method's row by ε evenly in the logarithms, below the last the last; two
 * digits.
 *
 * @example
 * ```ts
 * const sizes = { optimizer: 'adafactor', dialect: 't5x' } as const;
 * guessLearningRate({ ...sizes, method: 'dst', epsilon: 0.01 }); // 0.2
 * guessLearningRate({ ...sizes, method: 'dst', epsilon: 0.03 }); // 0.081
 * guessLearningRate({ ...sizes, method: 'full', epsilon: 0.01 }); // 0.01
 * ```
 */
export function guessLearningRate({ method, epsilon, optimizer, dialect }: Searched): number {
  if (optimizer !== 'adafactor' || dialect !== 't5x') return UNTRIED;
  const { rates: table, size } = METHODS[method];
  if (size === 'none') return table[0][1];
  const at = table.findIndex(([share]) => share <= epsilon);
  if (at < 0) return table[table.length - 1][1];
  const [low, lowRate] = table[at];
  if (at === 0 || low === epsilon) return lowRate;
  const [high, highRate] = table[at - 1];
  // the kernels' own functions: the engine's differ from one engine to the next
  const share = logarithm(epsilon / low) / logarithm(high / low);
  return Number((lowRate * exponential(share * logarithm(highRate / lowRate))).toPrecision(2));
}
