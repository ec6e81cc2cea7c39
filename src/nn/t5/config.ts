/**
 * The sizes of a T5 1.1 encoder-decoder.
 *
 * @module
 */
import { wrong } from '../../errors.ts';
import { ACTIVATIONS, type Activation } from '../../kernel/kernels.ts';
import { checkOptions, integer, list, number, oneOf, optional, truth, type Kinds } from '../../kinds.ts';
import { BUCKET_DEFAULTS } from '../relativePositions.ts';

export const STACKS = ['encoder', 'decoder'] as const;
export type StackName = (typeof STACKS)[number];

/** What a T5 1.1 is (Raffel et al. 2020; the 1.1 checkpoints: gated GELU, untied, no dropout in pre-training). */
export interface T5Config {
  readonly vocabularySize: number;
  /** The width of the residual streams: d_model. */
  readonly modelSize: number;
  /** The width of one head: d_kv. Heads times this need not be the model's size. */
  readonly headSize: number;
  readonly heads: number;
  /** The width of the gated feed-forward layers: d_ff. */
  readonly feedForwardSize: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  /**
   * The longest sequence that it was made for, 512 in T5. A statement, not a limit: relative positions have no end, and
   * the model takes any length.
   */
  readonly context: number;
  /** Buckets of relative positions, 32 in T5. */
  readonly relativeBuckets: number;
  /** The distance from which all share the last bucket, 128 in T5. */
  readonly relativeMaximumDistance: number;
  readonly activation: Activation;
  /** Whether the unembedding is the embedding; not in T5 1.1. */
  readonly tiedEmbedding: boolean;
  /**
   * Whether what the unembedding is applied to is scaled by modelSize^−½ before, since the embedding begins at deviation 1. As
   * `tiedEmbedding` if absent; checkpoints may have one without the other.
   */
  readonly scaledLogits?: boolean;
  /** Stacks that have an embedding of their own in place of the shared one; none if absent, and none in T5. */
  readonly ownEmbeddings?: readonly StackName[];
  /** Added to the mean square under RMSNorm's root. */
  readonly normEpsilon: number;
  /** The token that a decoder begins with; T5 takes that of padding, 0. */
  readonly startToken: number;
}

/** What all T5 1.1 checkpoints have in common. */
export const T5_DEFAULTS = {
  context: 512,
  relativeBuckets: BUCKET_DEFAULTS.buckets,
  relativeMaximumDistance: BUCKET_DEFAULTS.maximumDistance,
  activation: 'gelu',
  tiedEmbedding: false,
  normEpsilon: 1e-6,
  startToken: 0,
} as const satisfies Partial<T5Config>;

const size = integer(1);

const KINDS: Kinds<T5Config> = {
  vocabularySize: size,
  modelSize: size,
  headSize: size,
  heads: size,
  feedForwardSize: size,
  encoderLayers: size,
  decoderLayers: size,
  context: size,
  // Both directions of an encoder have half of the buckets, and half of those hold one distance each.
  relativeBuckets: integer(4),
  relativeMaximumDistance: integer(1),
  activation: oneOf(ACTIVATIONS),
  tiedEmbedding: truth,
  scaledLogits: optional(truth),
  ownEmbeddings: optional(list(oneOf(STACKS))),
  normEpsilon: number('a finite number above 0', (x) => x > 0),
  startToken: integer(0),
};

/**
 * Refuses a config that no model can be made of.
 *
 * @throws InvalidInput naming the field.
 */
export function requireValidT5Config(config: T5Config): void {
  checkOptions(KINDS, config, 'config', 'config.');
  const { relativeBuckets, relativeMaximumDistance, startToken, vocabularySize } = config;
  if (relativeMaximumDistance <= relativeBuckets / 2)
    throw wrong('config.relativeMaximumDistance', `more than ${relativeBuckets / 2}`, relativeMaximumDistance);
  if (startToken >= vocabularySize) throw wrong('config.startToken', `a token below ${vocabularySize}`, startToken);
}
