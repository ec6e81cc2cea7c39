/**
 * Runs a law on an implementation, and says what came of it in words that need no knowledge of the suite.
 *
 * @module
 */
import fc from 'fast-check';
import type { Implementation } from './implementation.ts';
import { whyNotApplicable } from './laws/law.ts';
import type { Law } from './laws/law.ts';
import type { Outcome, Violation } from './laws/outcome.ts';

/** How a law is run. */
export interface RunOptions {
  /** Inputs of a law of weight 1; a heavier one is tried on fewer, at least one. */
  readonly runs: number;
  readonly seed: number;
  /** fast-check's path to a failing input, to replay it alone. */
  readonly path?: string;
  /** Whether a failing input is made smaller; a mutant need only be caught. */
  readonly shrinks?: boolean;
}

/** What came of a law. */
export type Verdict =
  | { readonly state: 'pass'; readonly runs: number }
  | { readonly state: 'not-applicable' | 'skip'; readonly why: string }
  | Failure;

export interface Failure {
  readonly state: 'fail';
  readonly violation: Violation;
  /** The smallest input found. */
  readonly input: unknown;
  readonly seed: number;
  readonly path: string;
}

/** Ends a run at the first input that an implementation skips. */
class SkippedInput extends Error {}

/** Thrown for fast-check to shrink on. */
class BrokenLaw extends Error {}

export async function checkLaw(law: Law, implementation: Implementation, options: RunOptions): Promise<Verdict> {
  const { capabilities } = implementation;
  const why = whyNotApplicable(law, capabilities);
  if (why !== undefined) return { state: 'not-applicable', why };

  const numRuns = Math.max(1, Math.round(options.runs / law.weight));
  const property = fc.asyncProperty(law.inputs(capabilities), async (input) => {
    const outcome = await law.holds(implementation, input);
    if (isSkipped(outcome)) throw new SkippedInput(outcome.skip);
    if (outcome !== undefined) throw new BrokenLaw();
  });
  const { seed, path, shrinks = true } = options;
  const details = await fc.check(property, {
    ...{ numRuns, seed, endOnFailure: !shrinks },
    ...(path === undefined ? {} : { path }),
  });
  if (!details.failed) return { state: 'pass', runs: details.numRuns };
  const cause: unknown = details.errorInstance;
  if (cause instanceof SkippedInput) return { state: 'skip', why: cause.message };
  if (!(cause instanceof BrokenLaw) || details.counterexample === null) throw cause;

  const [input] = details.counterexample;
  const violation = await law.holds(implementation, input);
  if (violation === undefined || isSkipped(violation)) {
    throw new Error(`${law.id}: the implementation answers one input in two ways`, { cause });
  }
  return { state: 'fail', violation, input, seed: details.seed, path: details.counterexamplePath ?? '' };
}

function isSkipped(outcome: Outcome): outcome is { readonly skip: string } {
  return outcome !== undefined && 'skip' in outcome;
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
    `replay:   DST_SEED=${failure.seed} DST_PATH=${failure.path} npx vitest run spec/laws.spec.ts -t '${law.id}'`,
  ];
  return lines.join('\n');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : fc.stringify(value);
}
