/**
 * What a conformance run says, one record a line: the source of every report. A stream begins with one `start`, has one
 * `check` for each check that was asked for, and closes with one `end`; a stream without an `end` was cut off.
 *
 * @module
 */
import type { OperationCoverage } from '../asking/coverage.ts';
import type { Diagnosis } from '../diagnosis/diagnose.ts';
import type { RulingRecord } from '../diagnosis/rulings.ts';
import type { Capabilities } from '../implementation.ts';
import type { LawAnchor, LawKind } from '../laws/law.ts';
import type { Tag } from '../tags.ts';

/** The version of these records; raised with every change that a reader has to know of. */
export const RECORD_VERSION = 1;

export const STATES = [
  'pass',
  'fail',
  'expected-failure',
  'unexpected-pass',
  'skip',
  'not-applicable',
  'timeout',
  'crash',
] as const;
/** What came of a check. `crash`: the program ended or spoke badly; `timeout`: it did not answer in time. */
export type State = (typeof STATES)[number];

export const LEVELS = ['core', 'thresholds', 'bisection', 'optimizer', 'trajectory'] as const;
/** What an implementation can be said to conform to: the checks of a level and of those that it claims. */
export type Level = (typeof LEVELS)[number];

export const VERDICTS = ['conforms', 'as expected', 'holds so far', 'nothing tried', 'falls short'] as const;
/**
 * What a run came to: all that is claimed holds, in full; but for known failures it does; what was asked holds, and not all
 * was asked; no check was tried; or something fails.
 */
export type Verdict = (typeof VERDICTS)[number];

/** The first line. */
export interface StartRecord {
  readonly type: 'start';
  readonly recordVersion: typeof RECORD_VERSION;
  /** The version of the conformance protocol that was spoken. */
  readonly protocolVersion: number;
  /** This package's version. */
  readonly kitVersion: string;
  /** When it began, ISO 8601. */
  readonly date: string;
  readonly implementation: Capabilities;
  /** The argument vector of the program under test. */
  readonly command: readonly string[];
  /** Inputs of a check of weight 1. */
  readonly runs: number;
  readonly seed: number;
  readonly paperOnly: boolean;
  /** How many checks follow. */
  readonly checks: number;
  /** How many checks there are: more than follow, if some were chosen. */
  readonly available?: number;
}

/** The smallest input on which the two differ, and everything that is needed to see it again. */
export interface Counterexample {
  /** As on the wire: numbers that JSON lacks are strings. */
  readonly input: unknown;
  /** The question that was made of it, if the input is not the question itself: of several the last. */
  readonly request?: unknown;
  /** The line that the program wrote, shortened. */
  readonly wrote?: string;
  readonly tags: readonly Tag[];
  /** Which element, silo or step. */
  readonly at?: string;
  readonly got: unknown;
  readonly wanted: unknown;
  readonly seed: number;
  /** fast-check's path to the input. */
  readonly path: string;
  /** The command that tries this input alone. */
  readonly replay: string;
}

/** What came of one check. */
export interface CheckRecord {
  readonly type: 'check';
  /** The law's id, e.g. `eq7/kept-values-are-the-candidates`. */
  readonly id: string;
  readonly equation: LawAnchor;
  readonly claim: string;
  readonly kind: LawKind;
  readonly accepts: string;
  readonly level: Level;
  readonly state: State;
  /** Inputs tried. */
  readonly runs: number;
  /** Inputs that would have been tried, had nothing cut it short. */
  readonly planned?: number;
  readonly milliseconds: number;
  /** Why it was skipped, does not apply or was expected to fail; what the program did where it crashed or hung. */
  readonly why?: string;
  /** Where it failed. */
  readonly counterexample?: Counterexample;
  /** If it failed: the ruling that it holds programs to, if the paper leaves something open. */
  readonly ruling?: RulingRecord;
  /** The end of what the program wrote to standard error during the check, if it crashed or hung. */
  readonly stderr?: string;
}

/** The counts of one kind of checks, state by state; a state without checks is 0. */
export type Counts = Readonly<Record<State, number>>;

/** The last line. */
export interface EndRecord {
  readonly type: 'end';
  readonly paper: Counts;
  readonly ruling: Counts;
  readonly milliseconds: number;
  /** Whether a check was tried, and every one that is neither skipped nor expected to fail holds. */
  readonly conforms: boolean;
  /** The same in the words of the reports, which also say if not all was asked. */
  readonly verdict?: Verdict;
  /** What was asked, a row an operation; older records have none. */
  readonly coverage?: readonly OperationCoverage[];
  /** What the failures come from, if there are any; older records have none. */
  readonly diagnosis?: Diagnosis;
}

export type ConformanceRecord = StartRecord | CheckRecord | EndRecord;

/** A whole run. */
export interface ConformanceRun {
  readonly start: StartRecord;
  readonly checks: readonly CheckRecord[];
  readonly end: EndRecord;
}
