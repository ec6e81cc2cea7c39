/**
 * What the suite of published AdaFactors measured, as test/peers/adafactor/last-result.json keeps it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { DialectName } from '../../src/optim/dialects.ts';

/** What comes of a first step: numbers, or NaN or ∞ among them, or no change for a gradient that is not 0. */
export type Outcome = 'a step' | 'no step' | 'NaN' | '∞';

/** Gradients of which sizes it comes of, in powers of ten. */
export interface Range {
  readonly outcome: Outcome;
  readonly from: number;
  to: number;
}

/** Of one published program. */
export interface Measured {
  /** As users know it, with the version that was run. */
  readonly program: string;
  readonly dialect: DialectName;
  /** How far its updates lie from ours: see test/peers/adafactor/agreement.ts. */
  readonly agreement: {
    readonly cases: number;
    readonly numbers: number;
    readonly worst: number;
    readonly beyond: number;
  };
  /** The laws that hold, and those that are expected to fail. */
  readonly laws: { readonly held: number; readonly expected: readonly string[]; readonly verdict: string };
  /** By input, what comes of which sizes of gradients, in the program and in ours. */
  readonly ends: {
    readonly theirs: Readonly<Record<string, Range[]>>;
    readonly ours: Readonly<Record<string, Range[]>>;
  };
  /** What Dynamic Subset Tuning meets: see test/peers/adafactor/subset.ts. */
  readonly subset: {
    /** With the settings that give t5x's, in 2⁻²³ of the largest parameter or update. */
    readonly worst: number;
    readonly overlap: number;
    readonly atDefaults: { readonly overlap: number; readonly ratio: number };
    readonly firstDistances: number;
  };
}

const RESULT = 'test/peers/adafactor/last-result.json';

interface Result {
  readonly date: string;
  readonly figures: Readonly<Record<string, Measured>>;
}

/** The last run, and the programs by name. */
export function readMeasured(): { readonly date: string; readonly programs: readonly Measured[] } {
  const { date, figures } = JSON.parse(readFileSync(RESULT, 'utf8')) as Result;
  return { date, programs: Object.values(figures) };
}
