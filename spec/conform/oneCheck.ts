/**
 * One check of a conformance run, and its record.
 *
 * @module
 */
import type { Asked } from '../asking/hear.ts';
import type { Limits } from '../attempt.ts';
import { checkLaw, numRunsOf, whyNotAsked } from '../check.ts';
import type { Ahead, Verdict } from '../check.ts';
import { rulingOf } from '../diagnosis/rulings.ts';
import type { WrongAnswer } from '../diagnosis/likeness.ts';
import type { Implementation } from '../implementation.ts';
import { arithmeticOf } from '../laws/law.ts';
import type { Law } from '../laws/law.ts';
import { fallsShort } from '../report/tally.ts';
import { tagsOf } from '../tags.ts';
import type { Fault } from '../wire/fault.ts';
import { findMisfit, shorten } from '../wire/schemas.ts';
import type { Known } from './known.ts';
import { levelOf } from './levels.ts';
import type { CheckRecord, Counterexample, StartRecord, State } from './record.ts';
import { replayLine, type Replay } from './replay.ts';

/** After this number of checks in a row that end without an answer, the rest is not tried. */
export const MOST_BREAKDOWNS = 5;

/** What is under test, ready to be asked: in this process, or a program that has been started. */
export interface Subject {
  readonly implementation: Implementation;
  /** The line that the program wrote on an input, if it writes lines. */
  readonly wrote?: (input: object) => string | undefined;
  /** Whether several inputs of a check may be tried at once; one is if absent. */
  readonly ahead?: Ahead;
  /** Called after each check that asked something: what the program says late is charged to it. */
  readonly settle?: () => Promise<Fault | undefined>;
}

/** How checks are run, and what is known of them before. */
export interface CheckRequest {
  readonly start: Omit<StartRecord, 'type' | 'checks'>;
  readonly path?: string;
  readonly skip: Known;
  readonly expected: Known;
  /** In milliseconds. */
  readonly now: () => number;
  /** How the user calls the command that shows a failure again; `dst` if absent. */
  readonly calledAs?: string | undefined;
  /** What shows a failure again, if it is not `dst conform` with its input of chance. */
  readonly replay?: (failure: Pick<Replay, 'id' | 'seed' | 'path'>) => string;
  /** Whether a failing input is made smaller; the default. */
  readonly shrinks?: boolean;
  /** Called if a check fails, with the wrong answers to the smallest input and to the first. */
  readonly onWrong?: (id: string, answers: readonly WrongAnswer[]) => void;
}

/** Why a check is not even begun. */
export interface NotBegun {
  /** How the program broke down, if it has done so too often to be asked again. */
  readonly hopeless?: State | undefined;
  /** Why it is left out. */
  readonly left?: string | undefined;
}

/** The record of a check that is not begun; undefined if there is no reason for that. */
export function leaveOut(
  law: Law,
  { implementation }: Subject,
  { start, skip }: CheckRequest,
  { hopeless, left }: NotBegun,
): CheckRecord | undefined {
  const finish = (state: State, more: Partial<CheckRecord>): CheckRecord => ({
    ...describeLaw(law),
    state,
    runs: 0,
    milliseconds: 0,
    ...more,
  });
  const skipped = skip.get(law.id);
  if (skipped !== undefined) return finish('skip', { why: skipped });
  const notAsked = whyNotAsked(law, implementation.capabilities);
  if (notAsked !== undefined) return finish('not-applicable', { why: notAsked });
  const planned = numRunsOf(law, start.runs);
  if (left !== undefined) return finish('skip', { why: left, planned });
  if (hopeless !== undefined && law.equation !== 'protocol') return finish(hopeless, { why: NOT_TRIED, planned });
  return undefined;
}

const NOT_TRIED = `not tried: the program gave no answer in ${MOST_BREAKDOWNS} checks in a row`;

