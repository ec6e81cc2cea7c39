import { describe, expect, test } from 'vitest';
import type { StepEvent } from '../../../src/dst/events.ts';
import { computeNearest } from '../../../src/dst/nearest.ts';
import { createProblem, type Problem, type ProblemOptions } from '../../../src/dst/problem.ts';
import { MASK_RULES, THRESHOLD_METHODS } from '../../../src/dst/notation.ts';
import { consecutiveSilos } from '../../../src/dst/silos.ts';
import { createState, type TuningState } from '../../../src/dst/state.ts';
import { step } from '../../../src/dst/step.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES, type Kernels } from '../../../src/kernel/kernels.ts';
import { adafactor } from '../../../src/optim/adafactor.ts';
import { sgd } from '../../../src/optim/sgd.ts';
import { adding, f32, refusal, tensor } from './toys.ts';

const seed = f32(1, 2, -4, 8, 1, 0.5);
const create = (options: Partial<ProblemOptions> = {}) =>
  createProblem({
    seed,
    epsilon: 0.5,
    optimizer: adding(),
    distance: 'absolute',
    silos: consecutiveSilos([3, 3]),
    ...options,
  });

describe('Algorithm 1', () => {
  test('one step: update, candidate, and silo by silo distances, threshold, projection', () => {
    const problem = create();
    const state = createState(problem);
    step(problem, state, f32(1, -2, 0.5, 0.25, 3, 2), 0.1);
    expect(state.theta).toEqual(f32(1, 0, -4, 8, 4, 0.5));
    expect(state.thresholds).toEqual(Float64Array.of(1, 2));
    expect(state.step).toBe(1);
    expect(state.mask).toBe(null);
    expect(seed).toEqual(f32(1, 2, -4, 8, 1, 0.5));
  });

  test('what is not kept returns to the seed, and not to its previous value', () => {
    const problem = create();
    const state = createState(problem);
    step(problem, state, f32(0, 3, 0, 0, 0, 2), 0.1);
    expect(state.theta).toEqual(f32(1, 5, -4, 8, 1, 2.5));
    step(problem, state, f32(4, 0, 0, 0, 0, 0.5), 0.1);
    expect(state.theta).toEqual(f32(5, 2, -4, 8, 1, 3));
    step(problem, state, f32(-4.5, 1, 0, 0, 0, 0), 0.1);
    expect(state.theta).toEqual(f32(1, 3, -4, 8, 1, 3));
    expect(state.step).toBe(3);
  });

  test('the optimizer is given the whole gradient, the learning rate, and the projected parameters', () => {
    const seen: [number[], number[], number][] = [];
    const optimizer = adding();
    const spying = {
      ...optimizer,
      update: (...[update, state, gradient, theta, learningRate]: Parameters<typeof optimizer.update>): void => {
        seen.push([[...gradient], [...theta], learningRate]);
        optimizer.update(update, state, gradient, theta, learningRate);
      },
    };
    const problem = create({ optimizer: spying });
    const state = createState(problem);
    step(problem, state, f32(1, 3, 0, 0, 1, 2), 0.25);
    step(problem, state, f32(1, 1, 1, 1, 1, 1), 0.125);
    expect(seen).toEqual([
      [[1, 3, 0, 0, 1, 2], [...seed], 0.25],
      [[1, 1, 1, 1, 1, 1], [1, 5, -4, 8, 1, 2.5], 0.125],
    ]);
    expect(state.optimizer.step).toBe(2);
  });

  test('Algorithm 2 carries each threshold from step to step', () => {
    const problem = create({ threshold: { thresholdMethod: 'iterative', iterations: 1 } });
    const state = createState(problem);
    expect(state.thresholds).toEqual(Float64Array.of(1, 1));
    step(problem, state, f32(4, 2, 1, 0.5, 0.25, 0.125), 0.1);
    expect(state.thresholds).toEqual(Float64Array.of(1.625, 0.875));
    step(problem, state, f32(0, 0, 0, 0, 0, 0), 0.1);
    expect(state.thresholds).toEqual(Float64Array.of(1.421875, 0.765625));
  });

  test('ε = 1 is the optimizer alone', () => {
    const problem = create({ epsilon: 1, optimizer: sgd() });
    const state = createState(problem);
    step(problem, state, f32(1, 2, 3, 4, 5, 6), 0.5);
    expect(state.theta).toEqual(f32(0.5, 1, -5.5, 6, -1.5, -2.5));
    step(problem, state, f32(0, 0, 0, 0, 0, 2), 0.5);
    expect(state.theta).toEqual(f32(0.5, 1, -5.5, 6, -1.5, -3.5));
    expect(state.thresholds).toEqual(Float64Array.of(-Infinity, -Infinity));
  });

  test('a steady step allocates nothing in the memory of the kernels', () => {
    const kernels = createKernels('simd');
    const memory = kernels.memory;
    const problem = create({ kernels, seed: memory.copyOf(seed), threshold: { thresholdMethod: 'iterative' } });
    const state = createState(problem);
    const gradient = memory.copyOf([1, -2, 0.5, 0.25, 3, 2]);
    const bytes = memory.bytes;
    for (let t = 0; t < 3; t++) step(problem, state, gradient, 0.1);
    expect(memory.bytes).toBe(bytes);
    expect(state.step).toBe(3);
  });
});

