/**
 * Right implementations that must never be accused: other formats, other orders of rounding, other rules on ties.
 *
 * @module
 */
import { FORMATS, isDenormal } from '../oracle/formats.ts';
import type { Variant } from './literal.ts';
import { LITERAL } from './pieces.ts';

const { float32 } = FORMATS;

function flush(x: number): number {
  const rounded = float32.round(x);
  return isDenormal(float32, rounded) ? 0 : rounded;
}

/** No rounding but that of what is stored. */
function keepAll(x: number): number {
  return x;
}

export const RIGHT_VARIANTS: readonly Variant[] = [
  { name: 'float32' },
  { name: 'float64', dtype: 'float64' },
  { name: 'bfloat16', dtype: 'bfloat16' },
  { name: 'bfloat16, computed in float32', dtype: 'bfloat16', round: float32.round },
  { name: 'float32, computed in float64', round: keepAll },
  { name: 'float32, ties by the lowest index', ties: 'lowest-index' },
  {
    name: 'float32, denormals flushed',
    flushesDenormals: true,
    round: flush,
    pieces: {
      distance: (kind, candidate, seed, round) => LITERAL.distance(kind, flush(candidate), flush(seed), round),
    },
  },
  {
    name: 'the other way to interpolate',
    pieces: {
      interpolate: (low, high, weight, round) => round(round(low * round(1 - weight)) + round(high * weight)),
    },
  },
  {
    name: 'the position from ε(m − 1)',
    pieces: { position: (epsilon, size, round) => round(size - 1 - round(epsilon * (size - 1))) },
  },
  {
    name: 'everything kept at ε = 1',
    pieces: { position: (epsilon, size, round) => (epsilon === 1 ? -1 : LITERAL.position(epsilon, size, round)) },
  },
  {
    name: 'a quotient of square roots in AdaFactor',
    optimizer: { combine: (row, column, rowMean) => (row * column) / rowMean },
  },
];
