/**
 * T5 1.1 (Raffel et al. 2020, in its version 1.1): an encoder and a decoder of pre-norm residual layers, relative
 * positions shared per stack, RMSNorm, gated GELU, no bias vector anywhere, scores that are not divided.
 *
 * @module
 */
import type { Visible } from '../../autograd/attention.ts';
import { add, dropout, scale, type Dropout } from '../../autograd/elementwise.ts';
import { gather, linear } from '../../autograd/linear.ts';
import { crossEntropy } from '../../autograd/losses.ts';
import { rmsNorm } from '../../autograd/rmsNorm.ts';
import type { Tape } from '../../autograd/tape.ts';
import type { Variable } from '../../autograd/variable.ts';
import { wrong } from '../../errors.ts';
import { attention, crossAttention, keysValuesOf, type AttentionOptions, type KeysValues } from '../attention.ts';
import { countTargets } from '../batch.ts';
import type { DecoderCache } from '../cache.ts';
import { feedForward } from '../feedForward.ts';
import { Model, type LossOptions } from '../model.ts';
import { targetPlaces } from '../targets.ts';
import { BoundWeights } from '../weights.ts';
import { requireValidT5Config, type T5Config } from './config.ts';
import type { PairBatch, Rows } from './pairs.ts';
import { relativeBias, type Positions } from './relativeBias.ts';
import { declareT5, t5Weights, type DecoderLayer, type EncoderLayer, type Stack, type T5Weights } from './weights.ts';

/** The scores of T5 are not divided: its queries begin small instead. */
const FACTOR = 1;

/** What the layers of a stack share. */
interface Pass {
  readonly self: AttentionOptions;
  readonly dropout: Dropout | undefined;
}

/** Sources as the decoder's layers look at them. */
export interface Encoded {
  /** Keys and values of each layer, [rows, source length, heads · headSize]. */
  readonly layers: readonly KeysValues[];
  /** Which of them each row sees, one query a row. */
  readonly visible: Visible;
}

/**
 * An encoder-decoder: its parameters' places in θ, and its forward pass over any θ.
 *
 * @example
 * ```ts
 * const sizes = { vocabularySize: 30, modelSize: 16, headSize: 4, heads: 2, feedForwardSize: 24 };
 * const layers = { encoderLayers: 1, decoderLayers: 1, activation: 'gelu' as const, tiedEmbedding: false };
 * const relative = { relativeBuckets: 32, relativeMaximumDistance: 128, normEpsilon: 1e-6, startToken: 0 };
 * const t5 = createT5({ ...sizes, ...layers, ...relative, context: 512 });
 * t5.size; // 5040
 * ```
 */
export class T5 extends Model {
  readonly config: T5Config;
  readonly #weights: BoundWeights<T5Weights>;

  constructor(config: T5Config) {
    requireValidT5Config(config);
    super(declareT5(config));
    this.config = config;
    this.#weights = new BoundWeights('t5', this.declared, (lookup) => t5Weights(lookup, config));
  }

  /**
   * The logits of every place of the decoder.
   *
   * @param gradient - the flat vector that the backward pass adds to; needed on a tape that records.
   * @returns [rows, target length, vocabularySize].
   */
  logits(tape: Tape, theta: Float32Array, gradient: Float32Array | undefined, batch: PairBatch): Variable {
    const weights = this.#weights.in(tape, theta, gradient);
    return this.#unembed(tape, weights, this.#decode(tape, weights, batch, undefined));
  }

  /**
   * The cross-entropy of the batch's targets, their mean unless a factor is given.
   *
   * @returns a single number.
   * @throws InvalidInput if the batch has no target and no factor is given, or a token is not in the vocabulary.
   */
  loss(
    tape: Tape,
    theta: Float32Array,
    gradient: Float32Array | undefined,
    batch: PairBatch,
    options: LossOptions = {},
  ): Variable {
    const count = countTargets(batch);
    if (count === 0 && options.factor === undefined) throw wrong('loss: batch', 'a target that is not masked', 'none');
    const weights = this.#weights.in(tape, theta, gradient);
    const hidden = this.#decode(tape, weights, batch, options.dropout);
    const { places, targets } = targetPlaces(batch, count);
    const logits = this.#unembed(tape, weights, gather(tape, hidden, tape.ints(places), [places.length]));
    return crossEntropy(tape, logits, tape.ints(targets), options.factor ?? 1 / count);
  }

