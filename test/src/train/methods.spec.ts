/**
 * What every method of fine-tuning keeps, in a decoder and in a T5: it begins at the seed, changes what its row says and no
 * more, does not look at the gradient of what it never changes, and goes on to the same bits.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKernels } from '../../../src/kernel/create.ts';
import { clipByGlobalNorm } from '../../../src/optim/clip.ts';
import type { Optimizer } from '../../../src/optim/optimizer.ts';
import { Random } from '../../../src/tensor/random.ts';
import { countElements, elementCount } from '../../../src/tensor/shape.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import type { Learner, Saved } from '../../../src/train/learner.ts';
import { METHODS } from '../../../src/train/methods.ts';
import { METHOD_NAMES, type MethodName } from '../../../src/train/names.ts';
import { createOptimizer } from '../../../src/train/optimization.ts';
import { runs } from '../../run/runs.ts';
import { createWorld } from './fixture.ts';
import { createT5World } from './t5World.ts';
import type { Parameter } from '../../../src/tensor/parameter.ts';

interface Model {
  readonly parameters: readonly Parameter[];
  readonly theta: Float32Array;
}

const models = new Map<string, Model>();
beforeAll(() => {
  const [small, t5] = [createWorld(), createT5World()];
  const { decoder } = small;
  const chance = new Random(5);
  const theta = new Float32Array(decoder.size).map(() => chance.normal());
  models.set('decoder', { parameters: decoder.parameters, theta });
  models.set('T5', { parameters: t5.model.parameters, theta: t5.theta });
  small.remove();
  t5.remove();
});

const CASES = METHOD_NAMES.flatMap((method) => ['decoder', 'T5'].map((kind) => [method, kind] as const));
const EPSILON = 0.05;
const STEPS = 3;

/** A method at work on a model. */
interface Work {
  readonly model: Model;
  readonly learner: Learner;
  /** One step, as the loop makes it. */
  readonly step: (gradient: Float32Array) => void;
  /** The same method, gone on with from what was saved. */
  readonly goOn: (saved: Saved) => Work;
}

function begin(method: MethodName, kind: string, more: object = {}, saved: Saved | null = null): Work {
  const model = models.get(kind);
  if (model === undefined) throw new Error(`no model ${kind}`);
  const kernels = createKernels('simd');
  const config = readTrainConfig({ model: 'any', method, epsilon: EPSILON, minDimSizeToFactor: 8, ...more }, 'spec');
  const optimizer: Optimizer = createOptimizer(config);
  const seed = kernels.memory.copyOf(model.theta);
  const learner = METHODS[method].create({ config, kernels, optimizer, parameters: model.parameters, seed, saved });
  const own = kernels.memory.floats(seed.length);
  return {
    model,
    learner,
    step(gradient) {
      own.set(gradient);
      learner.restrict(own);
      clipByGlobalNorm(kernels, own, 1, Math.sqrt(kernels.sumOfSquares(own)));
      learner.move(own, 0.03);
    },
    goOn: (from) => begin(method, kind, more, from),
  };
}

function gradientOf(n: number, chance: Random): Float32Array {
  return Float32Array.from({ length: n }, () => chance.normal());
}

/** Which of the elements of θ lie in tensors that may change. */
function isTrained(method: MethodName, { parameters, theta }: Model): boolean[] {
  const trained = Array.from(theta, () => false);
  for (const { shape, offset } of parameters.filter(METHODS[method].trains))
    trained.fill(true, offset, offset + elementCount(shape));
  return trained;
}

const bitsOf = (theta: Float32Array): string => Buffer.from(theta.slice().buffer).toString('hex');

describe.each(CASES)('%s, in a %s', (method, kind) => {
  it('begins at the seed, to the bit', () => {
    const { learner, model } = begin(method, kind);
    expect(bitsOf(learner.theta)).toBe(bitsOf(model.theta));
  });

  it('changes something, nothing outside of what its row says, and with an ε no more than that', () => {
    const { learner, model, step } = begin(method, kind);
    const trained = isTrained(method, model);
    const chance = new Random('law');
    for (let i = 0; i < STEPS; i++) {
      step(gradientOf(model.theta.length, chance));
      const changed = Array.from(learner.theta, (value, at) => !Object.is(value, model.theta[at]));
      expect(changed.some((is, at) => is && !trained[at])).toBe(false);
      const count = changed.filter((is) => is).length;
      const { size, trains } = METHODS[method];
      // the budget is spent silo by silo: a silo may keep one parameter more than its share
      const most =
        size === 'epsilon'
          ? EPSILON * model.theta.length + learner.siloNames.length
          : countElements(model.parameters.filter(trains));
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(most);
    }
  });

  it('does not look at the gradient of what never changes, whatever stands there', () => {
    const value = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, 1e30));
    fc.assert(
      fc.property(fc.integer(), value, (number, strange) => {
        const [one, other] = [begin(method, kind), begin(method, kind)];
        const trained = isTrained(method, one.model);
        const chance = new Random(`gradient ${number}`);
        for (let i = 0; i < STEPS; i++) {
          const gradient = gradientOf(trained.length, chance);
          one.step(gradient);
          other.step(gradient.map((g, at) => (trained[at] ? g : strange)));
        }
        expect(bitsOf(other.learner.theta)).toBe(bitsOf(one.learner.theta));
      }),
      { numRuns: Math.min(runs(3), 30) },
    );
  });

  it.each([{}, { momentum: 0.9 }, { optimizer: 'sgd' }])('saved and gone on with gives the same bits: %j', (more) => {
    const whole = begin(method, kind, more);
    const first = begin(method, kind, more);
    const n = whole.model.theta.length;
    const gradients = Array.from({ length: 2 * STEPS }, (_, i) => gradientOf(n, new Random(`step ${i}`)));
    gradients.forEach(whole.step);
    gradients.slice(0, STEPS).forEach(first.step);
    const { step, vectors } = first.learner.save();
    const saved = { step, vectors: new Map([...vectors].map(([name, vector]) => [name, vector.slice()])) };
    const second = first.goOn(saved);
    expect(bitsOf(second.learner.theta)).toBe(bitsOf(first.learner.theta));
    gradients.slice(STEPS).forEach(second.step);
    expect(bitsOf(second.learner.theta)).toBe(bitsOf(whole.learner.theta));
  });
});
