/**
 * T5 1.1's formulas, written down a second time: one pair, float64, lists of lists.
 *
 * @module
 */
import { relativeBucket } from '../../../../src/nn/relativePositions.ts';
import type { StackName, T5Config } from '../../../../src/nn/t5/config.ts';
import { ACTIVATIONS, add, dot, map, matrixIn, rmsNorm, softmax, type Matrix, type Vector } from '../formulas.ts';
import type { Parameter } from '../../../../src/tensor/parameter.ts';

/** The logits of each token of the decoder's inputs. */
export function literalT5Logits(
  config: T5Config,
  parameters: readonly Parameter[],
  theta: Float32Array,
  source: Iterable<number>,
  inputs: Iterable<number>,
): Matrix {
  const { heads, headSize, normEpsilon, modelSize, tiedEmbedding, scaledLogits = tiedEmbedding } = config;
  const matrixOf = (name: string): Matrix => matrixIn(parameters, theta, name);
  const normed = (stream: Matrix, name: string): Matrix => {
    const scale = matrixOf(`${name}/scale`).flat();
    return stream.map((x) => rmsNorm(x, scale, normEpsilon));
  };
  const headsOf = (x: Vector): Matrix =>
    Array.from({ length: heads }, (_, h) => x.slice(h * headSize, (h + 1) * headSize));

  /** What the attention at `path` adds; `see` tells which keys a query sees, `bias` what is added to a score. */
  const attended = (
    path: string,
    asking: Matrix,
    answering: Matrix,
    see: (query: number, key: number) => boolean,
    bias: (head: number, query: number, key: number) => number,
  ): Matrix => {
    const project = (rows: Matrix, name: string): Matrix[] => {
      const w = matrixOf(`${path}/${name}`);
      return rows.map((x) => headsOf(map(w, x)));
    };
    const [queries, keys, values] = [project(asking, 'query'), project(answering, 'key'), project(answering, 'value')];
    const output = matrixOf(`${path}/output`);
    return queries.map((ofHeads, i) => {
      const seen = answering.map((_, j) => j).filter((j) => see(i, j));
      const mixed = ofHeads.map((query, h) => {
        const weights = softmax(seen.map((j) => dot(query, keys[j][h]) + bias(h, i, j)));
        return query.map((_, c) => weights.reduce((sum, weight, n) => sum + weight * values[seen[n]][h][c], 0));
      });
      return map(output, mixed.flat());
    });
  };
  const biasOf = (stack: string, bidirectional: boolean): ((head: number, query: number, key: number) => number) => {
    const table = matrixOf(`${stack}/relative_bias`);
    const { relativeBuckets: buckets, relativeMaximumDistance: maximumDistance } = config;
    return (head, query, key) => table[relativeBucket(key - query, { buckets, maximumDistance, bidirectional })][head];
  };
  const fed = (path: string, stream: Matrix): Matrix => {
    const [gate, up, output] = ['gate', 'up', 'output'].map((name) => matrixOf(`${path}/${name}`));
    return stream.map((x) => {
      const opened = map(gate, x).map(ACTIVATIONS[config.activation]);
      return map(
        output,
        map(up, x).map((value, i) => opened[i] * value),
      );
    });
  };
  const plus = (a: Matrix, b: Matrix): Matrix => a.map((x, i) => add(x, b[i]));

  const embedding = matrixOf('embedding/token');
  const embeddingOf = (stack: StackName): Matrix =>
    config.ownEmbeddings?.includes(stack) ? matrixOf(`${stack}/embedding`) : embedding;
  let encoded: Matrix = Array.from(source, (token) => embeddingOf('encoder')[token]);
  const encoderBias = biasOf('encoder', true);
  for (let i = 0; i < config.encoderLayers; i++) {
    const path = `encoder/layers/${i}`;
    const x = normed(encoded, `${path}/attention_norm`);
    encoded = plus(encoded, attended(`${path}/attention`, x, x, () => true, encoderBias)); // prettier-ignore
    encoded = plus(encoded, fed(`${path}/feed_forward`, normed(encoded, `${path}/feed_forward_norm`)));
  }
  encoded = normed(encoded, 'encoder/final_norm');

  let stream: Matrix = Array.from(inputs, (token) => embeddingOf('decoder')[token]);
  const decoderBias = biasOf('decoder', false);
  for (let i = 0; i < config.decoderLayers; i++) {
    const path = `decoder/layers/${i}`;
    const x = normed(stream, `${path}/attention_norm`);
    const causal = (query: number, key: number): boolean => key <= query;
    stream = plus(stream, attended(`${path}/attention`, x, x, causal, decoderBias));
    const y = normed(stream, `${path}/cross_attention_norm`);
    stream = plus(stream, attended(`${path}/cross_attention`, y, encoded, () => true, () => 0)); // prettier-ignore
    stream = plus(stream, fed(`${path}/feed_forward`, normed(stream, `${path}/feed_forward_norm`)));
  }
  const unembedding = tiedEmbedding ? embedding : matrixOf('unembedding');
  const factor = scaledLogits ? modelSize ** -0.5 : 1;
  return normed(stream, 'decoder/final_norm').map((x) => map(unembedding, x).map((logit) => factor * logit));
}
