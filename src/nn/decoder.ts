/**
 * A decoder-only transformer: token embedding, pre-norm residual layers with rotary self-attention and a gated
 * feed-forward layer, a final norm, and an unembedding that may be the embedding.
 *
 * @module
 */
import type { Visible } from '../autograd/attention.ts';
import { add, dropout, scale, type Dropout } from '../autograd/elementwise.ts';
import { gather, linear } from '../autograd/linear.ts';
import { crossEntropy } from '../autograd/losses.ts';
import { rmsNorm } from '../autograd/rmsNorm.ts';
import type { Rotation } from '../autograd/rotate.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Variable } from '../autograd/variable.ts';
import { wrong } from '../errors.ts';
import { attention } from './attention.ts';
import { countTargets, requireIndices, type Batch } from './batch.ts';
import type { DecoderCache, LayerCache } from './cache.ts';
import { requireValidConfig, type DecoderConfig } from './config.ts';
import { declareDecoder, decoderWeights, type DecoderWeights, type LayerWeights } from './decoderWeights.ts';
import { feedForward } from './feedForward.ts';
import { Model, type LossOptions } from './model.ts';
import { createRotaryTables, type RotaryTables } from './rotary.ts';
import { targetPlaces } from './targets.ts';
import { BoundWeights } from './weights.ts';

/** What all layers of a forward pass share. */
interface Pass {
  readonly visible: Visible;
  readonly rotation: Rotation;
  readonly dropout: Dropout | undefined;
}

/**
 * A decoder: its parameters' places in θ, and its forward pass over any θ.
 *
 * @example
 * ```ts
 * const loss = tape.step(() => {
 *   const loss = decoder.loss(tape, theta, gradient, batch);
 *   tape.backward(loss); // adds to gradient
 *   return loss.data[0];
 * });
 * ```
 */
export class Decoder extends Model {
  readonly config: DecoderConfig;
  readonly #weights: BoundWeights<DecoderWeights>;
  readonly #tables: RotaryTables;

  constructor(config: DecoderConfig) {
    requireValidConfig(config);
    super(declareDecoder(config));
    this.config = config;
    this.#weights = new BoundWeights('decoder', this.declared, (lookup) => decoderWeights(lookup, config));
    this.#tables = createRotaryTables(config.context, config.modelSize / config.heads, config.ropeBase);
  }

  /**
   * The logits of every place.
   *
   * @param gradient - the flat vector that the backward pass adds to; needed on a tape that records.
   * @returns [rows, length, vocabularySize].
   */
  logits(tape: Tape, theta: Float32Array, gradient: Float32Array | undefined, batch: Batch): Variable {
    const weights = this.#weights.in(tape, theta, gradient);
    return this.#unembed(tape, weights, this.#hidden(tape, weights, batch));
  }

  /**
   * The cross-entropy of the batch's targets, their mean unless a factor is given.
   *
   * @returns a single number.
   * @throws InvalidInput if the batch has no target and no factor is given.
   */
  loss(
    tape: Tape,
    theta: Float32Array,
    gradient: Float32Array | undefined,
    batch: Batch,
    options: LossOptions = {},
  ): Variable {
    const targets = countTargets(batch);
    if (targets === 0 && options.factor === undefined)
      throw wrong('loss: batch', 'a target that is not masked', 'none');
    const weights = this.#weights.in(tape, theta, gradient);
    const hidden = this.#hidden(tape, weights, batch, { dropout: options.dropout });
    const counted = targetPlaces(batch, targets);
    const predicting = gather(tape, hidden, tape.ints(counted.places), [counted.places.length]);
    const logits = this.#unembed(tape, weights, predicting);
    return crossEntropy(tape, logits, tape.ints(counted.targets), options.factor ?? 1 / targets);
  }

  /**
   * The logits of the given places only, with the keys and values of earlier steps.
   *
   * @param places - indices into the batch's rows · length places.
   * @returns [places, vocabularySize].
   */
  step(tape: Tape, theta: Float32Array, batch: Batch, places: Int32Array, cache: DecoderCache): Variable {
    const weights = this.#weights.in(tape, theta, undefined);
    cache.begin(batch.positions);
    const hidden = this.#hidden(tape, weights, batch, { cache });
    return this.#unembed(tape, weights, gather(tape, hidden, tape.ints(places), [places.length]));
  }

  /** The residual stream after the last layer, [rows, length, modelSize]. */
  #hidden(
    tape: Tape,
    weights: DecoderWeights,
    batch: Batch,
    { dropout, cache }: { dropout?: Dropout | undefined; cache?: DecoderCache } = {},
  ): Variable {
    requireIndices(batch, this.config);
    const pass: Pass = {
      visible: { from: tape.ints(batch.from), to: tape.ints(batch.to) },
      rotation: {
        cosine: tape.floats(this.#tables.cosine),
        sine: tape.floats(this.#tables.sine),
        positions: tape.ints(batch.positions),
      },
      dropout,
    };
    let x = this.#embed(tape, weights, batch, pass);
    weights.layers.forEach((layer, i) => {
      x = tape.keepResult(() => this.#layer(tape, layer, x, pass, cache?.layers[i]));
    });
    return x;
  }

  /** Tied embeddings begin small enough for the logits and are scaled up here, so that the stream begins at RMS 1. */
  #embed(tape: Tape, { embedding }: DecoderWeights, { tokens, rows, length }: Batch, pass: Pass): Variable {
    const { tiedEmbedding, modelSize } = this.config;
    const embedded = gather(tape, embedding, tape.ints(tokens), [rows, length]);
    return dropped(tape, tiedEmbedding ? scale(tape, embedded, Math.sqrt(modelSize)) : embedded, pass);
  }

  #layer(tape: Tape, w: LayerWeights, x: Variable, pass: Pass, cache: LayerCache | undefined): Variable {
    const { heads, modelSize, activation, normEpsilon } = this.config;
    const { visible, rotation } = pass;
    const factor = 1 / Math.sqrt(modelSize / heads);
    const normed = rmsNorm(tape, x, w.attentionNorm, normEpsilon);
    const attended = attention(tape, w.attention, normed, { heads, factor, visible, rotation, cache });
    const y = add(tape, x, dropped(tape, attended, pass));
    const fed = feedForward(tape, w.feedForward, rmsNorm(tape, y, w.feedForwardNorm, normEpsilon), activation);
    return add(tape, y, dropped(tape, fed, pass));
  }

  #unembed(tape: Tape, { finalNorm, unembedding }: DecoderWeights, x: Variable): Variable {
    return linear(tape, rmsNorm(tape, x, finalNorm, this.config.normEpsilon), unembedding);
  }
}

/** A decoder of these sizes. Its parameters are yours to keep: one flat vector of `decoder.size` numbers. */
export function createDecoder(config: DecoderConfig): Decoder {
  return new Decoder(config);
}

function dropped(tape: Tape, x: Variable, pass: Pass): Variable {
  return pass.dropout === undefined ? x : dropout(tape, x, pass.dropout);
}