describe('the events', () => {
  const shorten = (options: Partial<ProblemOptions>, gradient: Float32Array, steps = 1): string[] => {
    const problem = create(options);
    const state = createState(problem, { integer: () => 0 });
    let told: string[] = [];
    for (let t = 0; t < steps; t++) {
      told = [];
      step(problem, state, gradient, 0.1, (event) =>
        told.push(`${event.kind} ${event.anchor}${'silo' in event ? ` ${event.silo.silo.name}` : ''}`),
      );
    }
    return told;
  };
  const gradient = f32(1, -2, 0.5, 0.25, 3, 2);

  test.each(['select', 'sort'] as const)('of a step, each with its equation (%s)', (method) => {
    expect(shorten({ threshold: { thresholdMethod: method } }, gradient)).toEqual([
      'update alg-1',
      'candidate eq-3',
      'distances eq-5 silo 0',
      'threshold eq-6 silo 0',
      'projection eq-7 silo 0',
      'distances eq-5 silo 1',
      'threshold eq-6 silo 1',
      'projection eq-7 silo 1',
      'done alg-1',
    ]);
  });

  test('of Algorithm 2: every halving', () => {
    const silos = consecutiveSilos([6]);
    expect(shorten({ silos, threshold: { thresholdMethod: 'iterative', iterations: 2 } }, gradient)).toEqual([
      'update alg-1',
      'candidate eq-3',
      'distances eq-5 silo 0',
      'bisection alg-2 silo 0',
      'bisection alg-2 silo 0',
      'threshold alg-2 silo 0',
      'projection eq-7 silo 0',
      'done alg-1',
    ]);
  });

  test('of ε = 1, of a random mask, and of no churn from the second step', () => {
    const silos = consecutiveSilos([6]);
    expect(shorten({ silos, epsilon: 1 }, gradient)[3]).toBe('threshold amb-8 silo 0');
    const masked = ['update alg-1', 'candidate eq-3', 'projection tab-2 silo 0', 'done alg-1'];
    expect(shorten({ silos, mask: 'random' }, gradient)).toEqual(masked);
    expect(shorten({ silos, mask: 'first-step' }, gradient)[2]).toBe('distances eq-5 silo 0');
    expect(shorten({ silos, mask: 'first-step' }, gradient, 2)).toEqual([
      'update alg-1',
      'candidate eq-3',
      'projection tab-7 silo 0',
      'done alg-1',
    ]);
  });

  test('hold the live vectors, and θ stays what it was until the last', () => {
    const problem = create({ threshold: { thresholdMethod: 'iterative', iterations: 1 } });
    const state = createState(problem);
    const told: StepEvent[] = [];
    step(problem, state, gradient, 0.1, (event) => {
      // Each with copies of what it holds: the next event may write over it.
      told.push(structuredClone(event));
      if (event.kind !== 'done') expect(state.theta).toEqual(seed);
    });
    const silo = { distances: f32(1, 2, 0.5) };
    const selection = { threshold: 0.875, ties: 0 };
    expect(told.slice(0, 6)).toMatchObject([
      { kind: 'update', gradient, update: gradient, learningRate: 0.1 },
      { kind: 'candidate', candidate: f32(2, 0, -3.5, 8.25, 4, 2.5) },
      { kind: 'distances', silo },
      { kind: 'bisection', bisection: { iteration: 1, lo: 0.5, hi: 2, mid: 1.25, fraction: 1 / 3 }, target: 0.5 },
      { kind: 'threshold', selection },
      { kind: 'projection', compared: silo.distances, selection },
    ]);
    expect(told.at(-1)).toEqual({ kind: 'done', anchor: 'alg-1', theta: f32(2, 0, -4, 8, 4, 2.5) });
    expect(state.step).toBe(1);
  });

  test('do not change a bit of the step, of Algorithm 2 neither', () => {
    for (const method of THRESHOLD_METHODS) {
      const problem = create({ threshold: { thresholdMethod: method, iterations: 7 } });
      const [alone, observed] = [createState(problem), createState(problem)];
      for (let t = 0; t < 3; t++) {
        step(problem, alone, gradient, 0.1);
        step(problem, observed, gradient, 0.1, () => undefined);
      }
      expect(observed.theta).toEqual(alone.theta);
      expect(observed.thresholds).toEqual(alone.thresholds);
    }
  });
});

