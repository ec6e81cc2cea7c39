/**
 * The same seed gives the same bits on the same kernels, and nearly the same numbers on the other kernels.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from '../../../src/files/events.ts';
import { KERNEL_NAMES, type KernelName } from '../../../src/kernel/kernels.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import type { TrainResult } from '../../../src/run/result.ts';
import { pathsOf } from '../../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from './fixture.ts';
import { resultOfRun } from './trained.ts';

const STEPS = 6;

let small: World;
/** Wide enough that its products, norms and losses are worth splitting. */
let wide: World;
beforeAll(() => {
  small = createWorld();
  wide = createWorld({ modelSize: 64, heads: 4, feedForwardSize: 96 });
}, 60_000);
afterAll(() => {
  small.remove();
  wide.remove();
});

interface Trained {
  readonly result: TrainResult;
  readonly losses: readonly number[];
}

async function train(
  kernels: KernelName,
  more: Readonly<Record<string, unknown>>,
  threads = 1,
  world = small,
): Promise<Trained> {
  const config = readTrainConfig(smallConfig(world, { ...more, kernels, steps: STEPS }), 'spec');
  const folder = mkdtempSync(join(world.root, 'run-'));
  const result = await resultOfRun(folder, config, { threads });
  const events = readEvents(pathsOf(folder).events).filter(({ kind }) => kind === 'step');
  return { result, losses: events.map(({ loss }) => Number(loss)) };
}

const METHODS = [
  { method: 'full', optimizer: 'adafactor' },
  { method: 'full', optimizer: 'sgd' },
  { method: 'dst', threshold: 'iterative' },
  { method: 'random', dropout: 0.2 },
] as const;

describe.each(METHODS)('%j', (more) => {
  it.each(KERNEL_NAMES)('twice with the same seed gives the same bits (%s)', async (kernels) => {
    const [a, b] = [await train(kernels, more), await train(kernels, more)];
    expect(a.result.fingerprint).toBe(b.result.fingerprint);
    expect(a.losses).toEqual(b.losses);
  });

  it('differs between scalar and simd by rounding only', async () => {
    const [a, b] = [await train('scalar', more), await train('simd', more)];
    // The sums agree within their number of terms times 2⁻²⁴. The longest chain of sums from a token to the loss and
    // back goes twice through 2 layers (width 16, 24 inside, up to 48 keys) and over at most 8 · 48 places and 280
    // tokens; each step adds one such error, and at this size training does not enlarge it.
    const terms = 2 * (2 * (4 * 16 + 24 + 2 * 48) + 8 * 48 + 280);
    a.losses.forEach((loss, i) => {
      expect(Math.abs(loss - b.losses[i]) / loss).toBeLessThan((i + 1) * terms * 2 ** -24);
    });
  });
});

it('gives the same bits on 1, 2 and 4 threads, from the first loss to the tuned model', async () => {
  const more = { method: 'dst', threshold: 'iterative', momentum: 0.9, dropout: 0.1, clip: 1, batch: 16 };
  const [one, two, four] = [
    await train('simd', more, 1, wide),
    await train('simd', more, 2, wide),
    await train('simd', more, 4, wide),
  ];
  for (const other of [two, four]) {
    expect(other.losses).toEqual(one.losses);
    expect(other.result.fingerprint).toBe(one.result.fingerprint);
  }
});
