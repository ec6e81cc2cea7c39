/**
 * The floats that a step keeps for its backward pass, and those of the gradients of all that: the part of
 * docs/performance/memory.md that depends on what the model is.
 *
 * @module
 */
import type { DecoderConfig } from '../../src/nn/config.ts';
import type { T5Config } from '../../src/nn/t5/config.ts';

/** A decoder and its batch. */
export interface DecoderPlan {
  readonly config: DecoderConfig;
  readonly rows: number;
  /** Places of a row. */
  readonly length: number;
  /** Places that predict something, rounded up to a multiple of 64. */
  readonly targets: number;
}

/** A T5 and its batch, of which `length` is the decoder's. */
export interface T5Plan extends Omit<DecoderPlan, 'config'> {
  readonly config: T5Config;
  /** Places of a source. */
  readonly sourceLength: number;
}

/** What a layer goes over: T places of width d, a of them what queries have, f what the gate has. */
interface Stack {
  readonly T: number;
  readonly d: number;
  readonly a: number;
  readonly f: number;
}

/** How many vectors of a length are alive. */
type Alive = readonly (readonly [length: number, count: number])[];

/** Floats of the decoder's activations and their gradients. */
export function decoderActivations({ config, rows, length, targets: P }: DecoderPlan): number {
  const { modelSize: d, feedForwardSize: f, vocabularySize: V, heads: h, layers, context, tiedEmbedding } = config;
  const stack = { T: rows * length, d, a: d, f };
  const { T } = stack;
  const rotated = 2 * T * d;
  const layer = selfAttention(stack, h * length) + rotated + feedForward(stack);
  // Tokens, positions and visible ranges, and the tables of the rotation.
  const shared = 4 * T + context * (d / h);
  const embedded = T * d * (tiedEmbedding ? 2 : 1);
  // The places that predict: gathered, normed, their logits, each with its gradient.
  const head = P * (4 * d + 2 * V + 4);
  return shared + embedded + layers * layer + head + pooled(moments(stack));
}

/** Floats of the T5's activations and their gradients. */
export function t5Activations({ config, rows, length: t, sourceLength: s, targets: P }: T5Plan): number {
  const { modelSize: d, feedForwardSize: f, vocabularySize: V, heads: h, tiedEmbedding } = config;
  const { scaledLogits = tiedEmbedding } = config;
  const sizes = { d, a: h * config.headSize, f };
  const [encoder, decoder] = [rows * s, rows * t].map((T) => ({ T, ...sizes }));
  const encoderLayer = selfAttention(encoder, h * s) + feedForward(encoder);
  const decoderLayer = selfAttention(decoder, h * t) + crossAttention(decoder, encoder, h * s) + feedForward(decoder);
  const layers = config.encoderLayers * encoderLayer + config.decoderLayers * decoderLayer;
  // Relative positions of each stack, with their gradient and where they are from.
  const bias = 3 * h * (s * s + t * t);
  // Tokens, and what the places see: of their own stack, and the decoder's of the source.
  const shared = 3 * encoder.T + 5 * decoder.T;
  // Embedded, and normed at the end.
  const ends = (encoder.T + decoder.T) * (2 * d + 1);
  const head = P * ((scaledLogits ? 4 : 2) * d + 2 * V + 3);
  const encoded: Alive[number] = [encoder.T * d, 1];
  const across: Alive[] = [
    [[decoder.T * d, 1], [decoder.T * sizes.a, 2], [encoder.T * sizes.a, 2], encoded],
    [[decoder.T * d, 2], [decoder.T * sizes.a, 1], [encoder.T * sizes.a, 2], encoded],
  ];
  const all = [...moments(decoder).map((alive) => [...alive, encoded]), ...across, ...moments(encoder)];
  return shared + ends + bias + layers + head + pooled(all);
}

/** The norm and its inverse root; query, key, value, mix; weights over the keys; the projection back and the sum. */
function selfAttention({ T, d, a }: Stack, weights: number): number {
  return T * (3 * d + 4 * a + weights + 1);
}

/** As above, of which key and value are the source's. */
function crossAttention({ T, d, a }: Stack, source: Stack, weights: number): number {
  return T * (3 * d + 2 * a + weights + 1) + source.T * 2 * a;
}

/** The norm and its inverse root; gate, up and their product; the projection back and the sum. */
function feedForward({ T, d, f }: Stack): number {
  return T * (3 * d + 3 * f + 1);
}

/**
 * The gradients that are alive at one time while a layer is passed: beside the stream's those of gate, up, product and
 * norm; of mix, query, key and value; of query, key, value and norm.
 */
function moments({ T, d, a, f }: Stack): readonly Alive[] {
  return [
    [
      [T * d, 2],
      [T * f, 3],
    ],
    [
      [T * d, 1],
      [T * a, 4],
    ],
    [
      [T * d, 2],
      [T * a, 3],
    ],
  ];
}

/** A vector serves again for one of its length (`src/autograd/gradients.ts`): of each length the most at any moment. */
function pooled(all: readonly Alive[]): number {
  const lengths = new Set(all.flatMap((alive) => alive.map(([length]) => length)));
  const countIn = (alive: Alive, length: number): number =>
    alive.reduce((sum, [of, count]) => sum + (of === length ? count : 0), 0);
  return [...lengths].reduce(
    (sum, length) => sum + length * all.reduce((most, alive) => Math.max(most, countIn(alive, length)), 0),
    0,
  );
}
