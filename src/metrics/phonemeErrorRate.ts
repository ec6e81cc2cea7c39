/**
 * The phoneme error rate: edits that make the right phonemes of the answers, per phoneme that is right.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { splitAtSpaces } from '../text/whiteSpace.ts';
import { computeEditDistance } from './editDistance.ts';

/** What the rate is made of; those of words add up to those of their corpus. */
export interface PhonemeErrors {
  /** Edits from the hypothesis to the nearest reference. */
  readonly edits: number;
  /** Phonemes of that reference. */
  readonly referenceLength: number;
}

/**
 * The phoneme error rate of a corpus: 0 if every word is said as one of its references has it, and above 1 if the
 * hypotheses are wrong at length. Lower is better.
 *
 * @param hypotheses - one a word: phonemes with white space between them.
 * @param references - of each word all that are right.
 * @throws InvalidInput as {@link phonemeErrors}, and if there are no words.
 * @example
 * ```ts
 * computePhonemeErrorRate(['AH B AW', 'EY'], [['AH B AW T'], ['AH', 'EY']]); // 0.2
 * ```
 */
export function computePhonemeErrorRate(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
): number {
  if (hypotheses.length === 0) throw wrong('computePhonemeErrorRate: hypotheses', 'at least one', 'none');
  return scorePhonemeErrors(phonemeErrors(hypotheses, references));
}

/**
 * The errors of each word: what an interval is resampled from.
 *
 * @throws InvalidInput if hypotheses and references differ in number, or a word has no reference or an empty one.
 */
export function phonemeErrors(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
): PhonemeErrors[] {
  if (references.length !== hypotheses.length)
    throw wrong('phonemeErrors: references', `those of ${hypotheses.length} words`, references.length);
  return hypotheses.map((hypothesis, i) => {
    const right = references[i].map(splitAtSpaces);
    if (right.length === 0) throw wrong(`phonemeErrors: references[${i}]`, 'at least one', 'none');
    if (right.some(({ length }) => length === 0))
      throw wrong(`phonemeErrors: references[${i}]`, 'at least one phoneme in each', references[i]);
    return errorsOf(splitAtSpaces(hypothesis), right);
  });
}

/** Against the nearest reference: fewest edits, of equally near ones the longest, which gives the lowest rate. */
function errorsOf(hypothesis: readonly string[], references: readonly (readonly string[])[]): PhonemeErrors {
  return references
    .map((reference) => ({
      edits: computeEditDistance(hypothesis, reference),
      referenceLength: reference.length,
    }))
    .reduce((best, next) =>
      next.edits < best.edits || (next.edits === best.edits && next.referenceLength > best.referenceLength)
        ? next
        : best,
    );
}

/** Σ edits / Σ reference lengths, over at least one word. */
export function scorePhonemeErrors(words: Iterable<PhonemeErrors>): number {
  let [edits, length] = [0, 0];
  for (const word of words) {
    edits += word.edits;
    length += word.referenceLength;
  }
  return edits / length;
}
