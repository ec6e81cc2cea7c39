/**
 * Inputs that were chosen one by one, for laws whose drawn ones are too large to be read.
 *
 * @module
 */
import { MANY_STEPS } from '../asking/sizes.ts';
import type { Dtype } from '../implementation.ts';
import { courseOf, LASTING } from '../laws/dialects-reach.ts';
import type { Law } from '../laws/law.ts';
import { FORMATS } from '../oracle/formats.ts';

/** The large gradient. */
const IN_THE_CORNER = { large: 0 };

/** Law → its inputs, or undefined if they are drawn. */
const EXAMPLES: Readonly<Record<string, (dtype: Dtype) => readonly unknown[]>> = {
  'adafactor/factors-from-128-by-default': () => [IN_THE_CORNER],
  'optax/factors-from-128-by-default': () => [IN_THE_CORNER],
  'timm/factors-from-17-by-default': () => [IN_THE_CORNER],
  'big-vision/factors-from-16-by-default': () => [IN_THE_CORNER],
  // The first steps of many.
  ...Object.fromEntries(
    LASTING.map((dialect) => [`${dialect}/after-thousands-of-steps`, () => [courseOf(dialect, 3)]]),
  ),
  // A gradient that doubles at the last step, when β₂ forgets least.
  'adafactor/thirty-steps': () => [
    {
      optimizer: { name: 'adafactor', learningRate: 1, multiplyByParameterScale: false, clippingThreshold: 1024 },
      parameters: [0],
      shape: [1],
      gradients: Array.from({ length: MANY_STEPS }, (_, t) => [t + 1 < MANY_STEPS ? 1 : 2]),
    },
  ],
  // The last of 33 elements moves, and so does the last of nine silos.
  'eq7/silos-of-every-size': () => [
    { ...moved(33, [14, 15, 16, 30, 31, 32]), silos: [33], distance: 'absolute', epsilon: 0.25, method: 'quantile' },
    {
      ...moved(36, [1, 14, 33, 35]),
      silos: Array.from({ length: 9 }, () => 4),
      distance: 'absolute',
      epsilon: 0.5,
      method: 'quantile',
    },
  ],
  'alg2/realises-the-budget-within-one-percent': (dtype) => [
    { draw: 1, epsilon: FORMATS[dtype].round(0.3), order: -8 },
  ],
};

/** n ones, of which those at some places become larger, each by another step. */
function moved(n: number, places: readonly number[]): { readonly seed: number[]; readonly candidate: number[] } {
  const seed = Array.from({ length: n }, () => 1);
  return { seed, candidate: seed.map((value, i) => value + places.indexOf(i) + 1) };
}

export function examplesOf({ id }: Law, dtype: Dtype): readonly unknown[] | undefined {
  return EXAMPLES[id]?.(dtype);
}
