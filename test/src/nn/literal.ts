/**
 * The decoder's formulas, written down a second time: one document, float64, lists of lists, no tape and no kernels.
 *
 * @module
 */
import type { DecoderConfig } from '../../../src/nn/config.ts';
import { ACTIVATIONS, add, dot, map, matrixIn, rmsNorm, softmax, type Matrix, type Vector } from './formulas.ts';
import type { Parameter } from '../../../src/tensor/parameter.ts';

/** Rotates each pair (xᵢ, xᵢ₊ₕ), h half the head's size, by position · base^(−i/h). */
function rotate(x: Vector, position: number, base: number): Vector {
  const half = x.length / 2;
  return x.map((value, i) => {
    const angle = position * base ** (-(i % half) / half);
    const partner = i < half ? -x[i + half] : x[i - half];
    return value * Math.cos(angle) + partner * Math.sin(angle);
  });
}

/** The logits of each token of one document. */
export function literalLogits(
  config: DecoderConfig,
  parameters: readonly Parameter[],
  theta: Float32Array,
  tokens: Iterable<number>,
): Matrix {
  const { modelSize, heads, layers, normEpsilon, ropeBase, tiedEmbedding } = config;
  const vectorOf = (name: string): Vector => matrixOf(name).flat();
  const matrixOf = (name: string): Matrix => matrixIn(parameters, theta, name);
  const size = modelSize / heads;
  const headsOf = (x: Vector): Matrix => Array.from({ length: heads }, (_, h) => x.slice(h * size, (h + 1) * size));

  const embedding = matrixOf('embedding/token');
  const factor = tiedEmbedding ? Math.sqrt(modelSize) : 1;
  let stream: Matrix = Array.from(tokens, (token) => embedding[token].map((x) => factor * x));
  for (let layer = 0; layer < layers; layer++) {
    const path = `layers/${layer}`;
    const normed = stream.map((x) => rmsNorm(x, vectorOf(`${path}/attention_norm/scale`), normEpsilon));
    const projected = (name: string): Matrix[] => {
      const w = matrixOf(`${path}/attention/${name}`);
      return normed.map((x) => headsOf(map(w, x)));
    };
    const positioned = (rows: Matrix[]): Matrix[] => rows.map((row, i) => row.map((head) => rotate(head, i, ropeBase)));
    const [queries, keys, values] = [positioned(projected('query')), positioned(projected('key')), projected('value')];
    const output = matrixOf(`${path}/attention/output`);
    stream = stream.map((x, i) => {
      const mixed = queries[i].map((query, h) => {
        const weights = softmax(keys.slice(0, i + 1).map((key) => dot(query, key[h]) / Math.sqrt(size)));
        return query.map((_, c) => weights.reduce((sum, weight, j) => sum + weight * values[j][h][c], 0));
      });
      return add(x, map(output, mixed.flat()));
    });
    const [gate, up, down] = ['gate', 'up', 'output'].map((name) => matrixOf(`${path}/feed_forward/${name}`));
    const scale = vectorOf(`${path}/feed_forward_norm/scale`);
    stream = stream.map((x) => {
      const y = rmsNorm(x, scale, normEpsilon);
      const opened = map(gate, y).map(ACTIVATIONS[config.activation]);
      const hidden = map(up, y).map((value, i) => opened[i] * value);
      return add(x, map(down, hidden));
    });
  }
  const unembedding = tiedEmbedding ? embedding : matrixOf('unembedding');
  return stream.map((x) => map(unembedding, rmsNorm(x, vectorOf('final_norm/scale'), normEpsilon)));
}
