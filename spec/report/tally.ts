/**
 * Counting a run: what held, level by level, the paper's word and our rulings apart.
 *
 * @module
 */
import { LEVELS } from '../conform/record.ts';
import { RUNS } from '../conform/defaults.ts';
import type { CheckRecord, ConformanceRun, Level, StartRecord, State, Verdict } from '../conform/record.ts';
import type { LawKind } from '../laws/law.ts';

/** What of a run its verdict depends on. */
export interface Judged {
  readonly start: Pick<StartRecord, 'runs' | 'checks' | 'available' | 'paperOnly'>;
  readonly checks: readonly Pick<CheckRecord, 'state' | 'runs' | 'planned'>[];
}

export function verdictOf(run: Judged): Verdict {
  const { checks } = run;
  if (checks.some(({ state }) => fallsShort(state))) return 'falls short';
  if (!checks.some(isTried)) return 'nothing tried';
  if (checks.some(({ state }) => state === 'expected-failure')) return 'as expected';
  return whyPartial(run).length > 0 ? 'holds so far' : 'conforms';
}

/** In what a run is less than a full one, a phrase each; none if it is full. */
export function whyPartial({ start, checks }: Judged): string[] {
  const { available = start.checks, paperOnly, runs } = start;
  const asked = paperOnly ? 'of the paper alone' : 'asked';
  const skipped = checks.filter(({ state }) => state === 'skip').length;
  const cut = checks.filter(isCutShort).map((check) => check.runs);
  const [least, median, most] = [0, cut.length >> 1, cut.length - 1].map((i) => [...cut].sort((a, b) => a - b)[i]);
  return [
    ...(start.checks < available ? [`${start.checks} of ${available} checks ${asked}`] : []),
    ...(runs < RUNS ? [`${runs} inputs a check, where a full run has ${RUNS}`] : []),
    ...(cut.length > 0 ? [`${cut.length} checks cut short, with ${least} to ${most} inputs (median ${median})`] : []),
    ...(skipped > 0 ? [`${skipped} checks skipped`] : []),
  ];
}

/** Whether a check holds for fewer inputs than the run would have tried. */
export function isCutShort({ state, runs, planned = runs }: Pick<CheckRecord, 'state' | 'runs' | 'planned'>): boolean {
  return state === 'pass' && runs < planned;
}

/** Whether something was tried and nothing falls short, known failures apart: what the exit code says. */
export function holds(checks: readonly Pick<CheckRecord, 'state'>[]): boolean {
  return checks.some(isTried) && !checks.some(({ state }) => fallsShort(state));
}

/** Checks with what fell short first, causes before what follows from them. */
export function causesFirst({ checks, end }: ConformanceRun): CheckRecord[] {
  const order = end.diagnosis?.failures.map(({ id }) => id) ?? [];
  const placeOf = ({ id, state }: CheckRecord): number => {
    if (!fallsShort(state)) return Infinity;
    return order.includes(id) ? order.indexOf(id) : order.length;
  };
  // Infinity less Infinity is no number.
  return [...checks].sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
}

/** How many checks held of those that were tried. */
export interface Share {
  readonly held: number;
  readonly of: number;
}

/** A level's counts. */
export interface LevelTally extends Readonly<Record<LawKind, Share>> {
  readonly level: Level;
}

/** Whether a check was tried at all. */
export function isTried({ state }: Pick<CheckRecord, 'state'>): boolean {
  return state !== 'skip' && state !== 'not-applicable';
}

/** Whether a state makes a run fall short. */
export function fallsShort(state: State): boolean {
  return state === 'fail' || state === 'crash' || state === 'timeout' || state === 'unexpected-pass';
}

/** What held of some checks; an expected failure did not. */
export function shareOf(checks: readonly CheckRecord[]): Share {
  const tried = checks.filter(isTried);
  return {
    held: tried.filter(({ state }) => state === 'pass' || state === 'unexpected-pass').length,
    of: tried.length,
  };
}

/** Every level that has checks, in their order. */
export function tallyLevels({ checks }: ConformanceRun): LevelTally[] {
  return LEVELS.filter((level) => checks.some((check) => check.level === level)).map((level) => {
    const ofKind = (kind: LawKind): Share =>
      shareOf(checks.filter((check) => check.level === level && check.kind === kind));
    return { level, paper: ofKind('paper'), ruling: ofKind('ruling') };
  });
}

/** From the worst: what a group of checks is shown as. */
const WORST_FIRST: readonly State[] = [
  'crash',
  'timeout',
  'fail',
  'unexpected-pass',
  'expected-failure',
  'pass',
  'skip',
  'not-applicable',
];

export function worstOf(checks: readonly Pick<CheckRecord, 'state'>[]): State | undefined {
  return WORST_FIRST.find((state) => checks.some((check) => check.state === state));
}

/** Each state in words. */
export const WORDS: Readonly<Record<State, string>> = {
  pass: 'holds',
  fail: 'fails',
  'expected-failure': 'fails, as expected',
  'unexpected-pass': 'holds, though expected to fail',
  skip: 'skipped',
  'not-applicable': 'not applicable',
  timeout: 'no answer in time',
  crash: 'crashed',
};

/** Checks of one state, those with one reason together: `the reason: id, id`. */
export function groupByReason(checks: readonly CheckRecord[], state: State): string[] {
  const own = checks.filter((check) => check.state === state);
  const reasons = [...new Set(own.map(({ why = 'no reason given' }) => why))];
  return reasons.map((reason) => {
    const ids = own.filter(({ why = 'no reason given' }) => why === reason).map(({ id }) => id);
    return `${reason}: ${ids.join(', ')}`;
  });
}
