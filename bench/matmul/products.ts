/**
 * Matrix products by their shapes, and those of which the layers of a model consist.
 *
 * @module
 */

/** `m x k x n`; NN, NT (B stored transposed) or TN (A stored transposed); how many at once. */
export interface ProductShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly kind: 'NN' | 'NT' | 'TN';
  readonly count: number;
}

export function nameOf({ m, k, n, kind, count }: ProductShape): string {
  return `${count > 1 ? `${count} of ` : ''}${m} x ${k} x ${n} ${kind}`;
}

export function flopsOf({ m, k, n, count }: ProductShape): number {
  return 2 * m * k * n * count;
}

/** A linear map of `inputs` to `outputs` at `places` places, forward and backward: y = x Wᵀ, ∂x = ∂y W, ∂W = ∂yᵀ x. */
export function linear(places: number, inputs: number, outputs: number): readonly ProductShape[] {
  return [
    { m: places, k: inputs, n: outputs, kind: 'NT', count: 1 },
    { m: places, k: outputs, n: inputs, kind: 'NN', count: 1 },
    { m: outputs, k: places, n: inputs, kind: 'TN', count: 1 },
  ];
}

/** Attention of `count` heads: scores, mix and a gradient by keys; forward and backward have each of them twice. */
export function attend(count: number, queries: number, keys: number, headSize: number): readonly ProductShape[] {
  return [
    { m: queries, k: headSize, n: keys, kind: 'NT', count },
    { m: queries, k: keys, n: headSize, kind: 'NN', count },
    { m: keys, k: queries, n: headSize, kind: 'TN', count },
  ];
}
