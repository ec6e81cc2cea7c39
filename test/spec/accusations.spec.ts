/**
 * Inputs on which a law once accused a right implementation, found by deep runs over hundreds of seeds and made small:
 * nobody who is right is accused on them again.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from '../../spec/check.ts';
import { findLaw } from '../../spec/laws/all.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import { RIGHT_VARIANTS } from '../../spec/mutants/variants.ts';

interface Accusation {
  /** What the law had not thought of. */
  readonly of: string;
  readonly law: string;
  readonly input: unknown;
}

/** A course of one silo by the quantile; `shape` where it is no vector. */
const course = (seed: readonly number[], gradients: readonly (readonly number[])[], rest: object, shape?: number[]) => {
  return { seed, gradients, shapes: [shape ?? [seed.length]], silos: [seed.length], method: 'quantile', ...rest };
};
const sgd = (learningRate: number) => ({ name: 'sgd', learningRate: Math.fround(learningRate) });
const adafactor = (learningRate: number, rest: object) => ({
  name: 'adafactor',
  learningRate,
  multiplyByParameterScale: true,
  ...rest,
});

const ACCUSATIONS: readonly Accusation[] = [
  {
    of: 'a parameter held in more digits that shows as the seed moves on from what is held',
    law: 'alg1/every-step-of-sgd',
    input: course(
      [2, 1],
      [
        [-5 * 2 ** -24, 0],
        [Math.fround(-0.06249994), 0],
      ],
      { optimizer: sgd(0.1), distance: 'relative', epsilon: 2 ** -20 },
    ),
  },
  {
    of: 'and has a distance, be it not the smallest',
    law: 'eq3/candidate-is-parameters-plus-update',
    input: course(
      [0.25, 2 ** -17],
      [
        [-(2 ** -24), 0],
        [0, -(2 ** -17)],
      ],
      { optimizer: sgd(0.03), distance: 'inverse-relative', epsilon: 1 },
    ),
  },
  {
    of: 'the oracle, too, rounds a sum in float64',
    law: 'alg1/parameter-scale-is-that-of-the-projected-parameters',
    input: course(
      [3.04827880859375, 0, -0.5, 0, -0.5, -0.5049362182617188],
      [
        [
          6.172569274902344, -0.009900391101837158, -0.029748380184173584, -0.04321211576461792, 4.206329345703125,
          -0.10019397735595703,
        ],
      ],
      {
        optimizer: adafactor(0.01, { minDimSizeToFactor: 2 }),
        distance: 'inverse-relative',
        epsilon: Math.fround(0.20000076),
      },
      [3, 2],
    ),
  },
  {
    of: 'where an update cancels θ, what is left is known to few digits, and so is its scale',
    law: 'optax/vectors-step-by-step',
    input: {
      optimizer: adafactor(1, {
        dialect: 'optax',
        decayRate: 0.5,
        epsilon1: 2 ** -8,
        epsilon2: Math.fround(0.001),
        clippingThreshold: 2,
      }),
      parameters: [0.49139404296875],
      shape: [1],
      gradients: [[0.9278488159179688], [0.02222442626953125]],
    },
  },
];

describe.each(ACCUSATIONS)('$of', ({ law: id, input }) => {
  it.each(RIGHT_VARIANTS)('$name', async (variant) => {
    const found = findLaw(id);
    if (found === undefined) expect.fail(`no law is called ${id}`);
    const law = { ...found, inputs: () => fc.constant(input) };
    const implementation = createLiteral(variant);
    const verdict = await checkLaw(law, implementation, { runs: 1, seed: 1 });
    if (verdict.state === 'fail') expect.fail(explain(law, implementation, verdict));
  });
});
