import { describe, expect, test } from 'vitest';
import { drawMask, freezeMask, keepMasked, selectMasked } from '../../../src/dst/ablations.ts';
import type { StepEvent } from '../../../src/dst/events.ts';
import { createLayout, type Layout } from '../../../src/dst/memory.ts';
import { createProblem, createProjection, type ProjectionOptions } from '../../../src/dst/problem.ts';
import { consecutiveSilos } from '../../../src/dst/silos.ts';
import { createState } from '../../../src/dst/state.ts';
import { step } from '../../../src/dst/step.ts';
import { adding, f32, kernels } from './toys.ts';

const seed = f32(1, 2, 3, 4, 5, 6, 7);
const layoutOf = (options: Partial<ProjectionOptions>): Layout =>
  createLayout(createProjection({ seed, epsilon: 0.5, silos: consecutiveSilos([4, 3]), ...options }), true);
const drawn = (layout: Layout, random: { integer(bound: number): number }): Float32Array | null => {
  drawMask(layout, random);
  return layout.mask;
};
/** Counts through all sequences of draws, as an odometer: each run of the body draws another sequence. */
function everySequence(body: (random: { integer(bound: number): number }) => void): number {
  const digits: number[] = [];
  for (let count = 1; ; count++) {
    const bounds: number[] = [];
    body({
      integer: (bound) => {
        bounds.push(bound);
        return (digits[bounds.length - 1] ??= 0);
      },
    });
    let last = bounds.length - 1;
    while (last >= 0 && digits[last] === bounds[last] - 1) last--;
    if (last < 0) return count;
    digits.length = last + 1;
    digits[last]++;
  }
}

describe('the random mask', () => {
  test('has exactly k ones in each silo, and every set of k is drawn equally often', () => {
    const layout = layoutOf({});
    const seen = new Map<string, number>();
    const sequences = everySequence((random) => {
      layout.mask?.fill(-1);
      const mask = drawn(layout, random)?.join('') ?? '';
      seen.set(mask, (seen.get(mask) ?? 0) + 1);
    });
    // k = 2 of 4 and 1 of 3: 6 · 3 masks, in 4! · 3! sequences.
    expect(sequences).toBe(144);
    expect(seen.size).toBe(18);
    for (const [mask, count] of seen) {
      expect(mask).toMatch(/^(?=.{4}(?:100|010|001)$)(?:0*1){2}0*.{3}$/);
      expect(count).toBe(8);
    }
  });

  test('keeps everything at ε = 1', () => {
    expect(drawn(layoutOf({ epsilon: 1 }), { integer: (bound) => bound - 1 })).toEqual(new Float32Array(7).fill(1));
  });

  test('is kept at every step, whatever the distances', () => {
    const problem = createProblem({ seed, epsilon: 0.5, optimizer: adding(), mask: 'random', silos: 'none' });
    const state = createState(problem, { integer: () => 0 });
    expect(state.mask).toEqual(f32(1, 1, 1, 0, 0, 0, 0));
    for (let t = 0; t < 2; t++) step(problem, state, f32(0, 1, 2, 50, 60, 70, 80), 0.1);
    expect(state.theta).toEqual(f32(1, 4, 7, 4, 5, 6, 7));
    expect(state.mask).toEqual(f32(1, 1, 1, 0, 0, 0, 0));
    expect(state.thresholds).toEqual(Float64Array.of(1));
  });
});

describe('no churn', () => {
  test('keeps the set of the first step for good', () => {
    const problem = createProblem({
      seed,
      epsilon: 0.5,
      optimizer: adding(),
      mask: 'first-step',
      distance: 'absolute',
      silos: consecutiveSilos([4, 3]),
    });
    const state = createState(problem);
    step(problem, state, f32(4, 3, 2, 1, 1, 2, 3), 0.1);
    expect(state.theta).toEqual(f32(5, 5, 3, 4, 5, 6, 10));
    expect(state.mask).toEqual(f32(1, 1, 0, 0, 0, 0, 1));
    expect(state.thresholds).toEqual(Float64Array.of(2, 2));
    step(problem, state, f32(-4, 1, 90, 90, 90, 90, 1), 0.1);
    expect(state.theta).toEqual(f32(1, 6, 3, 4, 5, 6, 11));
    expect(state.thresholds).toEqual(Float64Array.of(2, 2));
    expect(state.mask).toEqual(f32(1, 1, 0, 0, 0, 0, 1));
  });

  test('the mask is what was kept, ties included', () => {
    const [silo] = layoutOf({ silos: consecutiveSilos([7]) }).silos;
    silo.distances.set([2, 5, 2, 2, 0, 1, 9]);
    freezeMask(silo, { threshold: 2, ties: 2 });
    expect(silo.mask).toEqual(f32(1, 1, 1, 0, 0, 0, 1));
    expect(silo.distances).toEqual(f32(2, 5, 2, 2, 0, 1, 9));
  });
});

test('a mask is applied by Eq. 7 with τ = 0', () => {
  const layout = layoutOf({ silos: consecutiveSilos([7]) });
  const [silo] = layout.silos;
  silo.mask?.set([1, 0, 1, 0, 0, 0, 1]);
  layout.candidate.fill(9);
  layout.theta.set(seed);
  keepMasked(silo, kernels);
  expect(layout.theta).toEqual(f32(9, 2, 9, 4, 5, 6, 9));
});

test('what a mask keeps is told under the anchor of its table', () => {
  const [silo] = layoutOf({ silos: consecutiveSilos([7]) }).silos;
  const told: StepEvent[] = [];
  const selection = { threshold: 0, ties: 0 };
  expect(selectMasked(silo, 'random', (event) => told.push(event))).toEqual(selection);
  selectMasked(silo, 'first-step', (event) => told.push(event));
  expect(told).toEqual(
    ['tab-2', 'tab-7'].map((anchor) => ({ kind: 'projection', anchor, silo, compared: silo.mask, selection })),
  );
});

test('a layout without a mask has none to draw', () => {
  const layout = createLayout(createProjection({ seed, epsilon: 0.5 }));
  expect(layout.mask).toBe(null);
  expect(() => drawMask(layout, { integer: () => 0 })).toThrow('expected a layout with a mask, got one without');
});