describe('what observing costs', () => {
  test('nobody who takes a whole step pays for the passes of the halvings', () => {
    const plain = createKernels('scalar');
    let passes = 0;
    const counting: Kernels = {
      ...plain,
      countAbove: (...args) => {
        passes += 1;
        return plain.countAbove(...args);
      },
    };
    const problem = create({ threshold: { thresholdMethod: 'iterative', iterations: 7 }, kernels: counting });
    const passesOf = (run: () => unknown): number => {
      passes = 0;
      run();
      return passes;
    };
    const gradient = f32(4, 2, 1, 0.5, 0.25, 0.125);
    const whole = passesOf(() => {
      step(problem, createState(problem), gradient, 0.1);
    });
    const nearest = passesOf(() => computeNearest(problem, gradient));
    const halvings = passesOf(() => {
      step(problem, createState(problem), gradient, 0.1, () => undefined);
    });
    expect({ whole, nearest, halvings }).toEqual({ whole: 0, nearest: 0, halvings: 2 * 7 });
  });
});

describe('an abandoned step leaves everything as it was, to the bit', () => {
  /** Momentum, so that the optimizer's state is as long as θ; a factor and whole vectors besides. */
  const optimizer = adafactor({ momentum: 0.9, minDimSizeToFactor: 2 });
  const parameters = [tensor('query', 0, [2, 2], 0), tensor('query', 1, [2], 4)];
  const gradients = [f32(1, -2, 0.5, 0.25, 3, 2), f32(-1, 1, 4, 2, 0.5, 1), f32(2, 2, -1, 1, -3, 0.125)];

  const begin = (options: Partial<ProblemOptions>, name: (typeof KERNEL_NAMES)[number] = 'scalar') => {
    const kernels = createKernels(name);
    const views = gradients.map((g) => kernels.memory.copyOf(g));
    const problem = create({
      optimizer,
      parameters,
      silos: 'per-module-and-layer',
      kernels,
      ...options,
      seed: kernels.memory.copyOf(seed),
    });
    return { problem, state: createState(problem, { integer: (bound) => bound >> 1 }), views };
  };
  const contentOf = ({ step: t, theta, thresholds, mask, optimizer: { step: updates, slots } }: TuningState) =>
    structuredClone({
      t,
      theta: Float32Array.from(theta),
      thresholds,
      mask: mask && Float32Array.from(mask),
      updates,
      slots,
    });
  /** The step is tried, and does not come to its end. */
  const abandon = (
    problem: Problem,
    state: TuningState,
    g: Float32Array,
    at: number,
  ): StepEvent['kind'] | undefined => {
    let last: StepEvent['kind'] | undefined;
    let count = 0;
    const attempt = (): void =>
      step(problem, state, g, 0.1, ({ kind }) => {
        last = kind;
        if (count++ === at) throw new Error('enough');
      });
    if (at === Infinity) attempt();
    else expect(attempt).toThrow('enough');
    return last;
  };
  const countEvents = (options: Partial<ProblemOptions>, t: number): number => {
    const { problem, state, views } = begin(options);
    let events = 0;
    views.slice(0, t + 1).forEach((g) => {
      events = 0;
      step(problem, state, g, 0.1, () => (events += 1));
    });
    return events;
  };

  const CASES = KERNEL_NAMES.flatMap((name) => [
    ...THRESHOLD_METHODS.map((method) => ({
      name,
      what: method,
      options: { threshold: { thresholdMethod: method, iterations: 2 } },
    })),
    ...MASK_RULES.map((mask) => ({ name, what: mask, options: { mask } })),
    { name, what: 'ε = 1', options: { epsilon: 1 } },
  ]);

  test.each(CASES)('by an observer, at every event but the last: $what, $name kernels', ({ name, options }) => {
    for (const t of [0, 1]) {
      const events = countEvents(options, t);
      const [whole, broken] = [begin(options, name), begin(options, name)];
      for (const { problem, state, views } of [whole, broken]) {
        for (let before = 0; before < t; before++) step(problem, state, views[before], 0.1);
      }
      const content = contentOf(broken.state);
      for (let at = 0; at < events - 1; at++) {
        expect(abandon(broken.problem, broken.state, broken.views[t], at)).not.toBe('done');
        expect(contentOf(broken.state)).toEqual(content);
      }
      // The last event comes after all of it, and what is thrown there abandons nothing.
      expect(abandon(broken.problem, broken.state, broken.views[t], events - 1)).toBe('done');
      step(whole.problem, whole.state, whole.views[t], 0.1);
      expect(contentOf(broken.state)).toEqual(contentOf(whole.state));
      step(broken.problem, broken.state, broken.views[2], 0.1);
      step(whole.problem, whole.state, whole.views[2], 0.1);
      expect(contentOf(broken.state)).toEqual(contentOf(whole.state));
    }
  });

  test('by an optimizer that throws in the middle of its update', () => {
    const plain = adding();
    let fails = false;
    const failing = {
      ...plain,
      update: (...given: Parameters<typeof plain.update>): void => {
        plain.update(...given);
        if (fails) throw new Error('no more');
      },
    };
    const { problem, state, views } = begin({ optimizer: failing });
    step(problem, state, views[0], 0.1);
    const content = contentOf(state);
    fails = true;
    expect(() => step(problem, state, views[1], 0.1)).toThrow('no more');
    expect(contentOf(state)).toEqual(content);
  });

  test('by a candidate that is not finite', () => {
    const largest = 2 ** 128 - 2 ** 104;
    const { problem, state, views } = begin({ optimizer: adding() });
    step(problem, state, views[0], 0.1);
    const content = contentOf(state);
    views[1].fill(largest);
    step(problem, state, views[1], 0.1);
    expect(contentOf(state)).not.toEqual(content);
    const after = contentOf(state);
    expect(refusal(() => step(problem, state, views[1], 0.1))).toContain('expected a finite number, got Infinity');
    expect(contentOf(state)).toEqual(after);
  });
});

