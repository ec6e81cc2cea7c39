/**
 * One input tried on an implementation: what it brings to light, and what was asked on the way.
 *
 * @module
 */
import { listenTo } from './asking/hear.ts';
import type { Asked } from './asking/hear.ts';
import { answeredBy } from './implement.ts';
import type { Implementation, Operation, Operations } from './implementation.ts';
import type { Law } from './laws/law.ts';
import type { Outcome, Violation } from './laws/outcome.ts';
import { Fault } from './wire/fault.ts';

/** When enough is enough. The first input is tried in any case, and each that has begun is finished. */
export interface Limits {
  /** Whether no further input is to be tried. */
  readonly isTriedEnough: () => boolean;
  /** Whether an input that came to this end is small enough, however large. */
  readonly isShrunkEnough: (state: 'fail' | 'timeout' | 'crash') => boolean;
  /** Whether not even one more question may be put; the first of a check always is. */
  readonly isOver?: () => boolean;
}

export const NO_LIMITS: Limits = { isTriedEnough: () => false, isShrunkEnough: () => false };

/** There is no time for another question: the input that is being tried counts for nothing. */
class OutOfTime extends Error {}

/** What one input brings to light; undefined if the law holds. */
export type Finding =
  | { readonly state: 'skip'; readonly why: string }
  | { readonly state: 'fail'; readonly violation: Violation }
  | { readonly state: 'timeout' | 'crash'; readonly violation: Violation; readonly fault: Fault };

/** An implementation whose questions are noted. */
export interface Watched {
  readonly implementation: Implementation;
  /** The last question that was put. */
  readonly last: () => Question | undefined;
}

/** A question as it was put. */
export interface Question {
  readonly operation: Operation;
  readonly input: object;
}

/**
 * The implementation, each question being noted, and none put when time is over.
 *
 * @param isFirst - whether the first question is the first of its check, which is put in any case.
 * @param hear - called with each question that was answered with an output.
 */
export function watch(
  implementation: Implementation,
  { isOver = () => false }: Limits,
  isFirst: boolean,
  hear: (asked: Asked) => void = () => undefined,
): Watched {
  const operations: Operations = implementation;
  let last: Question | undefined;
  const watched = answeredBy(implementation.capabilities, async (operation, input) => {
    if ((last !== undefined || !isFirst) && isOver()) throw new OutOfTime();
    last = { operation, input };
    return operations[operation](input);
  });
  const heard = listenTo(watched, (asked, answer) => {
    if ('output' in answer) hear(asked);
  });
  return { implementation: heard, last: () => last };
}

/** What an input brings to light; undefined if the law holds. */
export async function tryInput(
  law: Law,
  { implementation }: Watched,
  input: unknown,
): Promise<Finding | 'out of time' | undefined> {
  try {
    const outcome = await law.holds(implementation, input);
    if (outcome === undefined) return undefined;
    return isSkipped(outcome) ? { state: 'skip', why: outcome.skip } : { state: 'fail', violation: outcome };
  } catch (error) {
    if (error instanceof OutOfTime) return 'out of time';
    if (!(error instanceof Fault)) throw error;
    const { at, got, wanted } = error.details;
    const violation = { got, wanted, ...(at === undefined ? {} : { at }) };
    return error.state === 'fail' ? { state: 'fail', violation } : { state: error.state, violation, fault: error };
  }
}

function isSkipped(outcome: Outcome): outcome is { readonly skip: string } {
  return outcome !== undefined && 'skip' in outcome;
}
