/**
 * The parameters of a T5: their declaration, and the trees in which its layers find them. Encoder, decoder and
 * cross-attention are modules of their own.
 *
 * @module
 */
import type { Variable } from '../../autograd/variable.ts';
import { attentionWeights, type AttentionWeights } from '../attention.ts';
import { declareFeedForward, feedForwardWeights, type FeedForwardWeights } from '../feedForward.ts';
import { ParameterList } from '../parameters.ts';
import type { Lookup } from '../weights.ts';
import type { StackName, T5Config } from './config.ts';

/** An attention or feed-forward layer with the norm before it, [modelSize]. */
export interface Normed<Weights> {
  readonly norm: Variable;
  readonly layer: Weights;
}

export interface EncoderLayer {
  readonly attention: Normed<AttentionWeights>;
  readonly feedForward: Normed<FeedForwardWeights>;
}

export interface DecoderLayer extends EncoderLayer {
  readonly crossAttention: Normed<AttentionWeights>;
}

/** One of the two stacks. */
export interface Stack<Layer> {
  /** [vocabularySize, modelSize]; the shared one, unless the stack has one of its own. */
  readonly embedding: Variable;
  /** [relativeBuckets, heads], shared by the self-attentions of the stack's layers. */
  readonly relativeBias: Variable;
  readonly layers: readonly Layer[];
  /** [modelSize] */
  readonly finalNorm: Variable;
}

export interface T5Weights {
  readonly encoder: Stack<EncoderLayer>;
  readonly decoder: Stack<DecoderLayer>;
  /** [vocabularySize, modelSize]; the shared embedding itself if they are tied. */
  readonly unembedding: Variable;
}

/** The parameters in their order, with T5's deviations (mesh_tensorflow's defaults, as Hugging Face restates them). */
export function declareT5(config: T5Config): ParameterList {
  const { vocabularySize, modelSize, encoderLayers, decoderLayers, tiedEmbedding, ownEmbeddings = [] } = config;
  const parameters = new ParameterList();
  const embedding = { kind: 'normal', deviation: 1 } as const;
  parameters.declare('embedding/token', [vocabularySize, modelSize], embedding);
  for (const stack of ownEmbeddings) parameters.declare(`${stack}/embedding`, [vocabularySize, modelSize], embedding);
  declareStack(parameters, 'encoder', encoderLayers, ['attention'], config);
  declareStack(parameters, 'decoder', decoderLayers, ['attention', 'cross_attention'], config);
  // t5x begins the head by its fan-in: logits of the order of 1.
  const head = { kind: 'normal', deviation: modelSize ** -0.5 } as const;
  if (!tiedEmbedding) parameters.declare('unembedding', [vocabularySize, modelSize], head);
  return parameters;
}

function declareStack(
  parameters: ParameterList,
  stack: string,
  layers: number,
  attentions: readonly string[],
  config: T5Config,
): void {
  const { modelSize, heads, relativeBuckets, feedForwardSize } = config;
  const ones = { kind: 'ones' } as const;
  const fanIn = { kind: 'normal', deviation: modelSize ** -0.5 } as const;
  parameters.declare(`${stack}/relative_bias`, [relativeBuckets, heads], fanIn);
  for (let i = 0; i < layers; i++) {
    for (const name of attentions) {
      parameters.declare(`${stack}/layers/${i}/${name}_norm/scale`, [modelSize], ones);
      declareT5Attention(parameters, `${stack}/layers/${i}/${name}`, config);
    }
    parameters.declare(`${stack}/layers/${i}/feed_forward_norm/scale`, [modelSize], ones);
    declareFeedForward(parameters, `${stack}/layers/${i}/feed_forward`, modelSize, feedForwardSize, 1);
  }
  parameters.declare(`${stack}/final_norm/scale`, [modelSize], ones);
}

/** T5 divides no scores by √headSize; its queries begin smaller by that factor instead. */
function declareT5Attention(parameters: ParameterList, path: string, { modelSize, headSize, heads }: T5Config): void {
  const width = heads * headSize;
  const normal = (deviation: number) => ({ kind: 'normal', deviation }) as const;
  parameters.declare(`${path}/query`, [width, modelSize], normal((modelSize * headSize) ** -0.5));
  parameters.declare(`${path}/key`, [width, modelSize], normal(modelSize ** -0.5));
  parameters.declare(`${path}/value`, [width, modelSize], normal(modelSize ** -0.5));
  parameters.declare(`${path}/output`, [modelSize, width], normal(width ** -0.5));
}

export function t5Weights(lookup: Lookup, config: T5Config): T5Weights {
  const attentionAt = (path: string, name: string): Normed<AttentionWeights> => ({
    norm: lookup(`${path}/${name}_norm/scale`),
    layer: attentionWeights(lookup, `${path}/${name}`),
  });
  const common = (path: string): EncoderLayer => ({
    attention: attentionAt(path, 'attention'),
    feedForward: {
      norm: lookup(`${path}/feed_forward_norm/scale`),
      layer: feedForwardWeights(lookup, `${path}/feed_forward`),
    },
  });
  const shared = lookup('embedding/token');
  const stack = <Layer>(name: StackName, layers: number, layerAt: (path: string) => Layer): Stack<Layer> => ({
    embedding: config.ownEmbeddings?.includes(name) ? lookup(`${name}/embedding`) : shared,
    relativeBias: lookup(`${name}/relative_bias`),
    layers: Array.from({ length: layers }, (_, i) => layerAt(`${name}/layers/${i}`)),
    finalNorm: lookup(`${name}/final_norm/scale`),
  });
  return {
    encoder: stack('encoder', config.encoderLayers, common),
    decoder: stack('decoder', config.decoderLayers, (path) => ({
      ...common(path),
      crossAttention: attentionAt(path, 'cross_attention'),
    })),
    unembedding: config.tiedEmbedding ? shared : lookup('unembedding'),
  };
}
