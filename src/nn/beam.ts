/**
 * Beam search over any model that gives logits: the best of what can be reached while the `beams` likeliest beginnings
 * are kept at each step. One beam is greedy decoding.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** α of the T5 paper's beam search. */
export const LENGTH_PENALTY = 0.6;

export interface BeamOptions {
  /** Beginnings kept for each sentence. */
  readonly beams: number;
  /** The token that a sentence ends with. */
  readonly end: number;
  /** The most tokens of a sentence, its end among them. */
  readonly maximumTokens: number;
  /** α of the length penalty ((5 + length) / 6)^α by which log-probabilities are divided (Wu et al. 2016); T5 takes 0.6. */
  readonly lengthPenalty: number;
}

/** A finished sentence. */
export interface Hypothesis {
  /** Without the end token. */
  readonly tokens: Int32Array;
  /** Sum of the logarithms of its tokens' probabilities, that of its end among them if it came to one. */
  readonly logProbability: number;
  /** The log-probability, divided by the length penalty. */
  readonly score: number;
}

/**
 * One step of the model for all rows, `beams` a sentence: row r continues what row `parents[r]` was, by `tokens[r]`.
 *
 * @returns logits, [rows, vocabularySize]; looked at before the next step only.
 */
export type Advance = (parents: Int32Array, tokens: Int32Array) => Float32Array;

/** A beginning. */
interface Beam {
  readonly row: number;
  readonly tokens: readonly number[];
  readonly logProbability: number;
}

/** A beginning and how it might continue. */
interface Candidate {
  readonly beam: Beam;
  readonly token: number;
  readonly logProbability: number;
}

/**
 * Searches for several sentences together; what it finds for one does not depend on the others.
 *
 * At each step the 2 · beams best continuations are looked at, of equals the earlier beam's and then the lower token's.
 * Of the first `beams` those that end are finished, and the `beams` best scores of all that finished are kept; of the
 * others the best continue. A sentence is done if nothing that continues can still beat its worst finished one: its
 * log-probability can only fall, and divided by the penalty of the greatest length it is highest. What has not ended
 * after `maximumTokens` counts as finished.
 *
 * @param startToken - what every row begins with.
 * @returns the hypotheses of each sentence, the best first.
 * @throws InvalidInput if there are no beams or no tokens, or the penalty is negative or no number.
 */
export function beamSearch(
  sentences: number,
  startToken: number,
  advance: Advance,
  options: BeamOptions,
): Hypothesis[][] {
  requireOptions(options);
  const { beams, maximumTokens } = options;
  const searches = Array.from({ length: sentences }, (_, i) => new SentenceSearch(i * beams, options));
  const parents = Int32Array.from({ length: sentences * beams }, (_, row) => row);
  const tokens = new Int32Array(sentences * beams).fill(startToken);
  for (let length = 1; length <= maximumTokens && searches.some((search) => !search.isDone); length++) {
    const logits = advance(parents, tokens);
    const columns = logits.length / tokens.length;
    for (const search of searches) if (!search.isDone) search.step(logits, columns, length);
    searches.forEach((search) => search.placeInto(parents, tokens));
  }
  return searches.map((search) => search.close());
}

/** The search for one sentence, whose rows begin at `firstRow`. */
class SentenceSearch {
  readonly #firstRow: number;
  readonly #options: BeamOptions;
  #live: readonly Beam[];
  readonly #finished: Hypothesis[] = [];

  constructor(firstRow: number, options: BeamOptions) {
    this.#firstRow = firstRow;
    this.#options = options;
    this.#live = [{ row: firstRow, tokens: [], logProbability: 0 }];
  }

  get isDone(): boolean {
    const { beams, maximumTokens } = this.#options;
    if (this.#live.length === 0) return true;
    if (this.#finished.length < beams) return false;
    const highest = this.#live[0].logProbability / this.#penalty(maximumTokens);
    return highest <= this.#finished[this.#finished.length - 1].score;
  }

  step(logits: Float32Array, columns: number, length: number): void {
    const { beams, end } = this.#options;
    const best = bestContinuations(this.#live, logits, columns, 2 * beams);
    const live: Candidate[] = [];
    best.forEach((candidate, rank) => {
      if (candidate.token !== end) {
        if (live.length < beams) live.push(candidate);
      } else if (rank < beams) this.#finish(candidate.beam.tokens, candidate.logProbability, length);
    });
    this.#live = live.map(({ beam, token, logProbability }) => ({
      row: beam.row,
      tokens: [...beam.tokens, token],
      logProbability,
    }));
  }

  /** Says which row each of the sentence's rows continues, and gives the beams their next rows. */
  placeInto(parents: Int32Array, tokens: Int32Array): void {
    const { beams } = this.#options;
    for (let i = 0; i < beams; i++) {
      const row = this.#firstRow + i;
      const beam = this.#live[i];
      // A row without a beam repeats itself; nobody looks at it.
      parents[row] = beam?.row ?? row;
      tokens[row] = beam?.tokens[beam.tokens.length - 1] ?? tokens[row];
    }
    this.#live = this.#live.map((beam, i) => ({ ...beam, row: this.#firstRow + i }));
  }

  /** All that was found, what has not ended included if nothing better has. */
  close(): Hypothesis[] {
    for (const { tokens, logProbability } of this.#live) this.#finish(tokens, logProbability, tokens.length);
    return this.#finished;
  }

  #finish(tokens: readonly number[], logProbability: number, length: number): void {
    const score = logProbability / this.#penalty(length);
    const at = this.#finished.findIndex((other) => other.score < score);
    this.#finished.splice(at < 0 ? this.#finished.length : at, 0, {
      tokens: Int32Array.from(tokens),
      logProbability,
      score,
    });
    this.#finished.length = Math.min(this.#finished.length, this.#options.beams);
  }

  #penalty(length: number): number {
    return ((5 + length) / 6) ** this.#options.lengthPenalty;
  }
}

/** The `count` likeliest, the best first. */
function bestContinuations(live: readonly Beam[], logits: Float32Array, columns: number, count: number): Candidate[] {
  const best: Candidate[] = [];
  for (const beam of live) {
    const start = beam.row * columns;
    const base = beam.logProbability - logSumExp(logits, start, columns);
    for (let token = 0; token < columns; token++) {
      const logProbability = base + logits[start + token];
      if (best.length === count && logProbability <= best[count - 1].logProbability) continue;
      let at = best.length;
      while (at > 0 && best[at - 1].logProbability < logProbability) at -= 1;
      best.splice(at, 0, { beam, token, logProbability });
      best.length = Math.min(best.length, count);
    }
  }
  return best;
}

function logSumExp(x: Float32Array, start: number, length: number): number {
  let highest = -Infinity;
  for (let i = start; i < start + length; i++) highest = Math.max(highest, x[i]);
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += Math.exp(x[i] - highest);
  return highest + Math.log(sum);
}

function requireOptions({ beams, maximumTokens, lengthPenalty }: BeamOptions): void {
  if (!(Number.isInteger(beams) && beams >= 1)) throw wrong('beamSearch: beams', 'a whole number of at least 1', beams);
  if (!(Number.isInteger(maximumTokens) && maximumTokens >= 1))
    throw wrong('beamSearch: maximumTokens', 'a whole number of at least 1', maximumTokens);
  if (!(lengthPenalty >= 0 && lengthPenalty < Infinity))
    throw wrong('beamSearch: lengthPenalty', 'a finite number of at least 0', lengthPenalty);
}
