/**
 * Corpus BLEU (Papineni et al. 2002) as sacreBLEU computes it (Post 2018): case kept, up to four words, counts clipped
 * over all references, the length of the nearest reference, exponential smoothing.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { tokenizeForBleu, type BleuTokenizer } from './bleuTokens.ts';

/** The longest run of words that is counted. */
const ORDER = 4;

/** `exp`: the n-th order in a row without a match counts as 2⁻ⁿ matches (mteval-v13a's); `none`: BLEU is then 0. */
export const BLEU_SMOOTHINGS = ['exp', 'none'] as const;
export type BleuSmoothing = (typeof BLEU_SMOOTHINGS)[number];

/** What BLEU is made of; those of sentences add up to those of their corpus. */
export interface BleuStatistics {
  /** Runs of 1 to 4 words that a reference has too, each counted as often as the reference that has it most often. */
  readonly matches: readonly number[];
  /** Runs of 1 to 4 words. */
  readonly totals: readonly number[];
  readonly hypothesisLength: number;
  /** Of the nearest reference in length, the shorter of two. */
  readonly referenceLength: number;
}

/** BLEU on the scale of 0 to 100, and its parts. */
export interface Bleu extends BleuStatistics {
  readonly score: number;
  /** Of 1 to 4 words, in percent, after smoothing. */
  readonly precisions: readonly number[];
  /** exp(1 − referenceLength / hypothesisLength) if the hypotheses are shorter, else 1. */
  readonly brevityPenalty: number;
}

/**
 * BLEU of a corpus.
 *
 * @param hypotheses - one a sentence.
 * @param references - one list a set of references, each with one a sentence.
 * @throws InvalidInput if there is no set of references, or one has another number of sentences.
 * @example
 * ```ts
 * computeBleu(['The dog bit the man.'], [['The dog bit the man.']]).score; // 100.0
 * ```
 */
export function computeBleu(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  tokenizer: BleuTokenizer = '13a',
  smoothing: BleuSmoothing = 'exp',
): Bleu {
  return scoreBleu(addStatistics(bleuStatistics(hypotheses, references, tokenizer)), smoothing);
}

/**
 * The statistics of each sentence: what an interval is resampled from.
 *
 * @throws InvalidInput as {@link computeBleu}.
 */
export function bleuStatistics(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  tokenizer: BleuTokenizer = '13a',
): BleuStatistics[] {
  if (references.length === 0) throw wrong('computeBleu: references', 'at least one set', 'none');
  references.forEach((set, r) => {
    if (set.length !== hypotheses.length)
      throw wrong(`computeBleu: references[${r}]`, `${hypotheses.length} sentences`, set.length);
  });
  const words = (sentence: string): string[] => tokenizeForBleu(sentence, tokenizer);
  return hypotheses.map((hypothesis, i) =>
    sentenceStatistics(
      words(hypothesis),
      references.map((set) => words(set[i])),
    ),
  );
}

function sentenceStatistics(hypothesis: readonly string[], references: readonly (readonly string[])[]): BleuStatistics {
  const allowed = new Map<string, number>();
  for (const reference of references)
    for (const [run, { count }] of countRuns(reference)) allowed.set(run, Math.max(allowed.get(run) ?? 0, count));
  const [matches, totals] = [new Array<number>(ORDER).fill(0), new Array<number>(ORDER).fill(0)];
  for (const [run, { order, count }] of countRuns(hypothesis)) {
    totals[order - 1] += count;
    matches[order - 1] += Math.min(count, allowed.get(run) ?? 0);
  }
  const lengths = references.map((reference) => reference.length);
  return { matches, totals, hypothesisLength: hypothesis.length, referenceLength: nearest(hypothesis.length, lengths) };
}

/** Runs of 1 to 4 words and how often each occurs. No word has a space in it. */
function countRuns(words: readonly string[]): Map<string, { order: number; count: number }> {
  const counts = new Map<string, { order: number; count: number }>();
  for (let order = 1; order <= ORDER; order++)
    for (let start = 0; start + order <= words.length; start++) {
      const run = words.slice(start, start + order).join(' ');
      const known = counts.get(run);
      if (known === undefined) counts.set(run, { order, count: 1 });
      else known.count += 1;
    }
  return counts;
}

function nearest(length: number, candidates: readonly number[]): number {
  return candidates.reduce((best, candidate) => {
    const [old, fresh] = [Math.abs(best - length), Math.abs(candidate - length)];
    return fresh < old || (fresh === old && candidate < best) ? candidate : best;
  });
}

/** Those of a corpus. */
export function addStatistics(sentences: Iterable<BleuStatistics>): BleuStatistics {
  const matches = new Array<number>(ORDER).fill(0);
  const totals = new Array<number>(ORDER).fill(0);
  let [hypothesisLength, referenceLength] = [0, 0];
  for (const sentence of sentences) {
    for (let n = 0; n < ORDER; n++) {
      matches[n] += sentence.matches[n];
      totals[n] += sentence.totals[n];
    }
    hypothesisLength += sentence.hypothesisLength;
    referenceLength += sentence.referenceLength;
  }
  return { matches, totals, hypothesisLength, referenceLength };
}

/** BLEU = brevity penalty · the geometric mean of the four precisions. */
export function scoreBleu(statistics: BleuStatistics, smoothing: BleuSmoothing = 'exp'): Bleu {
  const { matches, totals, hypothesisLength, referenceLength } = statistics;
  const brevityPenalty = computeBrevityPenalty(hypothesisLength, referenceLength);
  if (matches.every((count) => count === 0))
    return { ...statistics, score: 0, precisions: matches.map(() => 0), brevityPenalty };
  let withoutMatch = 0;
  const precisions = matches.map((count, n) => {
    if (totals[n] === 0) return 0;
    if (count > 0) return (100 * count) / totals[n];
    withoutMatch += 1;
    return smoothed(smoothing, withoutMatch, totals[n]);
  });
  const meanLog = precisions.reduce((sum, precision) => sum + Math.log(precision), 0) / ORDER;
  return { ...statistics, score: brevityPenalty * Math.exp(meanLog), precisions, brevityPenalty };
}

/** The precision, in percent, of an order that has no match: the k-th such order. */
function smoothed(smoothing: BleuSmoothing, k: number, total: number): number {
  switch (smoothing) {
    case 'none':
      return 0;
    case 'exp':
      return 100 / (2 ** k * total);
  }
}

function computeBrevityPenalty(hypothesisLength: number, referenceLength: number): number {
  if (hypothesisLength >= referenceLength) return 1;
  return hypothesisLength === 0 ? 0 : Math.exp(1 - referenceLength / hypothesisLength);
}