  /**
   * Reads the sources once, for any number of steps of {@link T5.step}.
   *
   * @param repeat - rows that each source is decoded in, one after the other: the beams of a search.
   */
  encode(tape: Tape, theta: Float32Array, sources: Rows, repeat = 1): Encoded {
    this.#requireTokens('sources', sources.tokens);
    const weights = this.#weights.in(tape, theta, undefined);
    const encoded = this.#encode(tape, weights, sources, undefined);
    const rows = sources.rows * repeat;
    const sourceOf = tape.ints(Int32Array.from({ length: rows }, (_, row) => Math.floor(row / repeat)));
    const repeated = (x: Variable): Variable => {
      const whole = { ...x, shape: [sources.rows, x.data.length / sources.rows] };
      return { ...gather(tape, whole, sourceOf, [rows]), shape: [rows, ...x.shape.slice(1)] };
    };
    const layers = weights.decoder.layers.map(({ crossAttention: { layer } }) => {
      const { key, value, keys } = keysValuesOf(tape, layer, encoded);
      return { key: repeated(key), value: repeated(value), keys };
    });
    const to = tape.ints(Int32Array.from(sourceOf, (source) => sources.lengths[source]));
    return { layers, visible: { from: tape.ints(new Int32Array(rows)), to } };
  }

  /**
   * The logits after one more token in each row, all at the same position.
   *
   * @param tokens - one a row: the start token at position 0.
   * @returns [rows, vocabularySize].
   */
  step(
    tape: Tape,
    theta: Float32Array,
    tokens: Int32Array,
    position: number,
    encoded: Encoded,
    cache: DecoderCache,
  ): Variable {
    this.#requireTokens('step', tokens);
    const weights = this.#weights.in(tape, theta, undefined);
    const { decoder } = weights;
    const rows = tokens.length;
    const one = { rows, length: 1, tokens, lengths: new Int32Array(rows).fill(1) };
    cache.begin(new Int32Array(rows).fill(position));
    const to = tape.ints(new Int32Array(rows).fill(position + 1));
    const visible = { from: tape.ints(new Int32Array(rows)), to };
    const places = { queries: 1, keys: cache.keys, firstQuery: position };
    const self = this.#selfAttention(tape, decoder.relativeBias, places, visible, false);
    let x = this.#embed(tape, decoder, one, undefined);
    decoder.layers.forEach((layer, i) => {
      x = tape.keepResult(() => {
        const y = this.#attend(tape, layer, x, { self: { ...self, cache: cache.layers[i] }, dropout: undefined });
        const across = this.#attendAcross(tape, layer, y, encoded.layers[i], encoded.visible, undefined);
        return this.#feed(tape, layer, across, { self, dropout: undefined });
      });
    });
    return this.#unembed(tape, weights, this.#norm(tape, x, decoder.finalNorm));
  }

  /** The encoder's last stream, normed: [rows, source length, modelSize]. */
  #encode(tape: Tape, weights: T5Weights, sources: Rows, dropout: Dropout | undefined): Variable {
    const { encoder } = weights;
    const visible = wholeRows(tape, sources, sources.length);
    const pass = {
      self: this.#selfAttention(tape, encoder.relativeBias, square(sources.length), visible, true),
      dropout,
    };
    let x = this.#embed(tape, weights.encoder, sources, dropout);
    for (const layer of encoder.layers)
      x = tape.keepResult(() => {
        const y = this.#attend(tape, layer, x, pass);
        return this.#feed(tape, layer, y, pass);
      });
    return dropped(tape, this.#norm(tape, x, encoder.finalNorm), dropout);
  }

  /** The decoder's last stream, normed: [rows, target length, modelSize]. */
  #decode(tape: Tape, weights: T5Weights, batch: PairBatch, dropout: Dropout | undefined): Variable {
    const { sources, inputs } = batch;
    this.#requireTokens('batch.sources', sources.tokens);
    this.#requireTokens('batch.inputs', inputs.tokens);
    const encoded = this.#encode(tape, weights, sources, dropout);
    const { decoder } = weights;
    const { length } = inputs;
    const pass = {
      self: this.#selfAttention(tape, decoder.relativeBias, square(length), upToSelf(tape, inputs), false),
      dropout,
    };
    const visible = wholeRows(tape, sources, length);
    let x = this.#embed(tape, weights.decoder, inputs, dropout);
    for (const layer of decoder.layers)
      x = tape.keepResult(() => {
        const y = this.#attend(tape, layer, x, pass);
        const source = keysValuesOf(tape, layer.crossAttention.layer, encoded);
        return this.#feed(tape, layer, this.#attendAcross(tape, layer, y, source, visible, dropout), pass);
      });
    return dropped(tape, this.#norm(tape, x, decoder.finalNorm), dropout);
  }

