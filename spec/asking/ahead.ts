/**
 * The inputs of a check, tried several at once: the next questions go out before the answers to earlier ones are in. What
 * comes of it is told in the order of the inputs, and up to the first that brings something to light, as if they had
 * been tried one by one.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { inTurn } from './turns.ts';

/** How several inputs are tried at once. */
export interface AheadOptions<Input, Result> {
  readonly seed: number;
  readonly numRuns: number;
  /** How many inputs may be under way, from 1; it is asked after each that has begun. */
  readonly most: () => number;
  /** Whether no further input is to be begun. */
  readonly isEnough: (begun: number) => boolean;
  /** Tries an input; `place` counts them from 0. */
  readonly attempt: (input: Input, place: number) => Promise<Result>;
  /** Whether the inputs after one that came to this are of no interest. */
  readonly isLast: (result: Result) => boolean;
}

/** Thrown into fast-check, so that it draws no more. */
class Enough extends Error {}

/** @returns what came of the inputs, in their order, up to the first that `isLast` names. */
export async function tryAhead<Input, Result>(
  inputs: Arbitrary<Input>,
  { seed, numRuns, most, isEnough, attempt, isLast }: AheadOptions<Input, Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const errors: unknown[] = [];
  let begun = 0;
  let underWay = 0;
  let isFound = false;
  let wake = (): void => undefined;
  const begin = async (input: Input, place: number): Promise<void> => {
    try {
      results[place] = await attempt(input, place);
      isFound ||= isLast(results[place]);
    } catch (error) {
      errors.push(error);
    } finally {
      underWay -= 1;
      wake();
    }
  };
  const untilBelow = async (limit: () => number): Promise<void> => {
    while (underWay >= limit()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const property = fc.asyncProperty(inputs, async (input) => {
    if (isFound || errors.length > 0 || isEnough(begun)) throw new Enough();
    underWay += 1;
    void begin(input, begun++);
    await untilBelow(() => Math.max(1, most()));
  });
  const details = await fc.check(inTurn(property, inputs, seed), { numRuns, seed, endOnFailure: true });
  await untilBelow(() => 1);
  if (errors.length > 0) throw errors[0];
  const cause: unknown = details.errorInstance;
  if (details.failed && !(cause instanceof Enough)) throw cause;
  const last = results.findIndex(isLast);
  return last < 0 ? results : results.slice(0, last + 1);
}
