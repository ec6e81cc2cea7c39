/**
 * T5's denoising objective (Raffel et al. 2020, Section 3.1.4): some spans of a text are each replaced by a sentinel, and
 * the target says what stood there.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Pair } from '../nn/t5/pairs.ts';
import type { Random } from '../tensor/random.ts';

export interface CorruptionOptions {
  /** The share of tokens that is replaced: 0.15 in T5. */
  readonly density: number;
  /** The mean length of a span: 3 in T5. */
  readonly meanSpan: number;
  /** The sentinels in the order of their use. */
  readonly sentinels: readonly number[];
  /** What ends source and target. */
  readonly end: number;
}

/** T5's own numbers. */
export const CORRUPTION_DEFAULTS = { density: 0.15, meanSpan: 3 } as const;

/**
 * Corrupts a text. Of n tokens round(n · density), at least 1 and at most n − 1, are replaced, in
 * round(that / meanSpan) spans, at least one; where the spans lie and how long each is, is drawn evenly from all ways to
 * part the replaced and the remaining tokens. The first token is never replaced, as in T5.
 *
 * Source: the text with a sentinel in the place of each span, then the end. Target: each sentinel and its span, then the
 * next sentinel, then the end.
 *
 * @throws InvalidInput if the text has fewer than two tokens, or there are fewer sentinels than spans and one.
 */
export function corruptSpans(tokens: Int32Array, random: Random, options: CorruptionOptions): Pair {
  const { density, meanSpan, sentinels, end } = options;
  const n = tokens.length;
  if (n < 2) throw wrong('corruptSpans: tokens', 'at least 2', n);
  const replaced = Math.min(n - 1, Math.max(1, Math.round(n * density)));
  const spans = Math.min(n - replaced, Math.max(1, Math.round(replaced / meanSpan)));
  if (sentinels.length < spans + 1) throw wrong('corruptSpans: sentinels', `at least ${spans + 1}`, sentinels.length);
  const spanLengths = partRandomly(replaced, spans, random);
  const keptLengths = partRandomly(n - replaced, spans, random);
  const source: number[] = [];
  const target: number[] = [];
  let at = 0;
  for (let i = 0; i < spans; i++) {
    const kept = at + keptLengths[i];
    const span = kept + spanLengths[i];
    source.push(...tokens.subarray(at, kept), sentinels[i]);
    target.push(sentinels[i], ...tokens.subarray(kept, span));
    at = span;
  }
  return { source: Int32Array.from([...source, end]), target: Int32Array.from([...target, sentinels[spans], end]) };
}

/** `total` as `parts` whole numbers of at least 1, each way equally likely. */
function partRandomly(total: number, parts: number, random: Random): number[] {
  // parts − 1 of the total − 1 gaps between neighbours are cuts.
  const isCut = random.shuffle(Array.from({ length: total - 1 }, (_, i) => i < parts - 1));
  const lengths = [1];
  for (const cut of isCut) {
    if (cut) lengths.push(1);
    else lengths[lengths.length - 1] += 1;
  }
  return lengths;
}
