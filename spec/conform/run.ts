/**
 * A conformance run: every chosen check on one implementation, and a record of each.
 *
 * @module
 */
import { Coverage } from '../asking/coverage.ts';
import { listenTo } from '../asking/hear.ts';
import { checkLaw, whyNotAsked } from '../check.ts';
import type { Limits, Verdict } from '../check.ts';
import type { Implementation } from '../implementation.ts';
import { arithmeticOf } from '../laws/law.ts';
import type { Law } from '../laws/law.ts';
import { fallsShort, holds, verdictOf } from '../report/tally.ts';
import { findMisfit, shorten } from '../wire/schemas.ts';
import { tagsOf } from '../tags.ts';
import { Clock } from './clock.ts';
import type { Known } from './known.ts';
import { levelOf } from './levels.ts';
import { STATES } from './record.ts';
import type {
  CheckRecord,
  ConformanceRecord,
  ConformanceRun,
  Counterexample,
  Counts,
  StartRecord,
  State,
} from './record.ts';
import { replayLine, type Replay } from './replay.ts';
import type { Fault } from '../wire/fault.ts';

/** After this number of checks in a row that end without an answer, the rest is not tried. */
export const MOST_BREAKDOWNS = 5;

export interface RunRequest {
  readonly implementation: Implementation;
  readonly laws: readonly Law[];
  readonly start: Omit<StartRecord, 'type' | 'checks'>;
  readonly path?: string;
  readonly skip: Known;
  readonly expected: Known;
  readonly timeLimitMs: number;
  /** How long an answer may take: no input that is not answered is made smaller if that takes too long. */
  readonly timeoutMs: number;
  /** Aborted where the user wants to stop. */
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly now: () => number;
  /** Called when a check is done, and for the records before and after. */
  readonly onRecord: (record: ConformanceRecord) => void;
  /** Called before each check. */
  readonly onBegin?: (law: Law, index: number) => void;
  /** How the user calls the command that shows a failure again; `dst` if absent. */
  readonly calledAs?: string | undefined;
  /** What shows a failure again, if it is not `dst conform` with its input of chance. */
  readonly replay?: (failure: Pick<Replay, 'id' | 'seed' | 'path'>) => string;
  /** Whether the first check that falls short ends the run. */
  readonly failFast?: boolean;
  /** The line that the program wrote last, if it writes lines. */
  readonly wrote?: () => string | undefined;
  /** Whether a failing input is made smaller; the default. */
  readonly shrinks?: boolean;
  /** Called after each check that asked something: what the program says late is charged to it. */
  readonly settle?: () => Promise<Fault | undefined>;
}

/** @returns the whole run, or undefined if it was stopped before its end. */
export async function runConformance(request: RunRequest): Promise<ConformanceRun | undefined> {
  const { laws, now, onRecord, signal } = request;
  const began = now();
  const coverage = new Coverage(request.implementation.capabilities);
  const implementation = listenTo(request.implementation, (asked, answer) => {
    if ('output' in answer) coverage.note(asked);
  });
  const clock = new Clock(request.timeLimitMs, request.timeoutMs, now);
  const start: StartRecord = { type: 'start', ...request.start, checks: laws.length };
  onRecord(start);
  const checks: CheckRecord[] = [];
  let breakdowns: State[] = [];
  let isTried = false;
  for (const [index, law] of laws.entries()) {
    request.onBegin?.(law, index);
    const limits = untilAborted(clock.limitsOfNext(laws.length - index), signal);
    const hasFailed = checks.some(({ state }) => fallsShort(state));
    const check = await runCheck(law, { ...request, implementation }, limits, {
      ...(breakdowns.length >= MOST_BREAKDOWNS ? { hopeless: breakdowns[0] } : {}),
      ...(isTried && clock.isOver ? { left: OUT_OF_TIME } : {}),
      ...(request.failFast === true && hasFailed ? { left: 'not tried: a check before it has failed' } : {}),
    });
    if (signal.aborted) return undefined;
    isTried ||= check.planned !== undefined;
    // What breaks down on what it should refuse may be right in all else.
    if (law.equation !== 'protocol') {
      if (check.state === 'timeout' || check.state === 'crash') breakdowns = [...breakdowns, check.state];
      else if (check.runs > 0) breakdowns = [];
    }
    checks.push(check);
    onRecord(check);
  }
  const end = {
    type: 'end',
    paper: countStates(checks.filter(({ kind }) => kind === 'paper')),
    ruling: countStates(checks.filter(({ kind }) => kind === 'ruling')),
    milliseconds: Math.round(now() - began),
    conforms: holds(checks),
    verdict: verdictOf({ start, checks }),
    coverage: coverage.table(),
  } as const;
  onRecord(end);
  return { start, checks, end };
}

