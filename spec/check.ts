/**
 * Runs a law on an implementation, and says what came of it in words that need no knowledge of the suite.
 *
 * @module
 */
import fc from 'fast-check';
import { wrong } from '../src/errors.ts';
import { inTurn } from './asking/turns.ts';
import { answeredBy } from './implement.ts';
import type { Capabilities, Implementation, Operation, Operations } from './implementation.ts';
import { missingChoice, whyNotApplicable } from './laws/law.ts';
import type { Law } from './laws/law.ts';
import type { Outcome, Violation } from './laws/outcome.ts';
import { Fault } from './wire/fault.ts';

/** How a law is run. */
export interface RunOptions {
  /** Inputs of a law of weight 1; a heavier one is tried on fewer, at least one. */
  readonly runs: number;
  readonly seed: number;
  /** fast-check's path to a failing input, to replay it alone. */
  readonly path?: string;
  /** Whether a failing input is made smaller; a mutant need only be caught. */
  readonly shrinks?: boolean;
  readonly limits?: Limits;
}

/** When enough is enough. The first input is tried in any case, and each that has begun is finished. */
export interface Limits {
  /** Whether no further input is to be tried. */
  readonly isTriedEnough: () => boolean;
  /** Whether an input that came to this end is small enough, however large. */
  readonly isShrunkEnough: (state: 'fail' | 'timeout' | 'crash') => boolean;
  /** Whether not even one more question may be put; the first of a check always is. */
  readonly isOver?: () => boolean;
}

/** What came of a law. */
export type Verdict =
  | { readonly state: 'pass'; readonly runs: number }
  | { readonly state: 'not-applicable'; readonly why: string }
  | { readonly state: 'skip'; readonly why: string; readonly runs: number }
  | Failure
  | Breakdown;

/** The implementation answers, and wrongly. */
export interface Failure extends Found {
  readonly state: 'fail';
  /** What else there is to say: that the same input is answered in two ways. */
  readonly why?: string;
}

/** The implementation gives no answer that could be judged. */
export interface Breakdown extends Found {
  readonly state: 'timeout' | 'crash';
  readonly why: string;
  /** The end of what it wrote to standard error. */
  readonly stderr?: string;
}

interface Found {
  readonly violation: Violation;
  /** The smallest input found. */
  readonly input: unknown;
  /** The last question that was made of it. */
  readonly asked?: Asked;
  /** Inputs tried, those on the way to the smallest included. */
  readonly runs: number;
  readonly seed: number;
  readonly path: string;
}

/** A question as it was put. */
export interface Asked {
  readonly operation: Operation;
  readonly input: unknown;
}

/** There is no time for another question: the input that is being tried counts for nothing. */
class OutOfTime extends Error {}

/** What one input brings to light; undefined if the law holds. */
type Finding =
  | { readonly state: 'skip'; readonly why: string }
  | { readonly state: 'fail'; readonly violation: Violation }
  | { readonly state: 'timeout' | 'crash'; readonly violation: Violation; readonly fault: Fault };

/** Carries a finding through fast-check. */
class Broken extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.state);
    this.finding = finding;
  }
}

const NO_LIMITS: Limits = { isTriedEnough: () => false, isShrunkEnough: () => false };

export async function checkLaw(law: Law, implementation: Implementation, options: RunOptions): Promise<Verdict> {
  const { capabilities } = implementation;
  const why = whyNotAsked(law, capabilities);
  if (why !== undefined) return { state: 'not-applicable', why };

  const { seed, path, shrinks = true, limits = NO_LIMITS } = options;
  const watched = watch(implementation, limits);
  let runs = 0;
  let first: Finding | undefined;
  let isOut = false;
  const inputs = law.inputs(capabilities);
  const property = fc.asyncProperty(inputs, async (input) => {
    // A replay tries one input; fast-check would continue with its neighbours.
    if (isOut || (path !== undefined && runs > 0)) return;
    if (first === undefined ? runs > 0 && limits.isTriedEnough() : isSmallEnough(first, limits)) return;
    const finding = await inTime(() => tryInput(law, watched.implementation, input));
    if (finding === 'out of time') {
      isOut = true;
      return;
    }
    runs += 1;
    // A smaller input that breaks the program in another way is not the same failure made smaller.
    if (finding === undefined || (first !== undefined && first.state !== finding.state)) return;
    first ??= finding;
    throw new Broken(finding);
  });
  const details = await runProperty(inTurn(property, inputs, seed), {
    numRuns: Math.max(1, Math.round(options.runs / law.weight)),
    seed,
    endOnFailure: !shrinks,
    ...(path === undefined ? {} : { path }),
  });
  if (path !== undefined && runs === 0 && !isOut) throw wrong('path', `the way to an input of ${law.id}`, path);
  if (!details.failed) return { state: 'pass', runs };
  const cause: unknown = details.errorInstance;
  if (!(cause instanceof Broken) || details.counterexample === null) throw cause;
  const { finding } = cause;
  if (finding.state === 'skip') return { ...finding, runs };

  const [input] = details.counterexample;
  const { violation } = finding;
  // Twice, so that one that answers rightly every other time is found out.
  const again = async (): Promise<string | undefined> => {
    const second = await inTime(() => tryInput(law, watched.implementation, input));
    return second === 'out of time' ? undefined : whyUnsteady(violation, second);
  };
  const unsteady = finding.state === 'fail' ? ((await again()) ?? (await again())) : undefined;
  const asked = watched.last();
  const found = {
    violation,
    input,
    ...(asked === undefined ? {} : { asked }),
    runs,
    seed: details.seed,
    path: details.counterexamplePath ?? '',
  };
  if (finding.state === 'fail')
    return { state: 'fail', ...found, ...(unsteady === undefined ? {} : { why: unsteady }) };
  const { message, details: last } = finding.fault;
  return {
    state: finding.state,
    ...found,
    why: message,
    ...(last.stderr === undefined ? {} : { stderr: last.stderr }),
  };
}

