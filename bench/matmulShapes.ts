/**
 * The matrix products that are measured: squares, and each product of the yardstick decoder's training step.
 *
 * @module
 */
import { LENGTH, ROWS, YARDSTICK } from './yardstick.ts';

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

/** A linear map of `inputs` to `outputs`: y = x Wᵀ, ∂x = ∂y W, ∂W = ∂yᵀ x. */
function linear(inputs: number, outputs: number): readonly ProductShape[] {
  const places = ROWS * LENGTH;
  return [
    { m: places, k: inputs, n: outputs, kind: 'NT', count: 1 },
    { m: places, k: outputs, n: inputs, kind: 'NN', count: 1 },
    { m: outputs, k: places, n: inputs, kind: 'TN', count: 1 },
  ];
}

/** Attention's products, head by head: scores and mix, and their four gradients. */
function heads(): readonly ProductShape[] {
  const count = ROWS * YARDSTICK.heads;
  const size = YARDSTICK.modelSize / YARDSTICK.heads;
  return [
    { m: LENGTH, k: size, n: LENGTH, kind: 'NT', count },
    { m: LENGTH, k: LENGTH, n: size, kind: 'NN', count },
    { m: LENGTH, k: LENGTH, n: size, kind: 'TN', count },
  ];
}

const square = (n: number): ProductShape => ({ m: n, k: n, n, kind: 'NN', count: 1 });

export const SQUARES: readonly ProductShape[] = [64, 128, 256, 512, 1024].map(square);

export const DECODER_SHAPES: readonly ProductShape[] = [
  ...linear(YARDSTICK.modelSize, YARDSTICK.modelSize),
  ...linear(YARDSTICK.modelSize, YARDSTICK.feedForwardSize),
  ...linear(YARDSTICK.feedForwardSize, YARDSTICK.modelSize),
  ...linear(YARDSTICK.modelSize, YARDSTICK.vocabularySize),
  ...heads(),
];
