/**
 * How far the updates of a published AdaFactor lie from ours.
 *
 * @module
 */
import type { Implementation } from '../../../spec/implementation.ts';
import { OURS } from './ours.ts';
import type { Problem } from './problems.ts';

/** The spacing of float32 at 1. */
export const EPSILON = 2 ** -23;
/**
 * What rounding may do to an update: it goes through at most sixteen operations on either side (square, two means, their product, root,
 * quotient, norm, clip, rate, scale, momentum, decay, sum with θ), half a unit each; means are summed in float64 or pairwise.
 */
export const ROUNDING = 8;

export interface Agreement {
  readonly cases: number;
  readonly numbers: number;
  /** The largest distance, in 2⁻²³ of the largest parameter or update of the tensor. */
  readonly worst: number;
  /** How many of the numbers lie further than rounding goes. */
  readonly beyond: number;
}

export async function ask(implementation: Implementation, problem: Problem): Promise<readonly (readonly number[])[]> {
  const answer = await implementation.optimize(problem);
  if ('output' in answer) return answer.output.updates;
  throw new Error(`${JSON.stringify(problem.optimizer)} ${problem.shape.join('×')}: ${JSON.stringify(answer)}`);
}

export async function measure(published: Implementation, problems: readonly Problem[]): Promise<Agreement> {
  let [worst, numbers, beyond] = [0, 0, 0];
  for (const problem of problems) {
    const [theirs, ours] = [await ask(published, problem), await ask(OURS, problem)];
    const theta = [...problem.parameters];
    for (const [t, update] of ours.entries()) {
      const size = Math.max(...update.map((u, i) => Math.max(Math.abs(u), Math.abs(theta[i]))));
      for (const [i, u] of update.entries()) {
        const units = Math.abs(u - theirs[t][i]) / (EPSILON * size);
        // What is no number is the worst.
        if (!(units <= worst)) worst = units;
        if (!(units <= ROUNDING)) beyond++;
        numbers++;
        theta[i] += u;
      }
    }
  }
  return { cases: problems.length, numbers, worst, beyond };
}
