/**
 * Inputs written by hand, for laws whose drawn ones are too large to be read.
 *
 * @module
 */
import type { Dtype } from '../implementation.ts';
import type { Law } from '../laws/law.ts';
import { FORMATS } from '../oracle/formats.ts';

/** Law → its inputs, or undefined where they are drawn. */
const EXAMPLES: Readonly<Record<string, (dtype: Dtype) => readonly unknown[]>> = {
  // One large gradient in the corner: its row and its column tell whether the second moments are factored.
  'adafactor/factors-from-128-by-default': () =>
    [127, 128].map((rows) => ({
      optimizer: { name: 'adafactor', learningRate: 0.5, multiplyByParameterScale: false },
      parameters: new Array<number>(rows * 128).fill(1),
      shape: [rows, 128],
      gradients: [Array.from({ length: rows * 128 }, (_, i) => (i === 0 ? 16 : 1))],
    })),
  'alg2/realises-the-budget-within-one-percent': (dtype) => [
    { draw: 1, epsilon: FORMATS[dtype].round(0.3), order: -8 },
  ],
};

export function examplesOf({ id }: Law, dtype: Dtype): readonly unknown[] | undefined {
  return EXAMPLES[id]?.(dtype);
}
