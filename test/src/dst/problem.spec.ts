import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/dst/checks.ts';
import {
  createProblem,
  createProjection,
  defaultKernels,
  THRESHOLD_DEFAULTS,
  type ProblemOptions,
} from '../../../src/dst/problem.ts';
import { DISTANCES } from '../../../src/dst/notation.ts';
import { consecutiveSilos } from '../../../src/dst/silos.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { sgd } from '../../../src/optim/sgd.ts';
import { createState } from '../../../src/dst/state.ts';
import { step } from '../../../src/dst/step.ts';
import { adding, f32, kernels, refusal, tensor } from './toys.ts';

const seed = f32(1, 2, 3, 4);
const optimizer = adding();
const withOption = (option: Record<string, unknown>): string =>
  refusal(() => createProblem({ seed, epsilon: 0.5, optimizer, ...(option as Partial<ProblemOptions>) }));

describe('completed', () => {
  test("with the paper's choices where it makes one, and the exact method of selection", () => {
    const problem = createProblem({ seed, epsilon: 0.5, optimizer });
    expect(problem).toMatchObject({
      epsilon: 0.5,
      distance: 'inverse-relative',
      threshold: { thresholdMethod: 'select', factor: 2, iterations: 10, start: 1, warmStart: false },
      budget: 'quantile',
      mask: 'every-step',
      normalisation: null,
      parameters: [{ name: 'parameters', shape: [4], offset: 0 }],
      silos: [{ name: 'parameters', size: 4 }],
      budgets: [{ keep: 2, rank: 1, weight: 0.5, fraction: 0.5 }],
    });
    expect(problem.seed).toBe(seed);
    expect(problem.optimizer).toBe(optimizer);
    expect(problem.kernels).toBe(defaultKernels());
    expect(defaultKernels().name).toBe('scalar');
    expect(defaultKernels()).toBe(defaultKernels());
    expect(THRESHOLD_DEFAULTS).toEqual(problem.threshold);
  });

  test('with the options given', () => {
    const parameters = [tensor('query', 0, [2], 0), tensor('query', 1, [2], 2), tensor('tied', null, [2], 0)];
    const problem = createProblem({
      seed,
      epsilon: 0.25,
      optimizer,
      parameters,
      distance: 'relative',
      threshold: { thresholdMethod: 'iterative', iterations: 7 },
      budget: 'largest-remainder',
      mask: 'random',
      normalisation: { by: 'mean', over: 'per-module' },
      kernels,
      silos: 'per-module',
    });
    expect(problem.parameters).toEqual(parameters.slice(0, 2));
    expect(problem.silos.map(({ name }) => name)).toEqual(['layers/query']);
    expect(problem.threshold).toEqual({ ...THRESHOLD_DEFAULTS, thresholdMethod: 'iterative', iterations: 7 });
    expect(problem.budgets).toEqual([{ keep: 1, rank: 2, weight: 0, fraction: 0.25 }]);
    expect(problem.kernels).toBe(kernels);
    expect(problem).toMatchObject({
      distance: 'relative',
      budget: 'largest-remainder',
      mask: 'random',
      normalisation: { by: 'mean', over: 'per-module' },
    });
  });

  test('with silos per module and layer by default, grouped if asked', () => {
    const parameters = [tensor('query', 0, [2], 0), tensor('key', 0, [2], 2)];
    const silosOf = (group?: (module: string) => string): string[] =>
      createProjection({ seed, epsilon: 0.5, parameters, ...(group === undefined ? {} : { group }) }).silos.map(
        ({ name }) => name,
      );
    expect(silosOf()).toEqual(['layers/query@0', 'layers/key@0']);
    expect(silosOf(() => 'attention')).toEqual(['attention@0']);
  });

  test('with silos of its own', () => {
    const silos = consecutiveSilos([1, 3]);
    expect(createProjection({ seed, epsilon: 0.5, silos }).silos).toBe(silos);
  });
});

test('what is undefined is not given: defaults stand', () => {
  const given: Record<string, unknown> = { thresholdMethod: 'iterative', factor: undefined };
  const threshold = given as { thresholdMethod: 'iterative' };
  expect(createProblem({ seed, epsilon: 0.5, optimizer, threshold }).threshold.factor).toBe(THRESHOLD_DEFAULTS.factor);
});

