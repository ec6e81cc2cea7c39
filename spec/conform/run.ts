/**
 * A conformance run: every chosen check, and a record of each.
 *
 * @module
 */
import { Coverage } from '../asking/coverage.ts';
import type { Limits } from '../attempt.ts';
import { inOrderOfDependence } from '../diagnosis/dependence.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Answers } from '../diagnosis/likeness.ts';
import type { Law } from '../laws/law.ts';
import { holds, verdictOf } from '../report/tally.ts';
import { Clock } from './clock.ts';
import { Ledger } from './ledger.ts';
import { leaveOut, runCheck } from './oneCheck.ts';
import type { CheckRequest, Subject } from './oneCheck.ts';
import { STATES } from './record.ts';
import type { CheckRecord, ConformanceRecord, ConformanceRun, Counts, StartRecord, State } from './record.ts';

export interface RunRequest extends CheckRequest, Subject {
  readonly laws: readonly Law[];
  /** The same program, started once more each: the checks are shared out among them. */
  readonly others?: readonly Subject[];
  readonly timeLimitMs: number;
  /** How long an answer may take: no input that is not answered is made smaller if that takes too long. */
  readonly timeoutMs: number;
  /** Aborted where the user wants to stop. */
  readonly signal: AbortSignal;
  /** Called with the records in their order: the start, each check, the end. */
  readonly onRecord: (record: ConformanceRecord) => void;
  /** Called before each check, with who is asked: 0 for the first. */
  readonly onBegin?: (law: Law, index: number, job: number) => void;
  /** Whether the first check that falls short ends the run. */
  readonly failFast?: boolean;
}

/** @returns the whole run, or undefined if it was stopped before its end. */
export async function runConformance(request: RunRequest): Promise<ConformanceRun | undefined> {
  const { now, onRecord, signal, others = [] } = request;
  // The first failure is to be the cause, if it is the only one that is shown.
  const laws = request.failFast === true ? inOrderOfDependence(request.laws) : request.laws;
  const subjects: readonly Subject[] = [request, ...others];
  const { capabilities } = request.implementation;
  const began = now();
  const clock = new Clock(request.timeLimitMs, request.timeoutMs, now, subjects.length);
  const start: StartRecord = { type: 'start', ...request.start, checks: laws.length };
  onRecord(start);
  const coverage = new Coverage(capabilities);
  const ledger = new Ledger({ ...request, laws }, (check, asked) => {
    coverage.add(asked);
    onRecord(check);
  });
  const answers: Answers = new Map();
  const checking = { ...request, onWrong: answers.set.bind(answers) };
  let next = 0;
  let isTried = false;
  const work = async (subject: Subject, job: number): Promise<void> => {
    while (next < laws.length && !signal.aborted) {
      const index = next++;
      const law = laws[index];
      request.onBegin?.(law, index, job);
      const asked = new Coverage(capabilities);
      const limits = untilAborted(clock.limitsOfNext(laws.length - index), signal);
      const left = isTried && clock.isOver ? OUT_OF_TIME : undefined;
      const notBegun = leaveOut(law, subject, request, { left, ...ledger.whyNotBegun() });
      isTried ||= notBegun === undefined;
      const check = notBegun ?? (await runCheck(law, subject, checking, limits, (each) => asked.note(each)));
      if (!signal.aborted) ledger.enter(index, check, asked);
    }
  };
  await Promise.all(subjects.map(work));
  if (signal.aborted) return undefined;
  const { checks } = ledger;
  const diagnosis = await diagnose(checks, answers, capabilities);
  const end = {
    type: 'end',
    paper: countStates(checks.filter(({ kind }) => kind === 'paper')),
    ruling: countStates(checks.filter(({ kind }) => kind === 'ruling')),
    milliseconds: Math.round(now() - began),
    conforms: holds(checks),
    verdict: verdictOf({ start, checks }),
    coverage: coverage.table(),
    ...(diagnosis === undefined ? {} : { diagnosis }),
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

const OUT_OF_TIME = 'not tried: the time limit had passed';

function countStates(checks: readonly CheckRecord[]): Counts {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>;
  for (const { state } of checks) counts[state] += 1;
  return counts;
}
