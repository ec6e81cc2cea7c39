/**
 * AdaFactor's stages, each by an option that shows it alone; the whole against published formulas is in spec/laws.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Internal, InvalidInput } from '../../../src/errors.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES, type Kernels } from '../../../src/kernel/kernels.ts';
import { adafactor } from '../../../src/optim/adafactor.ts';
import type { AdafactorOptions } from '../../../src/optim/dialects.ts';
import type { Optimizer, OptimizerState } from '../../../src/optim/optimizer.ts';
import { runs, runSeed } from '../../run/runs.ts';
import type { ParameterShape } from '../../../src/tensor/parameter.ts';

const EPSILON = 2 ** -23;

/** Gradients whose squares neither vanish beside 1e-30 (times 2²⁴) nor overflow. */
const ordinary = fc
  .tuple(fc.double({ min: 1e-11, max: 1e18, noNaN: true }), fc.boolean())
  .map(([size, negative]) => Math.fround(negative ? -size : size));

/** Updates of one tensor, one per gradient, θ staying where it is. */
function updatesOf(
  kernels: Kernels,
  options: Partial<AdafactorOptions>,
  shape: readonly number[],
  theta: readonly number[],
  gradients: readonly (readonly number[])[],
  learningRate = 1,
): Float32Array[] {
  const { memory } = kernels;
  const mark = memory.mark();
  const optimizer = adafactor(options);
  const state = optimizer.init(kernels, [{ name: 'w', shape, offset: 0 }]);
  const parameters = memory.copyOf(theta);
  const [update, g] = [memory.floats(theta.length), memory.floats(theta.length)];
  const updates = gradients.map((gradient) => {
    g.set(gradient);
    optimizer.update(update, state, g, parameters, learningRate);
    return Float32Array.from(update);
  });
  memory.release(mark);
  return updates;
}

const PLAIN = { multiplyByParameterScale: false, clippingThreshold: null } as const;

