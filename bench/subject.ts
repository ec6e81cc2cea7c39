/**
 * What a subject of the benchmarks is, and what it is told.
 *
 * @module
 */
import type { KernelName } from '../src/kernel/kernels.ts';
import type { SubjectResult } from './result.ts';

/** What a subject is told. */
export interface Setting {
  /** Everything in under three minutes: fewer and shorter rounds, fewer sizes. */
  readonly quick: boolean;
  /** Sizes that take gigabytes as well. */
  readonly huge: boolean;
  readonly kernels: KernelName;
  /** A line of progress. */
  readonly say: (line: string) => void;
}

/** A subject: measuring it, and its result as a table. */
export interface Subject {
  readonly measure: (setting: Setting) => Promise<SubjectResult>;
  readonly print: (result: SubjectResult) => string;
  /** Its result as `--json` shows it; its own fields by default. */
  readonly toJson?: (result: SubjectResult) => Readonly<Record<string, unknown>>;
}
