import { describe, expect, test } from 'vitest';
import { createProblem, type Problem, type ProblemOptions } from '../../../src/dst/problem.ts';
import { consecutiveSilos } from '../../../src/dst/silos.ts';
import { createState, restoreState, type SavedState } from '../../../src/dst/state.ts';
import { step } from '../../../src/dst/step.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { adafactor } from '../../../src/optim/adafactor.ts';
import { adding, f32, refusal } from './toys.ts';

const seed = f32(1, 2, -4, 8, 1, 0.5);
const silos = consecutiveSilos([3, 3]);
const create = (options: Partial<ProblemOptions> = {}): Problem =>
  createProblem({ seed, epsilon: 0.5, optimizer: adding(), silos, ...options });
/** What would be written to a file: copies, and not the scratch. */
const save = ({ step, theta, thresholds, mask, optimizer }: SavedState): SavedState => ({
  step,
  theta: theta.slice(),
  thresholds: thresholds.slice(),
  mask: mask === null ? null : mask.slice(),
  optimizer: { step: optimizer.step, slots: new Map([...optimizer.slots].map(([name, slot]) => [name, slot.slice()])) },
});

describe('the state before the first step', () => {
  test('is a copy of the seed, and τ0 in every silo', () => {
    const state = createState(create());
    expect(state).toMatchObject({ step: 0, theta: seed, thresholds: Float64Array.of(1, 1), mask: null });
    expect(state.theta).not.toBe(seed);
    expect(state.theta).toBe(state.layout.theta);
    expect(state.optimizer.step).toBe(0);
    expect(createState(create({ threshold: { start: 3 } })).thresholds).toEqual(Float64Array.of(3, 3));
  });

  test('after a warm start is a τ of 0, which is re-seeded', () => {
    expect(createState(create({ threshold: { warmStart: true, start: 3 } })).thresholds).toEqual(Float64Array.of(0, 0));
  });

  test('the optimizer is started with the kernels and the tensors', () => {
    let seen: unknown;
    const optimizer = adding();
    const problem = create({
      optimizer: {
        ...optimizer,
        init: (...given) => {
          seen = given;
          return optimizer.init(...given);
        },
      },
    });
    createState(problem);
    expect(seen).toEqual([problem.kernels, problem.parameters]);
  });

  test('a random mask needs something to be drawn from', () => {
    expect(refusal(() => createState(create({ mask: 'random' })))).toBe(
      'random: expected a source of random numbers to draw the mask from, got "none"',
    );
    const { mask, layout } = createState(create({ mask: 'random' }), { integer: () => 0 });
    expect(mask).toEqual(f32(1, 0, 0, 1, 0, 0));
    expect(mask).toBe(layout.mask);
  });
});

describe('resumed', () => {
  const gradients = Array.from({ length: 6 }, (_, t) => seed.map((_, i) => Math.sin(7 * t + 3 * i)));

  test.each<[string, Partial<ProblemOptions>]>([
    ['select', {}],
    ['iterative', { threshold: { thresholdMethod: 'iterative' } }],
    ['no churn', { mask: 'first-step' }],
    ['random', { mask: 'random' }],
    ['ε = 1', { epsilon: 1 }],
    ['simd', { kernels: createKernels('simd') }],
  ])('a run goes on with the bits of the unbroken one (%s)', (_, options) => {
    const kernels = options.kernels ?? createKernels('scalar');
    const make = (): Problem =>
      create({
        ...options,
        kernels,
        seed: kernels.memory.copyOf(seed),
        optimizer: adafactor({ momentum: 0.9, multiplyByParameterScale: true }),
      });
    const run = (problem: Problem, state: ReturnType<typeof createState>, from: number, to: number): void => {
      for (let t = from; t < to; t++) step(problem, state, kernels.memory.copyOf(gradients[t]), 0.1);
    };
    const random = { integer: (bound: number): number => bound >> 1 };
    for (const at of [0, 1, 3]) {
      const [unbroken, broken] = [make(), make()];
      const whole = createState(unbroken, random);
      run(unbroken, whole, 0, 6);
      const first = createState(broken, random);
      run(broken, first, 0, at);
      const again = make();
      const second = restoreState(again, save(first));
      run(again, second, at, 6);
      expect(save(second)).toEqual(save(whole));
      expect(second.step).toBe(6);
    }
  });

  test('keeps no reference to what was saved', () => {
    const problem = create({ mask: 'first-step' });
    const state = createState(problem);
    step(problem, state, f32(1, 2, 3, 4, 5, 6), 0.1);
    const saved = save(state);
    const kept = save(saved);
    const resumed = restoreState(problem, saved);
    expect(save(resumed)).toEqual(saved);
    expect(resumed.mask).toBe(resumed.layout.mask);
    step(problem, resumed, f32(1, 2, 3, 4, 5, 6), 0.1);
    expect(saved).toEqual(kept);
  });

  test('a threshold of 0 or ∞ is taken, and −∞ at ε = 1', () => {
    const saved = { ...save(createState(create())), thresholds: Float64Array.of(0, Infinity) };
    expect(restoreState(create(), saved).thresholds).toEqual(Float64Array.of(0, Infinity));
    const all = { ...saved, thresholds: Float64Array.of(-Infinity, -Infinity) };
    expect(restoreState(create({ epsilon: 1 }), all).thresholds).toEqual(all.thresholds);
  });
});

