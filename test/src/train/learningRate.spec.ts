import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessLearningRate } from '../../../src/train/learningRate.ts';
import { METHOD_NAMES } from '../../../src/train/names.ts';
import { readTrainConfig, TRAIN_DEFAULTS } from '../../../src/train/config.ts';
import { runs } from '../../run/runs.ts';

const ADAFACTOR = { optimizer: 'adafactor', dialect: 't5x' } as const;
const epsilons = fc.double({ min: 0, max: 1, minExcluded: true, noNaN: true });

describe('the guess at a learning rate', () => {
  it('grows as ε shrinks, from that of full fine-tuning on, and is a number of two digits', () => {
    fc.assert(
      fc.property(fc.constantFrom(...METHOD_NAMES), epsilons, epsilons, (method, a, b) => {
        const guess = (epsilon: number): number => guessLearningRate({ ...ADAFACTOR, method, epsilon });
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(guess(low)).toBeGreaterThanOrEqual(guess(high));
        expect(guess(high)).toBeGreaterThanOrEqual(guessLearningRate({ ...ADAFACTOR, method: 'full', epsilon: 1 }));
        expect(guess(low)).toBe(Number(guess(low).toPrecision(2)));
      }),
      { numRuns: runs(200) },
    );
  });

  it('lies between two of its points evenly in the logarithms', () => {
    const at = (epsilon: number): number => guessLearningRate({ ...ADAFACTOR, method: 'dst', epsilon });
    for (const [high, low] of [
      [0.1, 0.01],
      [0.01, 0.001],
    ] as const)
      // prettier-ignore
      expect(at(Math.sqrt(high * low)) / Math.sqrt(at(high) * at(low))).toBeCloseTo(1, 1);
  });

  it('of full fine-tuning is one for every ε, which nothing of it depends on', () => {
    fc.assert(
      fc.property(epsilons, (epsilon) => {
        const guess = (share: number): number => guessLearningRate({ ...ADAFACTOR, method: 'full', epsilon: share });
        expect(guess(epsilon)).toBe(guess(1));
      }),
      { numRuns: runs(50) },
    );
  });

  it('is what a config without a learning rate has; one with it was given', () => {
    const read = (more: object): unknown => readTrainConfig({ model: 'seed', ...more }, 'config');
    expect(read({})).toEqual({ ...TRAIN_DEFAULTS, model: 'seed' });
    for (const method of METHOD_NAMES) {
      const searched = { ...ADAFACTOR, method, epsilon: 0.1 };
      expect(read(searched)).toMatchObject({ learningRate: guessLearningRate(searched), learningRateFrom: 'guess' });
      expect(read({ ...searched, learningRate: 7 })).toMatchObject({ learningRate: 7, learningRateFrom: 'given' });
    }
  });
});
