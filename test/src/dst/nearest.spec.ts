import { describe, expect, test } from 'vitest';
import { createKernels } from '../../../src/kernel/create.ts';
import { computeNearest } from '../../../src/dst/nearest.ts';
import { consecutiveSilos } from '../../../src/dst/silos.ts';
import { f32, kernels, refusal, tensor } from './toys.ts';

const seed = f32(1, 2, -4, 0, 8, 1);
const candidate = f32(2, 1, -4.5, 5, 8.25, 1);
// δ absolute: 1, 1, 0.5, 5, 0.25, 0; inverse-relative: 1, 2, 2, 0, 2, 0; relative: 1, 0.5, 0.125, ∞, 0.03125, 0

describe('Eq. 4', () => {
  test('per silo: distances, threshold, projection', () => {
    const silos = consecutiveSilos([3, 3]);
    expect(computeNearest({ seed, epsilon: 0.5, distance: 'absolute', silos }, candidate)).toEqual({
      theta: f32(2, 2, -4, 5, 8, 1),
      thresholds: Float64Array.of(1, 0.25),
      kept: [1, 1],
    });
  });

  test.each([
    ['absolute', [2, 1, -4, 5, 8, 1], 0.5],
    ['relative', [2, 1, -4, 5, 8, 1], 0.125],
    ['inverse-relative', [1, 1, -4.5, 0, 8.25, 1], 1],
  ] as const)('%s', (distance, theta, threshold) => {
    expect(computeNearest({ seed, epsilon: 0.5, distance }, candidate)).toEqual({
      theta: Float32Array.from(theta),
      thresholds: Float64Array.of(threshold),
      kept: [3],
    });
  });

  test('inverse-relative distance, select, one silo for a bare vector and the quantile rule by default', () => {
    const { theta, kept } = computeNearest({ seed, epsilon: 0.3 }, candidate);
    expect(kept).toEqual([2]);
    expect(theta).toEqual(f32(1, 1, -4.5, 0, 8, 1));
  });

  test('sort drops ties, select keeps the first of them', () => {
    const options = { seed, epsilon: 0.3, silos: 'none' } as const;
    expect(computeNearest({ ...options, threshold: { thresholdMethod: 'sort' } }, candidate).kept).toEqual([0]);
    expect(computeNearest({ ...options, threshold: { thresholdMethod: 'select' } }, candidate).kept).toEqual([2]);
  });

  test('iterative starts from the thresholds before, by default from 1', () => {
    const options = { seed, epsilon: 0.5, distance: 'absolute', silos: consecutiveSilos([3, 3]) } as const;
    const threshold = { thresholdMethod: 'iterative', iterations: 1 } as const;
    const first = computeNearest({ ...options, threshold }, candidate);
    expect(first.thresholds).toEqual(Float64Array.of(0.875, 0.875));
    expect(first.kept).toEqual([2, 1]);
    expect(first.theta).toEqual(f32(2, 1, -4, 5, 8, 1));
    const second = computeNearest({ ...options, threshold }, candidate, first.thresholds);
    expect(second.thresholds).toEqual(Float64Array.of(0.765625, 0.765625));
    const warm = computeNearest({ ...options, threshold: { ...threshold, warmStart: true } }, candidate);
    expect(warm.thresholds).toEqual(Float64Array.of(0.875, 0.21875));
    const zero = computeNearest({ ...options, threshold }, candidate, [0, Infinity]);
    expect(zero.thresholds).toEqual(warm.thresholds);
    const far = computeNearest({ ...options, threshold: { ...threshold, start: 8 } }, candidate);
    expect(far.thresholds).toEqual(Float64Array.of(7, 7));
  });

  test('largest remainder: the counts add up to round(εn)', () => {
    const options = { seed, epsilon: 0.25, distance: 'absolute', silos: consecutiveSilos([1, 4, 1]) } as const;
    const { kept, theta } = computeNearest({ ...options, budget: 'largest-remainder' }, candidate);
    expect(kept).toEqual([1, 1, 0]);
    expect(theta).toEqual(f32(2, 2, -4, 5, 8, 1));
    const sorted = computeNearest(
      { ...options, budget: 'largest-remainder', threshold: { thresholdMethod: 'sort' } },
      candidate,
    );
    expect(sorted.kept).toEqual([1, 1, 0]);
    const aimed = { ...options, budget: 'largest-remainder', threshold: { thresholdMethod: 'iterative' } } as const;
    expect(computeNearest(aimed, candidate, [1, 3, 1]).kept).toEqual([1, 1, 0]);
  });

  test.each(['sort', 'select', 'iterative'] as const)('ε = 1 is the candidate, whole (%s)', (method) => {
    const { theta, thresholds, kept } = computeNearest(
      { seed, epsilon: 1, silos: consecutiveSilos([5, 1]), threshold: { thresholdMethod: method } },
      candidate,
    );
    expect(theta).toEqual(candidate);
    expect(thresholds).toEqual(Float64Array.of(-Infinity, -Infinity));
    expect(kept).toEqual([5, 1]);
  });

  test('a silo of one never trains under the quantile rule', () => {
    for (const method of ['sort', 'select'] as const) {
      const options = { seed: f32(1), epsilon: 0.99, threshold: { thresholdMethod: method } };
      expect(computeNearest(options, f32(5))).toEqual({
        theta: f32(1),
        thresholds: Float64Array.of(4),
        kept: [0],
      });
    }
  });

  test('an all-zero silo stays at zero under inverse-relative, and keeps the first under relative and select', () => {
    const zero = new Float32Array(4);
    const moved = f32(1, -2, 3, 4);
    const inverse = computeNearest({ seed: zero, epsilon: 0.5 }, moved);
    expect(inverse).toEqual({ theta: zero, thresholds: Float64Array.of(0), kept: [0] });
    const relative = computeNearest({ seed: zero, epsilon: 0.5, distance: 'relative' }, moved);
    expect(relative.theta).toEqual(f32(1, -2, 0, 0));
    expect(relative.thresholds).toEqual(Float64Array.of(Infinity));
  });

  test('−0 in the seed and in the candidate keep their sign', () => {
    const { theta } = computeNearest({ seed: f32(-0, 1, -0), epsilon: 0.5, distance: 'absolute' }, f32(5, -0, 0));
    expect(theta).toEqual(f32(5, 1, -0));
    expect(Object.is(theta[2], -0)).toBe(true);
  });

  test('leaves the seed, the candidate and the previous thresholds as they are, and gives its memory back', () => {
    const own = createKernels('simd');
    const inMemory = own.memory.copyOf(seed);
    const before = own.memory.mark();
    const previous = Float64Array.of(3);
    const given = candidate.slice();
    const options = { seed: inMemory, epsilon: 0.5, distance: 'absolute', kernels: own } as const;
    const { theta } = computeNearest({ ...options, threshold: { thresholdMethod: 'iterative' } }, given, previous);
    expect(theta.buffer).not.toBe(own.memory.wasm.buffer);
    expect([...inMemory]).toEqual([...seed]);
    expect(given).toEqual(candidate);
    expect(previous).toEqual(Float64Array.of(3));
    expect(own.memory.mark()).toBe(before);
    expect(refusal(() => computeNearest(options, f32(1, 2, 3, 4, 5, NaN)))).toContain('got NaN');
    expect(own.memory.mark()).toBe(before);
  });
});

