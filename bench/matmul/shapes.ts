/**
 * The matrix products that are measured: squares, and each product of the yardstick decoder's training step.
 *
 * @module
 */
import type { ProductShape } from './products.ts';
import { computeStepNeeds, LENGTH, ROWS, YARDSTICK } from '../step/yardstick.ts';

const square = (n: number): ProductShape => ({ m: n, k: n, n, kind: 'NN', count: 1 });

export const SQUARES: readonly ProductShape[] = [64, 128, 256, 512, 1024].map(square);

export const DECODER_SHAPES: readonly ProductShape[] = computeStepNeeds(YARDSTICK, ROWS, LENGTH).products.map(
  ({ shape }) => shape,
);