/** The implementation, each question being noted, and none put when time is over. */
function watch(
  implementation: Implementation,
  { isOver = () => false }: Limits,
): { readonly implementation: Implementation; readonly last: () => Asked | undefined } {
  const operations: Operations = implementation;
  let last: Asked | undefined;
  const watched = answeredBy(implementation.capabilities, async (operation, input) => {
    if (last !== undefined && isOver()) throw new OutOfTime();
    last = { operation, input };
    return operations[operation](input);
  });
  return { implementation: watched, last: () => last };
}

async function inTime<T>(attempt: () => Promise<T>): Promise<T | 'out of time'> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof OutOfTime) return 'out of time';
    throw error;
  }
}

/** A path that leads nowhere is the caller's fault. */
async function runProperty<T>(property: fc.IAsyncProperty<T>, parameters: fc.Parameters<T>): Promise<fc.RunDetails<T>> {
  try {
    return await fc.check(property, parameters);
  } catch (error) {
    const isPath = error instanceof Error && error.message.startsWith('Unable to replay');
    throw isPath ? wrong('path', 'the way to an input, as a failure names it', parameters.path) : error;
  }
}

function isSmallEnough({ state }: Finding, limits: Limits): boolean {
  return state === 'skip' || limits.isShrunkEnough(state);
}

async function tryInput(law: Law, implementation: Implementation, input: unknown): Promise<Finding | undefined> {
  try {
    const outcome = await law.holds(implementation, input);
    if (outcome === undefined) return undefined;
    return isSkipped(outcome) ? { state: 'skip', why: outcome.skip } : { state: 'fail', violation: outcome };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { at, got, wanted } = error.details;
    const violation = { got, wanted, ...(at === undefined ? {} : { at }) };
    return error.state === 'fail' ? { state: 'fail', violation } : { state: error.state, violation, fault: error };
  }
}

/** What the same input asked again shows of a program that is not a function of its input. */
function whyUnsteady(violation: Violation, again: Finding | undefined): string | undefined {
  const TWO_WAYS = 'the same input is answered in two ways';
  if (again === undefined) return `${TWO_WAYS}: asked again, the law holds`;
  if (again.state !== 'fail') return `${TWO_WAYS}: asked again, it ends in a ${again.state}`;
  // An error is the same error whatever it says: addresses and times of day change.
  const [before, after] = [violation, again.violation].map(({ got, errorKind }) => errorKind ?? asText(got));
  return before === after ? undefined : `${TWO_WAYS}: asked again, it gives ${after}`;
}

function isSkipped(outcome: Outcome): outcome is { readonly skip: string } {
  return outcome !== undefined && 'skip' in outcome;
}

/** Why a law is not put to an implementation, or undefined if it is. */
export function whyNotAsked(law: Law, claims: Capabilities): string | undefined {
  const why = whyNotApplicable(law, claims);
  if (why !== undefined) return why;
  const missing = missingChoice(law.operation, claims);
  return missing === undefined ? undefined : `claims ${law.operation}, but no ${missing} to ask it with`;
}

/** A failure in full: equation, claim, tolerance, smallest input, what came back, what would have been right, replay. */
export function explain(law: Law, implementation: Implementation, failure: Failure): string {
  const { at, got, wanted } = failure.violation;
  const lines = [
    `${law.id} (${law.equation}, ${law.kind})`,
    `claim:    ${law.claim}`,
    `accepts:  ${law.accepts}`,
    `by:       ${implementation.capabilities.name}`,
    `input:    ${fc.stringify(failure.input)}`,
    ...(at === undefined ? [] : [`at:       ${at}`]),
    `got:      ${asText(got)}`,
    `wanted:   ${asText(wanted)}`,
    ...(failure.why === undefined ? [] : [`note:     ${failure.why}`]),
    `replay:   DST_SEED=${failure.seed} DST_PATH=${failure.path} npx vitest run test/spec/laws.spec.ts -t '${law.id}'`,
  ];
  return lines.join('\n');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : fc.stringify(value);
}
