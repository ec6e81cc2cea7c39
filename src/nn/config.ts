/**
 * The sizes of a decoder.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { ACTIVATIONS, type Activation } from '../kernel/kernels.ts';
import { checkOptions, integer, number, oneOf, truth, type Kinds } from '../kinds.ts';

/** What a decoder-only transformer is, but for its parameters. */
export interface DecoderConfig {
  readonly vocabularySize: number;
  /** The width of the residual stream; a multiple of 2 · heads. */
  readonly modelSize: number;
  readonly layers: number;
  readonly heads: number;
  /** The width of the gated feed-forward layer. */
  readonly feedForwardSize: number;
  /** The most tokens of one sequence. */
  readonly context: number;
  readonly activation: Activation;
  /** Whether the unembedding is the embedding: one parameter, counted once. */
  readonly tiedEmbedding: boolean;
  /** The base of the rotary angles; 10,000 in Su et al. 2021. */
  readonly ropeBase: number;
  /** Added to the mean square under RMSNorm's root. */
  readonly normEpsilon: number;
}

const size = integer(1);
const aboveZero = number('a finite number above 0', (x) => x > 0);

const KINDS: Kinds<DecoderConfig> = {
  vocabularySize: size,
  modelSize: size,
  layers: size,
  heads: size,
  feedForwardSize: size,
  context: size,
  activation: oneOf(ACTIVATIONS),
  tiedEmbedding: truth,
  ropeBase: aboveZero,
  normEpsilon: aboveZero,
};

/**
 * Refuses a config that no decoder can be made of.
 *
 * @throws InvalidInput naming the field.
 */
export function requireValidConfig(config: DecoderConfig): void {
  checkOptions(KINDS, config, 'config', 'config.');
  if (config.modelSize % (2 * config.heads) !== 0)
    throw wrong('config.modelSize', `a multiple of ${2 * config.heads}, twice the heads`, config.modelSize);
}