test('a complete problem is a description as well', () => {
  const problem = createProblem({ seed, epsilon: 0.5, optimizer });
  expect(createProblem(problem)).toEqual(problem);
  expect(createProjection(problem).budgets).toEqual(problem.budgets);
});

describe('refused', () => {
  test.each([
    [{ epsilon: 0 }, 'epsilon: expected a number in (0, 1], got 0'],
    [{ epsilon: 1.5 }, 'epsilon: expected a number in (0, 1], got 1.5'],
    [{ epsilon: NaN }, 'epsilon: expected a number in (0, 1], got NaN'],
    [{ epsilon: 2, budget: 'largest-remainder' }, 'epsilon: expected a number in (0, 1], got 2'],
    [{ seed: f32() }, 'seed: expected one parameter or more, got "none"'],
    [{ seed: f32(1, NaN) }, 'seed "parameters"[1]: expected a finite number, got NaN'],
    [{ seed: f32(Infinity) }, 'seed "parameters"[0]: expected a finite number, got Infinity'],
    [{ parameters: [tensor('a', null, [3], 0)] }, 'seed: expected 3 values, one for each parameter, got 4'],
    [{ parameters: [tensor('a', null, [4], 1)] }, 'silos: expected parameter 0 in one silo, got "none"'],
    [{ silos: consecutiveSilos([3]) }, 'silos: expected 4 parameters in all, got 3'],
    [
      { distance: 'inverse' },
      `distance: expected one of ${DISTANCES.join(', ')}, got "inverse" (did you mean "inverse-relative"?)`,
    ],
    [{ mask: 'randon' }, 'mask: expected one of every-step, first-step, random, got "randon" (did you mean "random"?)'],
    [{ budget: 'x' }, 'budget: expected one of quantile, largest-remainder, got "x"'],
    [{ silos: 'x' }, 'silos: expected one of none, per-module, per-module-and-layer, got "x"'],
    [
      { normalisation: { by: 'seize', over: 'per-module' } },
      'normalisation.by: expected one of size, mean, got "seize" (did you mean "size"?)',
    ],
    [
      { threshold: { thresholdMethod: 'sorted' } },
      'threshold.thresholdMethod: expected one of sort, select, iterative, got "sorted" (did you mean "sort"?)',
    ],
    [{ threshold: { start: 0 } }, 'threshold.start: expected a finite number above 0, got 0'],
    [{ threshold: { start: Infinity } }, 'threshold.start: expected a finite number above 0, got Infinity'],
    [{ threshold: { start: NaN } }, 'threshold.start: expected a finite number above 0, got NaN'],
    [{ threshold: { factor: 1 } }, 'threshold.factor: expected a finite number above 1, got 1'],
    [{ threshold: { iterations: 0 } }, 'threshold.iterations: expected a whole number of at least 1, got 0'],
  ])('%j', (option, message) => {
    expect(withOption(option)).toBe(message);
  });

  // What a compiler would have said, to those who have none.
  test.each([
    [{ seed: Float64Array.of(1, 2, 3, 4) }, 'seed: expected a Float32Array, got a Float64Array of 4'],
    [{ seed: [1, 2, 3, 4] }, 'seed: expected a Float32Array, got a list of 4'],
    [{ seed: undefined }, 'seed: expected a Float32Array, got undefined'],
    [{ epsilon: '0.5' }, 'epsilon: expected a number in (0, 1], got "0.5"'],
    [{ epsilon: undefined }, 'epsilon: expected a number in (0, 1], got undefined'],
    [{ optimizer: sgd }, 'optimizer: expected an optimizer, as sgd() makes one, got the function sgd'],
    [{ optimizer: undefined }, 'optimizer: expected an optimizer, as sgd() makes one, got undefined'],
    [{ optimizer: {} }, 'optimizer.init: expected a function, got undefined'],
    [
      { distanse: 'absolute' },
      /^createProblem: expected one of seed, .*, got "distanse" \(did you mean "distance"\?\)$/,
    ],
    [{ threshold: 'sort' }, 'threshold: expected an object, got "sort"'],
    [
      { threshold: { iteration: 3 } },
      /^threshold: expected one of .*, got "iteration" \(did you mean "iterations"\?\)$/,
    ],
    [{ threshold: { warmStart: 'no' } }, 'threshold.warmStart: expected true or false, got "no"'],
    [{ group: 'attention' }, 'group: expected a function, got "attention"'],
    [{ kernels: 'simd' }, 'kernels: expected kernels, as createKernels makes them, got "simd"'],
    [
      { kernels: createKernels },
      'kernels: expected kernels, as createKernels makes them, got the function createKernels',
    ],
    [{ normalisation: 'size' }, 'normalisation: expected an object, got "size"'],
    [{ parameters: tensor('a', null, [4], 0) }, 'parameters: expected a list, got an object'],
    [{ parameters: [{ name: 'a', size: 4 }] }, 'parameters[0].module: expected a text, got undefined'],
    [
      {
        silos: [
          [0, 1],
          [2, 3],
        ],
      },
      'silos[0]: expected a silo, got a list of 2',
    ],
  ])('from JavaScript %#', (option, message) => {
    if (typeof message === 'string') expect(withOption(option)).toBe(message);
    else expect(withOption(option)).toMatch(message);
  });

  test('options that are none at all', () => {
    const none: unknown = seed;
    expect(refusal(() => createProblem(none as ProblemOptions))).toBe(
      'createProblem: expected an object, got a Float32Array of 4',
    );
  });

  test('a normalisation over nothing', () => {
    expect(withOption({ normalisation: { by: 'size', over: 'none' } })).toBe(
      'normalisation.over: expected one of per-module, per-module-and-layer, got "none"',
    );
  });
});

