/**
 * Which known mistake a program has: that of the wrong program which fails the same laws, and which answers the very inputs
 * on which this one failed in the same wrong way.
 *
 * @module
 */
import { whyNotAsked } from '../check.ts';
import type { Capabilities } from '../implementation.ts';
import { findLaw } from '../laws/all.ts';
import type { Violation } from '../laws/outcome.ts';
import { MUTANTS } from '../mutants/all.ts';
import { createLiteral } from '../mutants/literal.ts';
import { mistakeOf, type Mutant } from '../mutants/mutant.ts';
import { Fault } from '../wire/fault.ts';
import { answersAlike } from './alike.ts';
import type { Signature, Signatures } from './signatures.ts';

/** A wrong program that does as the tested one. */
export interface Likeness {
  /** Its name, which says what is wrong. */
  readonly mutant: string;
  /** How many checks fail, in each of which the two give the same answers. */
  readonly checks: number;
}

/** What came of a check. */
export interface Tried {
  readonly id: string;
  readonly state: string;
  readonly runs: number;
}

/** What came back on an input, and where it is wrong. */
export interface WrongAnswer {
  readonly input: unknown;
  readonly violation: Violation;
}

/** The wrong answers, check by check: to the smallest input, and to the first. */
export type Answers = Map<string, readonly WrongAnswer[]>;

/** A mutant that fails a smaller share of the laws that fail is not tried. */
const LEAST_SHARED = 0.5;

/** A law that holds counts against a mutant if it was tried on this many times what the mutant took to fail it. */
const ROOM = 10;

/** More than two with the same answers say nothing. */
const MOST_NAMED = 2;

/**
 * The known mistakes that give the same answers in every check that fails; none if a single check differs, or if more than
 * two mistakes do.
 */
export async function findLike(
  checks: readonly Tried[],
  answers: Answers,
  claims: Capabilities,
  { laws, mutants }: Signatures,
): Promise<Likeness[]> {
  // A program that breaks down, or that fails where nothing is known of the mistakes, has another one.
  const failed = checks.filter(({ state }) => state === 'fail' || state === 'crash' || state === 'timeout');
  const found: Mutant[] = [];
  for (const signature of failed.length === 0 ? [] : mutants) {
    const mutant = MUTANTS.find(({ name }) => name === signature.name);
    if (mutant === undefined || !mayStandFor(mutant, claims)) continue;
    const shared = failed.filter(({ id }) => signature.always.has(id) || signature.sometimes.includes(id));
    if (shared.length < LEAST_SHARED * failed.length || holdsWhereItFails(signature, mutant, checks, laws)) continue;
    if (await answersAs(mutant, failed, answers, claims)) found.push(mutant);
  }
  // One mistake may be a mutant of several equations: if there are too many names, one is enough.
  const apart = found.filter((mutant, i) => found.findIndex((other) => mistakeOf(other) === mistakeOf(mutant)) === i);
  const named = found.length <= MOST_NAMED ? found : apart;
  return named.length > MOST_NAMED ? [] : named.map(({ name }) => ({ mutant: name, checks: failed.length }));
}

/** Whether a mutant computes as the tested program says that it does. */
function mayStandFor(mutant: Mutant, claims: Capabilities): boolean {
  const { dtype, ties } = createLiteral(mutant).capabilities;
  return (mutant.dtype === undefined || dtype === claims.dtype) && (mutant.ties === undefined || ties === claims.ties);
}

/** Whether the program passes a check that the mutant would have failed with the number of inputs that were tried. */
function holdsWhereItFails(
  { always }: Signature,
  mutant: Mutant,
  checks: readonly Tried[],
  known: readonly string[],
): boolean {
  const claims = createLiteral(mutant).capabilities;
  return checks.some(({ id, state, runs }) => {
    const law = findLaw(id);
    if (state !== 'pass' || law === undefined || !known.includes(id) || whyNotAsked(law, claims) !== undefined)
      return false;
    return (always.get(id) ?? Infinity) * ROOM <= runs;
  });
}

/** Whether a mutant breaks each law that failed on the same inputs, with the same answers at the same places. */
async function answersAs(
  mutant: Mutant,
  failed: readonly Tried[],
  answers: Answers,
  claims: Capabilities,
): Promise<boolean> {
  const { dtype, ties, counts, flushesDenormals } = claims;
  for (const { id } of failed) {
    const law = findLaw(id);
    const given = answers.get(id);
    if (law === undefined || given === undefined) return false;
    for (const { input, violation } of given) {
      // A new one each time: some remember what they were asked.
      const stand = createLiteral({
        dtype,
        ...(ties === undefined ? {} : { ties }),
        ...(counts === undefined || counts === 'quantile' ? {} : { counts }),
        ...(flushesDenormals === undefined ? {} : { flushesDenormals }),
        ...mutant,
      });
      const outcome = await law.holds(stand, input).catch(faultless);
      if (outcome === undefined || 'skip' in outcome || outcome.at !== violation.at) return false;
      if (!answersAlike(outcome.got, violation.got, dtype)) return false;
    }
  }
  return true;
}

/** Of a mutant that breaks down there is no answer to compare. */
function faultless(error: unknown): undefined {
  if (error instanceof Fault) return undefined;
  throw error;
}