describe.each(KERNEL_NAMES)('adafactor on %s kernels', (name) => {
  const kernels = createKernels(name);

  it('makes an unfactored first update of exactly −sign(g): a division by the root, not a product', () => {
    fc.assert(
      fc.property(fc.array(ordinary, { minLength: 1, maxLength: 40 }), (gradient) => {
        const [update] = updatesOf(kernels, PLAIN, [gradient.length], gradient, [gradient]);
        expect([...update]).toEqual(gradient.map((g) => -Math.sign(g)));
      }),
      { numRuns: runs(100), seed: runSeed() },
    );
  });

  it('keeps that first update tied under clipping and parameter scale', () => {
    fc.assert(
      fc.property(fc.array(ordinary, { minLength: 1, maxLength: 40 }), fc.double({ min: 1e-4, max: 10 }), (g, rate) => {
        const [update] = updatesOf(
          kernels,
          {},
          [g.length],
          g.map(() => 0.5),
          [g],
          rate,
        );
        const sizes = new Set(update.map(Math.abs));
        expect([...sizes]).toEqual([Math.fround(rate * 0.5)]);
      }),
      { numRuns: runs(100), seed: runSeed() },
    );
  });

  it('leaves alone what has no gradient', () => {
    const [update] = updatesOf(kernels, {}, [4], [1, 2, 3, 4], [[0, 0, 0, 0]]);
    expect([...update].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it('weighs the first two squares by β₂ = 1 − 2^−0.8', () => {
    const [, second] = updatesOf(kernels, PLAIN, [1], [0], [[3], [4]]);
    const beta2 = 1 - 2 ** -0.8;
    const v = beta2 * 9 + (1 - beta2) * 16;
    expect(Math.abs(second[0] + 4 / Math.sqrt(v))).toBeLessThan(8 * EPSILON);
  });

  it('clips the RMS of the whole tensor to the threshold', () => {
    const gradients = [
      [1, 1, 1, 1],
      [9, -9, 9, 9],
    ];
    const options = { ...PLAIN, clippingThreshold: 0.5 };
    for (const update of updatesOf(kernels, options, [4], [1, 1, 1, 1], gradients)) {
      const rms = Math.sqrt(update.reduce((sum, u) => sum + u * u, 0) / 4);
      expect(Math.abs(rms - 0.5)).toBeLessThan(4 * EPSILON);
    }
  });

  it('does not scale up what is under the threshold', () => {
    const options = { ...PLAIN, clippingThreshold: 2 };
    const [update] = updatesOf(kernels, options, [2], [1, 1], [[3, -4]]);
    expect([...update]).toEqual([-1, 1]);
  });

  it('takes RMS(θ) of the parameters passed in, and ε₂ where that is larger', () => {
    const scaled = { ...PLAIN, multiplyByParameterScale: true };
    expect([...updatesOf(kernels, scaled, [2], [3, -3], [[1, 1]], 0.5)[0]]).toEqual([-1.5, -1.5]);
    expect([...updatesOf(kernels, scaled, [2], [0, 0], [[1, 1]], 0.5)[0]]).toEqual(
      [-1, -1].map((u) => Math.fround(u * 5e-4)),
    );
  });

  it('averages the scaled update with momentum, without debiasing', () => {
    const [first, second] = updatesOf(kernels, { ...PLAIN, momentum: 0.75 }, [1], [0], [[2], [2]]);
    expect(first[0]).toBe(-0.25);
    expect(second[0]).toBe(-(0.75 * 0.25 + 0.25));
  });

  it('decays weights after everything, by w and not by the learning rate', () => {
    const [update] = updatesOf(kernels, { ...PLAIN, weightDecay: 0.125 }, [2], [8, -8], [[1, 1]], 0.5);
    expect([...update]).toEqual([-0.5 - 1, -0.5 + 1]);
  });

  it('factors a matrix into row and column means', () => {
    const [a, b, c] = [2, 3, 5];
    const gradient = [a, b, c, 2 * a, 2 * b, 2 * c];
    // The square of a rank-1 gradient is of rank 1, so that the factored v is exact and the first update is −1.
    const [update] = updatesOf(kernels, { ...PLAIN, minDimSizeToFactor: 2 }, [2, 3], gradient, [gradient]);
    // Two means of up to 3 squares, a quotient, two roots, two products.
    for (const u of update) expect(Math.abs(u + 1)).toBeLessThan(12 * EPSILON);
    // One that is not of rank 1 gives what the two factors say, which is not −1.
    const [other] = updatesOf(kernels, { ...PLAIN, minDimSizeToFactor: 2 }, [2, 2], gradient.slice(0, 4), [
      [1, 1, 1, 2],
    ]);
    const v = (((1 + 4) / 2) * ((1 + 4) / 2)) / ((1 + 2.5) / 2);
    expect(Math.abs(other[3] + 2 / Math.sqrt(v))).toBeLessThan(24 * EPSILON);
  });

  it('treats the matrices of a stack one by one, but clips and scales them together', () => {
    const stack = [1, 2, 3, 4, 50, 60, 70, 90];
    const options = { ...PLAIN, minDimSizeToFactor: 2 };
    const [together] = updatesOf(kernels, options, [2, 2, 2], stack, [stack]);
    const [first] = updatesOf(kernels, options, [2, 2], stack.slice(0, 4), [stack.slice(0, 4)]);
    const [second] = updatesOf(kernels, options, [2, 2], stack.slice(4), [stack.slice(4)]);
    expect([...together]).toEqual([...first, ...second]);
  });

  it('allocates nothing in a steady update', () => {
    const optimizer = adafactor({ minDimSizeToFactor: 4, momentum: 0.9 });
    const parameters: readonly ParameterShape[] = [
      { name: 'a', shape: [4, 8], offset: 0 },
      { name: 'b', shape: [5], offset: 32 },
    ];
    const state = optimizer.init(kernels, parameters);
    const [u, g, theta] = [1, 2, 3].map((value) => kernels.memory.floats(37).fill(value));
    optimizer.update(u, state, g, theta, 0.1);
    const before = kernels.memory.peakBytes;
    for (let step = 0; step < 5; step++) optimizer.update(u, state, g, theta, 0.1);
    expect(kernels.memory.peakBytes).toBe(before);
  });
});

describe('adafactor', () => {
  const kernels = createKernels('scalar');
  const parameters: readonly ParameterShape[] = [
    { name: 'matrix', shape: [3, 4], offset: 0 },
    { name: 'stack', shape: [2, 3, 3], offset: 12 },
    { name: 'norm', shape: [5], offset: 30 },
  ];

  it('names its slots after the tensors, factored where the second-largest dimension reaches the minimum', () => {
    const lengths = (minDimSizeToFactor: number): Record<string, number> => {
      const { slots } = adafactor({ minDimSizeToFactor, momentum: 0.5 }).init(kernels, parameters);
      return Object.fromEntries([...slots].map(([slot, view]) => [slot, view.length]));
    };
    const means = { 'm/matrix': 12, 'm/stack': 18, 'm/norm': 5 };
    expect(lengths(3)).toEqual({
      'v_row/matrix': 3,
      'v_col/matrix': 4,
      'v_row/stack': 6,
      'v_col/stack': 6,
      'v/norm': 5,
      ...means,
    });
    expect(lengths(4)).toEqual({ 'v/matrix': 12, 'v/stack': 18, 'v/norm': 5, ...means });
  });

  it('goes on to the bit from a saved step and saved slots', () => {
    const optimizer = adafactor({ minDimSizeToFactor: 3, momentum: 0.5 });
    const gradientAt = (t: number): Float32Array => Float32Array.from({ length: 35 }, (_, i) => Math.sin(i * t + 1));
    const theta = Float32Array.from({ length: 35 }, (_, i) => Math.cos(i));
    const run = (state: OptimizerState, from: number, to: number, by: Optimizer): Float32Array => {
      const update = new Float32Array(35);
      for (let t = from; t <= to; t++) by.update(update, state, gradientAt(t), theta, 0.1);
      return update;
    };
    const unbroken = run(optimizer.init(kernels, parameters), 1, 6, optimizer);

    const saved = optimizer.init(kernels, parameters);
    run(saved, 1, 3, optimizer);
    const later = adafactor({ minDimSizeToFactor: 3, momentum: 0.5 });
    const resumed = later.init(kernels, parameters);
    resumed.step = saved.step;
    for (const [slot, view] of saved.slots) resumed.slots.get(slot)?.set(view);
    expect(run(resumed, 4, 6, later)).toEqual(unbroken);
  });

  it('refuses a state of another optimizer', () => {
    const state = adafactor().init(kernels, parameters);
    const x = new Float32Array(35);
    expect(() => adafactor().update(x, state, x, x, 1)).toThrow(Internal);
  });

  it('refuses to guess which dimensions to factor', () => {
    const optimizer = adafactor({ minDimSizeToFactor: 2 });
    expect(() => optimizer.init(kernels, [{ name: 'odd', shape: [4, 4, 2], offset: 0 }])).toThrow(
      'adafactor: shape of "odd": expected the two largest dimensions to be the last two, got "[4, 4, 2]"',
    );
  });

  it.each([
    ['decayRate', -0.1],
    ['epsilon1', 0],
    ['epsilon2', -1],
    ['clippingThreshold', 0],
    ['minDimSizeToFactor', 0],
    ['momentum', 1],
    ['weightDecay', NaN],
  ])('refuses %s %d', (option, value) => {
    expect(() => adafactor({ [option]: value })).toThrow(InvalidInput);
  });
});
