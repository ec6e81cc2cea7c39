/**
 * The parameters of a decoder: their declaration, and the tree in which its layers find them.
 *
 * @module
 */
import type { Variable } from '../autograd/variable.ts';
import { attentionWeights, declareAttention, type AttentionWeights } from './attention.ts';
import type { DecoderConfig } from './config.ts';
import { declareFeedForward, feedForwardWeights, type FeedForwardWeights } from './feedForward.ts';
import { ParameterList } from './parameters.ts';
import type { Lookup } from './weights.ts';

export interface LayerWeights {
  /** [modelSize] */
  readonly attentionNorm: Variable;
  readonly attention: AttentionWeights;
  /** [modelSize] */
  readonly feedForwardNorm: Variable;
  readonly feedForward: FeedForwardWeights;
}

export interface DecoderWeights {
  /** [vocabularySize, modelSize] */
  readonly embedding: Variable;
  readonly layers: readonly LayerWeights[];
  /** [modelSize] */
  readonly finalNorm: Variable;
  /** [vocabularySize, modelSize]; the embedding itself if they are tied. */
  readonly unembedding: Variable;
}

/** The parameters in their order. The deviations are those of decision 0032. */
export function declareDecoder(config: DecoderConfig): ParameterList {
  const { vocabularySize, modelSize, layers, feedForwardSize, tiedEmbedding } = config;
  const parameters = new ParameterList();
  const fanIn = 1 / Math.sqrt(modelSize);
  // GPT-2's: 2 · layers branches add to the stream, and together they are to add about as much as one.
  const outputGain = 1 / Math.sqrt(2 * layers);
  const ones = { kind: 'ones' } as const;
  const embedding = { kind: 'normal', deviation: tiedEmbedding ? fanIn : 1 } as const;
  parameters.declare('embedding/token', [vocabularySize, modelSize], embedding);
  for (let i = 0; i < layers; i++) {
    parameters.declare(`layers/${i}/attention_norm/scale`, [modelSize], ones);
    declareAttention(parameters, `layers/${i}/attention`, modelSize, outputGain);
    parameters.declare(`layers/${i}/feed_forward_norm/scale`, [modelSize], ones);
    declareFeedForward(parameters, `layers/${i}/feed_forward`, modelSize, feedForwardSize, outputGain);
  }
  parameters.declare('final_norm/scale', [modelSize], ones);
  if (!tiedEmbedding)
    parameters.declare('unembedding', [vocabularySize, modelSize], { kind: 'normal', deviation: fanIn });
  return parameters;
}

export function decoderWeights(lookup: Lookup, config: DecoderConfig): DecoderWeights {
  const embedding = lookup('embedding/token');
  return {
    embedding,
    layers: Array.from({ length: config.layers }, (_, i) => ({
      attentionNorm: lookup(`layers/${i}/attention_norm/scale`),
      attention: attentionWeights(lookup, `layers/${i}/attention`),
      feedForwardNorm: lookup(`layers/${i}/feed_forward_norm/scale`),
      feedForward: feedForwardWeights(lookup, `layers/${i}/feed_forward`),
    })),
    finalNorm: lookup('final_norm/scale'),
    unembedding: config.tiedEmbedding ? embedding : lookup('unembedding'),
  };
}
