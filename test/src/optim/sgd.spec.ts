import { describe, expect, it } from 'vitest';
import { Internal } from '../../../src/errors.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../../src/kernel/kernels.ts';
import { clipByGlobalNorm } from '../../../src/optim/clip.ts';
import { sgd } from '../../../src/optim/sgd.ts';

describe.each(KERNEL_NAMES)('on %s kernels', (name) => {
  const kernels = createKernels(name);

  it('sgd goes against the gradient, by the learning rate', () => {
    const optimizer = sgd();
    const state = optimizer.init(kernels, []);
    const [u, g, theta] = [
      [0, 0, 0],
      [1, -2, 0],
      [5, 5, 5],
    ].map((values) => kernels.memory.copyOf(values));
    optimizer.update(u, state, g, theta, 0.5);
    expect([...u]).toEqual([-0.5, 1, -0]);
    expect(state.step).toBe(1);
    expect([...theta]).toEqual([5, 5, 5]);
  });

  it('sgd refuses a state of another', () => {
    const x = kernels.memory.floats(1);
    expect(() => sgd().update(x, { step: 0, slots: new Map() }, x, x, 1)).toThrow(Internal);
  });

  it('a gradient beyond the norm is scaled to it, one within is left alone', () => {
    const long = kernels.memory.copyOf([3, 4]);
    expect(clipByGlobalNorm(kernels, long, 2.5)).toBe(5);
    expect([...long]).toEqual([1.5, 2]);
    expect(clipByGlobalNorm(kernels, long, 2.5)).toBe(2.5);
    expect([...long]).toEqual([1.5, 2]);
  });

  it('a clipping to nothing is refused', () => {
    expect(() => clipByGlobalNorm(kernels, kernels.memory.floats(1), 0)).toThrow('expected a number above 0, got 0');
  });
});
