/**
 * What is wrong with a program, as far as its failures say: which of them follow from which, and which known mistake
 * gives the same answers.
 *
 * @module
 */
import type { Capabilities } from '../implementation.ts';
import { findLaw } from '../laws/all.ts';
import type { LawAnchor } from '../laws/law.ts';
import { MUTANTS } from '../mutants/all.ts';
import { placesBrokenBy } from '../mutants/mutant.ts';
import { traceFailures, type Failed, type Placed } from './dependence.ts';
import { findLike, type Answers, type Likeness, type Tried } from './likeness.ts';
import { loadSignatures } from './signatures.ts';

/** What the failures of a run come from. */
export interface Diagnosis {
  /** The checks that failed or broke down, causes before what follows from them. */
  readonly failures: readonly Failed[];
  /** Known mistakes that give the same answers; mostly none or one. */
  readonly like: readonly Likeness[];
}

/** @returns undefined for a run in which nothing failed. */
export async function diagnose(
  checks: readonly Tried[],
  answers: Answers,
  claims: Capabilities,
): Promise<Diagnosis | undefined> {
  const failed = checks.flatMap(({ id, state }): Placed[] => {
    const law = findLaw(id);
    return law !== undefined && (state === 'fail' || state === 'crash' || state === 'timeout') ? [law] : [];
  });
  if (failed.length === 0) return undefined;
  const like = await findLike(checks, answers, claims, loadSignatures());
  const broken = MUTANTS.filter(({ name }) => like.some(({ mutant }) => mutant === name)).flatMap(placesBrokenBy);
  return { failures: causesFirst(traceFailures(failed), broken), like };
}

/** What fails where a known mistake lies comes before all else. */
function causesFirst(failures: readonly Failed[], broken: readonly LawAnchor[]): Failed[] {
  const isCause = ({ id }: Failed): boolean => {
    const law = findLaw(id);
    return law !== undefined && broken.includes(law.equation);
  };
  return [...failures.filter(isCause), ...failures.filter((failure) => !isCause(failure))];
}
