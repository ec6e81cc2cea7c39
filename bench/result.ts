/**
 * What a run of the benchmarks records: for each case and contestant one time a round. All else is computed from it.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { wrong } from '../src/errors.ts';
import { parseJson } from '../src/text/json.ts';

/** Raised whenever a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

/** One contestant at one case. */
export interface Row {
  /** What was done, e.g. `1024 x 128 x 512 NN`. */
  readonly case: string;
  /** Who did it: `ours`, or a peer's name. */
  readonly peer: string;
  readonly threads: number;
  /** Milliseconds of one call, the median of each round, in the order of the rounds. */
  readonly rounds: readonly number[];
  /** Floating-point operations of one call, if they count. */
  readonly flops?: number;
  /** Growth: what grows, by how much. */
  readonly x?: number;
}

/** A contestant that did not take part, and why. */
export interface Absent {
  readonly peer: string;
  readonly threads: number;
  readonly case?: string;
  readonly why: string;
}

/** What one subject measured. */
export interface SubjectResult {
  readonly subject: string;
  readonly rows: readonly Row[];
  readonly absent: readonly Absent[];
  /** Versions, sizes, whatever a reader needs in order to repeat it. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A whole run. */
export interface BenchRun {
  readonly schemaVersion: number;
  /** ISO 8601. */
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly version: string;
  readonly quick: boolean;
  readonly subjects: readonly SubjectResult[];
}

/**
 * Reads a run's file.
 *
 * @param flag - what named the file, for errors.
 * @throws {@link InvalidInput} if it is missing or no run of the benchmarks.
 */
export function readRun(path: string, flag: string): BenchRun {
  if (!existsSync(path)) throw wrong(flag, 'a file that an earlier run wrote', path);
  const value = parseJson(readFileSync(path, 'utf8'), `${flag}: ${path}`);
  if (!isRun(value)) throw wrong(`${flag}: ${path}`, 'a run of the benchmarks (date, subjects)', 'something else');
  if (value.schemaVersion !== SCHEMA_VERSION) {
    throw wrong(`${flag}: ${path}: schemaVersion`, String(SCHEMA_VERSION), value.schemaVersion);
  }
  return value;
}

/** Is this a run's record? */
export function isRun(value: unknown): value is BenchRun {
  if (!isRecord(value) || typeof value['date'] !== 'string') return false;
  const subjects = value['subjects'];
  return Array.isArray(subjects) && subjects.every(isSubject);
}

function isSubject(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['rows']) && value['rows'].every(isRow) && isRecord(value['facts']);
}

function isRow(value: unknown): boolean {
  if (!isRecord(value) || typeof value['case'] !== 'string' || typeof value['peer'] !== 'string') return false;
  const rounds = value['rounds'];
  return Array.isArray(rounds) && rounds.length > 0 && rounds.every((time) => typeof time === 'number');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