function untilAborted(limits: Limits, signal: AbortSignal): Limits {
  return {
    isTriedEnough: () => signal.aborted || limits.isTriedEnough(),
    isShrunkEnough: (state) => signal.aborted || limits.isShrunkEnough(state),
    isOver: () => limits.isOver?.() === true,
  };
}

/** Why a check is not even begun. */
interface NotBegun {
  /** How the program broke down, if it has done so too often to be asked again. */
  readonly hopeless?: State;
  /** Why it is left out. */
  readonly left?: string;
}

const OUT_OF_TIME = 'not tried: the time limit had passed';

async function runCheck(
  law: Law,
  request: RunRequest,
  limits: Limits,
  { hopeless, left }: NotBegun,
): Promise<CheckRecord> {
  const { implementation, start, path, skip, expected, now } = request;
  const began = now();
  const finish = (state: State, more: Partial<CheckRecord> = {}): CheckRecord => ({
    ...describeLaw(law),
    state,
    runs: 0,
    milliseconds: Math.round(now() - began),
    ...more,
  });
  const skipped = skip.get(law.id);
  if (skipped !== undefined) return finish('skip', { why: skipped });
  const notAsked = whyNotAsked(law, implementation.capabilities);
  if (notAsked !== undefined) return finish('not-applicable', { why: notAsked });
  const planned = Math.max(1, Math.round(start.runs / law.weight));
  if (left !== undefined) return finish('skip', { why: left, planned });
  if (hopeless !== undefined && law.equation !== 'protocol') return finish(hopeless, { why: NOT_TRIED, planned });

  const reason = expected.get(law.id);
  const verdict = await checkLaw(law, implementation, {
    runs: start.runs,
    seed: start.seed,
    limits,
    // An input that is replayed, or expected to fail, is taken as it is.
    shrinks: path === undefined && reason === undefined && request.shrinks !== false,
    ...(path === undefined ? {} : { path }),
  });
  const wrote = request.wrote?.();
  const late = limits.isOver?.() === true ? undefined : await request.settle?.();
  const { state, ...rest } = judge(law, verdict, late, { ...request, wrote: () => wrote });
  const more = { ...rest, ...(path === undefined ? { planned } : {}) };
  if (reason === undefined) return finish(state, more);
  if (state === 'pass') return finish('unexpected-pass', { ...more, why: `expected to fail: ${reason}` });
  return fallsShort(state) ? finish('expected-failure', { ...more, why: reason }) : finish(state, more);
}

const NOT_TRIED = `not tried: the program gave no answer in ${MOST_BREAKDOWNS} checks in a row`;

/** A verdict as a record has it; one that passed is charged with what the program said too late. */
function judge(
  law: Law,
  verdict: Verdict,
  late: Fault | undefined,
  request: RunRequest,
): Pick<CheckRecord, 'state'> & Partial<CheckRecord> {
  switch (verdict.state) {
    case 'pass': {
      const { runs } = verdict;
      if (late !== undefined) return { runs, state: late.state, why: late.message, ...stderrOf(late.details) };
      if (runs === 0) return { state: 'skip', runs, why: 'not tried: the time limit left no time for one input' };
      const numRuns = Math.max(1, Math.round(request.start.runs / law.weight));
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
      const words = why === undefined ? {} : { why };
      return { state, runs, counterexample: counterexampleOf(law, verdict, request), ...words, ...stderrOf(verdict) };
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
  { implementation, start, replay, wrote, calledAs = 'dst' }: RunRequest,
): Counterexample {
  const line = wrote?.();
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

function countStates(checks: readonly CheckRecord[]): Counts {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>;
  for (const { state } of checks) counts[state] += 1;
  return counts;
}
