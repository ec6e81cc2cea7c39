/**
 * Runs a law on an implementation, and says what came of it in words that need no knowledge of the suite.
 *
 * @module
 */
import fc from 'fast-check';
import { wrong } from '../src/errors.ts';
import { tryAhead } from './asking/ahead.ts';
import type { Asked } from './asking/hear.ts';
import { inTurn } from './asking/turns.ts';
import { NO_LIMITS, tryInput, watch } from './attempt.ts';
import type { Finding, Limits, Question } from './attempt.ts';
import type { Capabilities, Implementation } from './implementation.ts';
import { missingChoice, whyNotApplicable } from './laws/law.ts';
import type { Law } from './laws/law.ts';
import type { Violation } from './laws/outcome.ts';

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
  /** Whether several inputs may be tried at once. If absent, one is: what is found is the same. */
  readonly ahead?: Ahead;
  /** Called with each question that was answered with an output, those of inputs that count. */
  readonly hear?: (asked: Asked) => void;
}

/** Several inputs at once. */
export interface Ahead {
  /** How many, from 1. */
  readonly most: () => number;
  /** Called when what takes its questions one by one has broken down on several at once. */
  readonly giveUp: () => void;
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
  /** The first input that failed, before it was made smaller, and how. */
  readonly first: { readonly input: unknown; readonly violation: Violation };
  /** The last question that was made of it. */
  readonly asked?: Question;
  /** Inputs tried, those on the way to the smallest included. */
  readonly runs: number;
  readonly seed: number;
  readonly path: string;
}

/** Carries a finding through fast-check. */
class Broken extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.state);
    this.finding = finding;
  }
}

export async function checkLaw(law: Law, implementation: Implementation, options: RunOptions): Promise<Verdict> {
  const why = whyNotAsked(law, implementation.capabilities);
  if (why !== undefined) return { state: 'not-applicable', why };
  const { path, ahead } = options;
  // What a question leaves behind for the next is what the laws of the protocol are about.
  const isInTurn = path !== undefined || law.equation === 'protocol';
  if (isInTurn || ahead === undefined) return checkInTurn(law, implementation, options);
  const tried = await checkAhead(law, implementation, { ...options, ahead });
  if (tried.isSure && tried.known === undefined) return { state: 'pass', runs: tried.runs };
  const verdict = await checkInTurn(law, implementation, options, tried);
  if (!tried.isSure && !isBreakdown(verdict)) ahead.giveUp();
  return verdict;
}

/** What has been tried several at once. */
interface Tried {
  /** Whether it is known which input broke the program, if one did: if not, they have to be tried one by one. */
  readonly isSure: boolean;
  /** The inputs before the first that brought something to light. */
  readonly runs: number;
  readonly known?: Attempt;
}

/** An input's finding, and the last question on the way to it. */
interface Attempt {
  readonly finding: Finding;
  readonly asked: Question | undefined;
}

async function checkAhead(
  law: Law,
  implementation: Implementation,
  { runs, seed, limits = NO_LIMITS, hear, ahead }: RunOptions & Required<Pick<RunOptions, 'ahead'>>,
): Promise<Tried> {
  let underWay = 0;
  let mostUnderWay = 0;
  let isSure = true;
  // What is not sure is asked again: no more of it is asked now.
  const untilUnsure = { ...limits, isOver: () => !isSure || limits.isOver?.() === true };
  const attempt = async (input: unknown, place: number) => {
    const heard: Asked[] = [];
    const watched = watch(implementation, untilUnsure, place === 0, (asked) => heard.push(asked));
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    const finding = await tryInput(law, watched, input);
    underWay -= 1;
    if (isBreakdown(finding) && mostUnderWay > 1 && limits.isOver?.() !== true) isSure = false;
    return { heard, finding, asked: watched.last() };
  };
  const results = await tryAhead(law.inputs(implementation.capabilities), {
    seed,
    numRuns: numRunsOf(law, runs),
    most: ahead.most,
    isEnough: (begun) => begun > 0 && limits.isTriedEnough(),
    attempt,
    isLast: ({ finding }) => finding !== undefined,
  });
  if (!isSure) return { isSure, runs: 0 };
  let [count, known]: [number, Attempt | undefined] = [0, undefined];
  for (const { heard, finding, asked } of results) {
    if (finding === 'out of time') break;
    for (const each of heard) hear?.(each);
    if (finding === undefined) count += 1;
    else known = { finding, asked };
  }
  return { isSure, runs: count, ...(known === undefined ? {} : { known }) };
}

/** Tries one input after the other, and makes the first that brings something to light smaller. */
async function checkInTurn(
  law: Law,
  implementation: Implementation,
  { seed, path, shrinks = true, limits = NO_LIMITS, hear, runs: wanted }: RunOptions,
  tried?: Tried,
): Promise<Verdict> {
  const watched = watch(implementation, limits, tried === undefined, hear);
  let runs = tried?.runs ?? 0;
  let first: Finding | undefined;
  let firstInput: unknown;
  let isOut = false;
  let known = tried?.known?.finding;
  const from = path ?? (known === undefined ? undefined : String(runs));
  const inputs = law.inputs(implementation.capabilities);
  const property = fc.asyncProperty(inputs, async (input) => {
    // A replay tries one input; fast-check would continue with its neighbours.
    if (isOut || (path !== undefined && runs > 0)) return;
    if (first !== undefined && isSmallEnough(first, limits)) return;
    if (first === undefined && known === undefined && runs > 0 && limits.isTriedEnough()) return;
    const finding = known ?? (await tryInput(law, watched, input));
    known = undefined;
    if (finding === 'out of time') {
      isOut = true;
      return;
    }
    runs += 1;
    // A smaller input that breaks the program in another way is not the same failure made smaller.
    if (finding === undefined || (first !== undefined && first.state !== finding.state)) return;
    if (first === undefined) [first, firstInput] = [finding, input];
    throw new Broken(finding);
  });
  const details = await runProperty(inTurn(property, inputs, seed), {
    numRuns: numRunsOf(law, wanted),
    seed,
    endOnFailure: !shrinks,
    ...(from === undefined ? {} : { path: from }),
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
    const second = await tryInput(law, watched, input);
    return second === 'out of time' ? undefined : whyUnsteady(violation, second);
  };
  const unsteady = finding.state === 'fail' ? ((await again()) ?? (await again())) : undefined;
  const asked = watched.last() ?? tried?.known?.asked;
  const found = {
    violation,
    input,
    first: { input: firstInput, violation: first !== undefined && 'violation' in first ? first.violation : violation },
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

/** A path that leads nowhere is the caller's fault. */
async function runProperty<T>(property: fc.IAsyncProperty<T>, parameters: fc.Parameters<T>): Promise<fc.RunDetails<T>> {
  try {
    return await fc.check(property, parameters);
  } catch (error) {
    const isPath = error instanceof Error && error.message.startsWith('Unable to replay');
    throw isPath ? wrong('path', 'the way to an input, as a failure names it', parameters.path) : error;
  }
}

/** How many inputs of a law a run tries. */
export function numRunsOf({ weight }: Law, runs: number): number {
  return Math.max(1, Math.round(runs / weight));
}

function isBreakdown(came: Finding | Verdict | 'out of time' | undefined): boolean {
  return typeof came === 'object' && (came.state === 'timeout' || came.state === 'crash');
}

function isSmallEnough({ state }: Finding, limits: Limits): boolean {
  return state === 'skip' || limits.isShrunkEnough(state);
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