describe('refused', () => {
  test('a candidate of another length', () => {
    expect(refusal(() => computeNearest({ seed, epsilon: 0.5 }, f32(1)))).toBe('candidate: expected 6 values, got 1');
  });

  test.each([NaN, Infinity, -Infinity])('%d in the candidate, by the name of its tensor', (value) => {
    const parameters = [tensor('query', 0, [4], 0), tensor('query', 1, [2], 4)];
    const bad = candidate.slice();
    bad[5] = value;
    expect(refusal(() => computeNearest({ seed, epsilon: 0.5, parameters, kernels }, bad))).toBe(
      `candidate "layers/1/query"[1]: expected a finite number, got ${value}`,
    );
  });

  test('previous thresholds that are too few, negative or NaN', () => {
    const options = { seed, epsilon: 0.5, silos: consecutiveSilos([3, 3]) };
    expect(refusal(() => computeNearest(options, candidate, [1]))).toBe('previous: expected 2 values, got 1');
    expect(refusal(() => computeNearest(options, candidate, [1, -1]))).toBe(
      'previous[1]: expected a threshold from 0, got -1',
    );
    expect(refusal(() => computeNearest(options, candidate, [NaN, 1]))).toBe(
      'previous[0]: expected a threshold from 0, got NaN',
    );
  });
});