  #attend(tape: Tape, { attention: { norm, layer } }: EncoderLayer, x: Variable, { self, dropout }: Pass): Variable {
    return add(tape, x, dropped(tape, attention(tape, layer, this.#norm(tape, x, norm), self), dropout));
  }

  #attendAcross(
    tape: Tape,
    { crossAttention: { norm, layer } }: DecoderLayer,
    x: Variable,
    source: KeysValues,
    visible: Visible,
    dropout: Dropout | undefined,
  ): Variable {
    const options = { heads: this.config.heads, factor: FACTOR, visible };
    return add(
      tape,
      x,
      dropped(tape, crossAttention(tape, layer, this.#norm(tape, x, norm), source, options), dropout),
    );
  }

  #feed(tape: Tape, { feedForward: fed }: EncoderLayer, x: Variable, { dropout }: Pass): Variable {
    const y = feedForward(tape, fed.layer, this.#norm(tape, x, fed.norm), this.config.activation);
    return add(tape, x, dropped(tape, y, dropout));
  }

  #selfAttention(
    tape: Tape,
    table: Variable,
    positions: Positions,
    visible: Visible,
    bidirectional: boolean,
  ): Omit<AttentionOptions, 'cache'> {
    const { heads, relativeBuckets, relativeMaximumDistance } = this.config;
    const options = { buckets: relativeBuckets, maximumDistance: relativeMaximumDistance, bidirectional };
    return { heads, factor: FACTOR, visible, bias: relativeBias(tape, table, positions, options) };
  }

  #embed(
    tape: Tape,
    { embedding }: Pick<Stack<never>, 'embedding'>,
    { tokens, rows, length }: Rows,
    dropout: Dropout | undefined,
  ): Variable {
    return dropped(tape, gather(tape, embedding, tape.ints(tokens), [rows, length]), dropout);
  }

  #norm(tape: Tape, x: Variable, weight: Variable): Variable {
    return rmsNorm(tape, x, weight, this.config.normEpsilon);
  }

  #unembed(tape: Tape, { unembedding }: T5Weights, x: Variable): Variable {
    const { tiedEmbedding, scaledLogits = tiedEmbedding, modelSize } = this.config;
    return linear(tape, scaledLogits ? scale(tape, x, modelSize ** -0.5) : x, unembedding);
  }

  #requireTokens(where: string, tokens: Int32Array): void {
    const { vocabularySize } = this.config;
    const index = tokens.findIndex((token) => token < 0 || token >= vocabularySize);
    if (index >= 0) throw wrong(`${where}.tokens[${index}]`, `a token below ${vocabularySize}`, tokens[index]);
  }
}

/** A T5 of these sizes. Its parameters are yours to keep: one flat vector of `t5.size` numbers. */
export function createT5(config: T5Config): T5 {
  return new T5(config);
}

function square(length: number): Positions {
  return { queries: length, keys: length };
}

/** Each of a row's `queries` places sees all tokens of the row of the source, and no padding. */
function wholeRows(tape: Tape, { lengths }: Rows, queries: number): Visible {
  const places = lengths.length * queries;
  const to = Int32Array.from({ length: places }, (_, i) => lengths[Math.floor(i / queries)]);
  return { from: tape.ints(new Int32Array(places)), to: tape.ints(to) };
}

/** Each place sees the places of its row up to itself; padding sees nothing. */
function upToSelf(tape: Tape, { lengths, length, tokens }: Rows): Visible {
  const to = Int32Array.from(tokens, (_, i) => {
    const place = i % length;
    return place < lengths[Math.floor(i / length)] ? place + 1 : 0;
  });
  return { from: tape.ints(new Int32Array(tokens.length)), to: tape.ints(to) };
}

function dropped(tape: Tape, x: Variable, rate: Dropout | undefined): Variable {
  return rate === undefined ? x : dropout(tape, x, rate);
}