/** @param hear - called with each question that was answered with an output. */
export async function runCheck(
  law: Law,
  subject: Subject,
  request: CheckRequest,
  limits: Limits,
  hear: (asked: Asked) => void,
): Promise<CheckRecord> {
  const { start, path, expected, now } = request;
  const began = now();
  const reason = expected.get(law.id);
  const verdict = await checkLaw(law, subject.implementation, {
    runs: start.runs,
    seed: start.seed,
    limits,
    hear,
    // An input that is replayed, or expected to fail, is taken as it is.
    shrinks: path === undefined && reason === undefined && request.shrinks !== false,
    ...(path === undefined ? {} : { path }),
    ...(subject.ahead === undefined ? {} : { ahead: subject.ahead }),
  });
  if (verdict.state === 'fail') request.onWrong?.(law.id, [verdict, verdict.first]);
  const late = limits.isOver?.() === true ? undefined : await subject.settle?.();
  const { state, ...rest } = judge(law, verdict, late, { ...request, ...subject });
  const finish = (came: State, more: Partial<CheckRecord> = {}): CheckRecord => ({
    ...describeLaw(law),
    state: came,
    runs: 0,
    milliseconds: Math.round(now() - began),
    ...rest,
    ...(path === undefined ? { planned: numRunsOf(law, start.runs) } : {}),
    ...more,
  });
  if (reason === undefined) return finish(state);
  if (state === 'pass') return finish('unexpected-pass', { why: `expected to fail: ${reason}` });
  return fallsShort(state) ? finish('expected-failure', { why: reason }) : finish(state);
}

/** A verdict as a record has it; one that passed is charged with what the program said too late. */
function judge(
  law: Law,
  verdict: Verdict,
  late: Fault | undefined,
  request: CheckRequest & Subject,
): Pick<CheckRecord, 'state'> & Partial<CheckRecord> {
  switch (verdict.state) {
    case 'pass': {
      const { runs } = verdict;
      if (late !== undefined) return { runs, state: late.state, why: late.message, ...stderrOf(late.details) };
      if (runs === 0) return { state: 'skip', runs, why: 'not tried: the time limit left no time for one input' };
      const numRuns = numRunsOf(law, request.start.runs);
      const isCut = request.path === undefined && runs < numRuns;
      return { state: 'pass', runs, ...(isCut ? { why: cutShort(runs, numRuns) } : {}) };
    }
    case 'skip':
      return { state: 'skip', why: verdict.why, runs: verdict.runs };
    case 'not-applicable':
      return { state: 'not-applicable', why: verdict.why };
    case 'fail':
    case 'timeout':
    case 'crash': {
      const { state, runs, why } = verdict;
      const ruling = rulingOf(law);
      return {
        state,
        runs,
        counterexample: counterexampleOf(law, verdict, request),
        ...(ruling === undefined ? {} : { ruling }),
        ...(why === undefined ? {} : { why }),
        ...stderrOf(verdict),
      };
    }
  }
}

function cutShort(runs: number, numRuns: number): string {
  return `the time limit left time for ${runs} of ${numRuns} inputs`;
}

function describeLaw(law: Law): Pick<CheckRecord, 'type' | 'id' | 'equation' | 'claim' | 'kind' | 'accepts' | 'level'> {
  const { id, equation, claim, kind, accepts } = law;
  return { type: 'check', id, equation, claim, kind, accepts, level: levelOf(law) };
}

function stderrOf(source: object): Pick<CheckRecord, 'stderr'> {
  return 'stderr' in source && typeof source.stderr === 'string' ? { stderr: source.stderr } : {};
}

function counterexampleOf(
  law: Law,
  { violation, input, asked, seed, path }: Exclude<Verdict, { readonly state: 'pass' | 'skip' | 'not-applicable' }>,
  { implementation, start, replay, wrote, calledAs = 'dst' }: CheckRequest & Subject,
): Counterexample {
  const line = asked === undefined ? undefined : wrote?.(asked.input);
  const isQuestion = asked === undefined || findMisfit(`${asked.operation}.input.json`, input, 'input') === undefined;
  return {
    input,
    ...(isQuestion ? {} : { request: asked.input }),
    ...(line === undefined ? {} : { wrote: shorten(line, 400) }),
    tags: tagsOf(input, arithmeticOf(implementation.capabilities).format),
    ...(violation.at === undefined ? {} : { at: violation.at }),
    got: violation.got,
    wanted: violation.wanted,
    seed,
    path,
    replay:
      replay?.({ id: law.id, seed, path }) ?? replayLine({ calledAs, id: law.id, seed, path, command: start.command }),
  };
}
