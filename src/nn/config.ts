/**
 * The sizes of a decoder.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Activation } from '../kernel/kernels.ts';

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

/**
 * Refuses a config that no decoder can be made of.
 *
 * @throws InvalidInput naming the field.
 */
export function requireValidConfig(config: DecoderConfig): void {
  const sizes = ['vocabularySize', 'modelSize', 'layers', 'heads', 'feedForwardSize', 'context'] as const;
  for (const name of sizes)
    if (!(Number.isInteger(config[name]) && config[name] >= 1))
      throw wrong(`config.${name}`, 'a whole number of at least 1', config[name]);
  if (config.modelSize % (2 * config.heads) !== 0)
    throw wrong('config.modelSize', `a multiple of ${2 * config.heads}, twice the heads`, config.modelSize);
  for (const name of ['ropeBase', 'normEpsilon'] as const)
    if (!(config[name] > 0 && config[name] < Infinity))
      throw wrong(`config.${name}`, 'a finite number above 0', config[name]);
  if (config.activation !== 'gelu' && config.activation !== 'silu')
    throw wrong('config.activation', '"gelu" or "silu"', config.activation);
  if (typeof config.tiedEmbedding !== 'boolean')
    throw wrong('config.tiedEmbedding', 'true or false', config.tiedEmbedding);
}