describe('refused', () => {
  const saved = save(createState(create()));
  const mask = f32(1, 0, 0, 1, 0, 0);
  const restore = (change: Partial<SavedState>, options: Partial<ProblemOptions> = {}): string =>
    refusal(() => restoreState(create(options), { ...saved, ...change }));

  test.each<[Partial<SavedState>, string]>([
    [{ step: -1 }, 'state.step: expected a whole number from 0, got -1'],
    [{ step: 0.5 }, 'state.step: expected a whole number from 0, got 0.5'],
    [{ theta: f32(1) }, 'state.theta: expected 6 values, got 1'],
    [{ theta: f32(1, 2, 3, 4, NaN, 6) }, 'state.theta "parameters"[4]: expected a finite number, got NaN'],
    [{ thresholds: Float64Array.of(1) }, 'state.thresholds: expected 2 values, got 1'],
    [{ thresholds: Float64Array.of(1, -1) }, 'state.thresholds[1]: expected a threshold from 0, got -1'],
    [{ mask }, 'state.mask: expected none, got "a mask"'],
    [{ optimizer: { step: 0, slots: new Map() } }, 'state.optimizer: expected a slot "sum", got "none"'],
    [
      { optimizer: { step: 0, slots: new Map([['sum', f32(1, 2)]]) } },
      'state.optimizer "sum": expected 1 values, got 2',
    ],
    [
      { optimizer: { step: 0, slots: new Map([['sum', f32(1)], ['m', f32(1)]]) } }, // prettier-ignore
      'state.optimizer: expected slots of this optimizer, got "m"',
    ],
  ])('%#', (change, message) => {
    expect(restore(change)).toBe(message);
  });

  test('a mask that the problem needs, or does not need', () => {
    expect(restore({}, { mask: 'random' })).toBe('state.mask: expected a mask, got "none"');
    expect(restore({ mask: f32(1) }, { mask: 'random' })).toBe('state.mask: expected 6 values, got 1');
    expect(restore({ mask: f32(1, 0, 0, 2, 0, 0) }, { mask: 'random' })).toBe('state.mask[3]: expected 0 or 1, got 2');
    expect(restore({ mask: f32(2, 0, 0, 0, 0, 0) }, { mask: 'random' })).toBe('state.mask[0]: expected 0 or 1, got 2');
    expect(restore({ mask }, { mask: 'random' })).toBe('no refusal');
    expect(restore({}, { mask: 'first-step' })).toBe('no refusal');
    expect(restore({ mask }, { mask: 'first-step' })).toBe('state.mask: expected none, got "a mask"');
    expect(restore({ step: 1 }, { mask: 'first-step' })).toBe('state.mask: expected a mask, got "none"');
    expect(restore({ step: 1, mask }, { mask: 'first-step' })).toBe('no refusal');
    expect(restore({ step: 1 })).toBe('no refusal');
  });
});
