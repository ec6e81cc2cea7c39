/**
 * Decoding with a T5: greedy or with beams, several sources at once, with key-value caches.
 *
 * @module
 */
import { Tape } from '../../autograd/tape.ts';
import { wrong } from '../../errors.ts';
import type { Kernels } from '../../kernel/kernels.ts';
import { beamSearch, type BeamOptions, type Hypothesis } from '../beam.ts';
import { DecoderCache } from '../cache.ts';
import type { T5 } from './encoderDecoder.ts';
import { rowsOf } from './pairs.ts';

export interface DecodeOptions extends BeamOptions {
  readonly kernels: Kernels;
  /** Sources decoded together; 16 if absent. The result does not depend on it. */
  readonly together?: number;
  /** Is told after each token how many sources are answered, and how many tokens the answers under way have. */
  readonly watch?: ((answered: number, tokens: number) => void) | undefined;
}

/**
 * The best `beams` answers to each source, the best first. Equal, token for token and score for score, to a search that
 * computes {@link T5.logits} of the whole answer at each step.
 *
 * @param theta - the parameters, in the kernels' memory.
 * @throws InvalidInput naming a source that is empty.
 */
export function decode(
  t5: T5,
  theta: Float32Array,
  sources: readonly Int32Array[],
  options: DecodeOptions,
): Hypothesis[][] {
  sources.forEach((source, i) => {
    if (source.length === 0) throw wrong(`decode: sources[${i}]`, 'at least one token', 'none');
  });
  const tape = new Tape(options.kernels, 'forward');
  const found: Hypothesis[][] = new Array<Hypothesis[]>(sources.length).fill([]);
  // Of like length together, so that little is padding.
  const order = sources.map((_, i) => i).sort((a, b) => sources[a].length - sources[b].length);
  const together = options.together ?? 16;
  for (let start = 0; start < order.length; start += together) {
    const chosen = order.slice(start, start + together);
    const some = chosen.map((i) => sources[i]);
    const watch = (tokens: number): void => options.watch?.(start, tokens);
    tape
      .step(() => decodeTogether(tape, t5, theta, some, options, watch))
      .forEach((hypotheses, i) => {
        found[chosen[i]] = hypotheses;
      });
    options.watch?.(start + chosen.length, 0);
  }
  return found;
}

function decodeTogether(
  tape: Tape,
  t5: T5,
  theta: Float32Array,
  sources: readonly Int32Array[],
  options: DecodeOptions,
  watch: (tokens: number) => void,
): Hypothesis[][] {
  const { decoderLayers, heads, headSize, startToken } = t5.config;
  const { beams, maximumTokens, kernels } = options;
  const encoded = t5.encode(tape, theta, rowsOf(sources), beams);
  const cache = new DecoderCache(
    kernels.memory,
    decoderLayers,
    sources.length * beams,
    maximumTokens,
    heads * headSize,
  );
  let position = 0;
  return beamSearch(
    sources.length,
    startToken,
    (parents, tokens) => {
      cache.reorder(parents);
      const logits = tape.step(() => t5.step(tape, theta, tokens, position++, encoded, cache).data);
      watch(position);
      return logits;
    },
    options,
  );
}
