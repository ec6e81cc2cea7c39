/**
 * Counting a run: what held, level by level, the paper's word and our rulings apart.
 *
 * @module
 */
import { LEVELS } from '../conform/record.ts';
import type { CheckRecord, ConformanceRun, Level, State } from '../conform/record.ts';
import type { LawKind } from '../laws/law.ts';

/** What a run came to: all that is claimed holds; but for known failures it does; no check was tried; or something fails. */
export type Verdict = 'conforms' | 'as expected' | 'nothing tried' | 'falls short';

export function verdictOf(checks: readonly Pick<CheckRecord, 'state'>[]): Verdict {
  if (checks.some(({ state }) => fallsShort(state))) return 'falls short';
  if (!checks.some(isTried)) return 'nothing tried';
  return checks.some(({ state }) => state === 'expected-failure') ? 'as expected' : 'conforms';
}

/** Whether all that is claimed holds, known failures apart. */
export function conforms(checks: readonly Pick<CheckRecord, 'state'>[]): boolean {
  const verdict = verdictOf(checks);
  return verdict === 'conforms' || verdict === 'as expected';
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