describe('refused', () => {
  const parameters = [tensor('query', 0, [4], 0), tensor('query', 1, [2], 4)];

  test('a NaN in the gradient, before anything has changed', () => {
    const problem = create({ parameters });
    const state = createState(problem);
    step(problem, state, f32(0, 3, 0, 0, 0, 2), 0.1);
    const before = state.theta.slice();
    expect(refusal(() => step(problem, state, f32(0, 0, 0, 0, NaN, 0), 0.1))).toBe(
      'gradient "layers/1/query"[0] at step 2: expected a finite number, got NaN',
    );
    expect(state.theta).toEqual(before);
    expect(state.step).toBe(1);
    expect(state.optimizer.step).toBe(1);
  });

  test('a candidate that is not finite; the parameters stay', () => {
    const largest = 2 ** 128 - 2 ** 104;
    const problem = create({ parameters, seed: f32(1, 2, -4, 8, 1, largest) });
    const state = createState(problem);
    expect(refusal(() => step(problem, state, f32(1, 1, 1, 1, 1, largest), 0.1))).toBe(
      'candidate "layers/1/query"[1] at step 1: expected a finite number, got Infinity',
    );
    expect(state.theta).toEqual(problem.seed);
    expect(state.step).toBe(0);
  });

  test('a learning rate that is not finite', () => {
    const problem = create();
    expect(refusal(() => step(problem, createState(problem), new Float32Array(6), NaN))).toBe(
      'learningRate at step 1: expected a finite number, got NaN',
    );
  });
});
