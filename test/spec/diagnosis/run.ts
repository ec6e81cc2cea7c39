/**
 * Runs for the tests of the diagnosis.
 *
 * @module
 */
import { checkLaw } from '../../../spec/check.ts';
import type { Answers, Tried } from '../../../spec/diagnosis/likeness.ts';
import type { Implementation } from '../../../spec/implementation.ts';
import type { Law } from '../../../spec/laws/law.ts';

/** A run's checks, and the wrong answers. */
export interface Trial {
  readonly checks: readonly Tried[];
  readonly answers: Answers;
}

/** Some laws put to an implementation, as a conformance run does. */
export async function tryLaws(
  implementation: Implementation,
  laws: readonly Law[],
  options: { readonly runs: number; readonly seed: number },
): Promise<Trial> {
  const checks: Tried[] = [];
  const answers: Answers = new Map();
  for (const law of laws) {
    const verdict = await checkLaw(law, implementation, options);
    checks.push({ id: law.id, state: verdict.state, runs: 'runs' in verdict ? verdict.runs : 0 });
    if (verdict.state === 'fail') answers.set(law.id, [verdict, verdict.first]);
  }
  return { checks, answers };
}