test('simd kernels refuse a view of the memory of others', () => {
  const [kernels, others] = [createKernels('simd'), createKernels('simd')];
  const seed = others.memory.copyOf([1, 2]);
  expect(() => createProblem({ seed, epsilon: 0.5, optimizer: sgd(), kernels })).toThrow(
    'seed: expected a view of the memory of the simd kernels, got "a view of another memory"',
  );
});

test('simd kernels refuse plain arrays, which they would read elsewhere', () => {
  const simd = createKernels('simd');
  expect(withOption({ kernels: simd })).toBe(
    'seed: expected a view of the memory of the simd kernels, got "a plain array"',
  );
  expect(withOption({ kernels: simd, seed: simd.memory.copyOf(seed) })).toBe('no refusal');
  const gradient = refusal(() => checkGradient(f32(1), 1, [tensor('a', null, [1], 0)], simd, ''));
  expect(gradient).toBe('gradient: expected a view of the memory of the simd kernels, got "a plain array"');
});

test('a step takes no vector but float32, and changes nothing', () => {
  const problem = createProblem({ seed, epsilon: 0.5, optimizer: sgd() });
  const state = createState(problem);
  const doubles: unknown = Float64Array.of(1, 2, 3, 4);
  expect(refusal(() => step(problem, state, doubles as Float32Array, 0.1))).toBe(
    'gradient: expected a Float32Array, got a Float64Array of 4',
  );
  expect([state.step, ...state.theta]).toEqual([0, ...seed]);
});

describe('a gradient', () => {
  const parameters = [tensor('query', 0, [2, 2], 0), tensor('norm', null, [2], 4)];
  const check = (gradient: Float32Array, learningRate = 0.1): string =>
    refusal(() => checkGradient(gradient, learningRate, parameters, kernels, ' at step 12'));

  test('of finite numbers passes', () => {
    expect(check(f32(1, 2, 3, 4, 5, 6))).toBe('no refusal');
  });

  test('is refused with its tensor, index and step', () => {
    expect(check(f32(1, 2, 3))).toBe('gradient: expected 6 values, got 3');
    expect(check(f32(1, 2, 3, 4, 5, NaN))).toBe('gradient "norm"[1] at step 12: expected a finite number, got NaN');
    expect(check(f32(-Infinity, 2, 3, 4, 5, 6))).toBe(
      'gradient "layers/0/query"[0] at step 12: expected a finite number, got -Infinity',
    );
  });

  test.each([NaN, Infinity])('with a learning rate of %d is refused', (learningRate) => {
    expect(check(f32(1, 2, 3, 4, 5, 6), learningRate)).toBe(
      `learningRate at step 12: expected a finite number, got ${learningRate}`,
    );
  });
});
