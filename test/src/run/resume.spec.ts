/**
 * A run that is stopped after any step and resumed has the same bits as the run that was not: θ, the optimizer's
 * state, the thresholds, the events, the subset's file.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrainConfig } from '../../../src/train/config.ts';
import { METHODS } from '../../../src/train/methods.ts';
import { openModel, type OpenedModel } from '../../../src/run/openModel.ts';
import { METHOD_NAMES } from '../../../src/train/names.ts';
import { pathsOf } from '../../../src/run/runFolder.ts';
import { runs } from '../../run/runs.ts';
import { createWorld, smallConfig, type World } from '../train/fixture.ts';
import { stopAfter, trainIn } from '../train/trained.ts';

let world: World;
let seed: OpenedModel;
beforeAll(() => {
  world = createWorld();
  seed = openModel(world.seed);
}, 60_000);
afterAll(() => world.remove());

/** Runs to the end, stopping after each of the given steps as Ctrl-C does; returns the folder, and adds what was warned of. */
async function runWithStops(
  more: Readonly<Record<string, unknown>>,
  stops: readonly number[],
  warnings: string[] = [],
): Promise<string> {
  const config = readTrainConfig(smallConfig(world, more), 'spec');
  const folder = mkdtempSync(join(world.root, 'run-'));
  for (const [i, stop] of [...stops, Infinity].entries()) {
    const { signal, watcher } = stopAfter(stop);
    const warning = (words: string): unknown => warnings.push(words);
    await trainIn(folder, config, { seed, resume: i > 0, signal, watcher: { ...watcher, warning } });
  }
  return folder;
}

/** What must be equal: the events, the subset and the result but for its time. */
function bitsOf(folder: string): unknown {
  const paths = pathsOf(folder);
  const result: unknown = JSON.parse(readFileSync(paths.result, 'utf8'));
  return {
    events: readFileSync(paths.events, 'utf8'),
    subset: readFileSync(paths.subset).toString('hex'),
    result: typeof result === 'object' ? { ...result, seconds: 0 } : result,
  };
}

const CASES = [
  { method: 'dst', threshold: 'select', dropout: 0.1, accumulation: 3, clip: 1 },
  { method: 'dst', threshold: 'iterative', momentum: 0.9, evaluateEvery: 2 },
  ...METHOD_NAMES.filter((method) => METHODS[method].stores === 'subset').map((method) => ({ method })),
  { method: 'no-churn', optimizer: 'sgd', distance: 'absolute', silos: 'none' },
];

describe('finetune', () => {
  it.each(CASES)('stopped anywhere and resumed gives the bits of the unbroken run: %j', async (more) => {
    const unbroken = bitsOf(await runWithStops(more, []));
    const stops = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(stops, async (points) => {
        const folder = await runWithStops(
          more,
          points.sort((a, b) => a - b),
        );
        expect(bitsOf(folder)).toEqual(unbroken);
        rmSync(folder, { recursive: true });
      }),
      { numRuns: Math.min(runs(3), 30) },
    );
  });

  it('warns of a loss that ended above where it began, in the same words after any stops', async () => {
    const more = { steps: 40, learningRate: 1, schedule: 'constant', epsilon: 1 };
    const heard: string[] = [];
    const unbroken = bitsOf(await runWithStops(more, [], heard));
    const again: string[] = [];
    // 1 and 40: one sitting has the first steps alone, the last has none to make.
    expect(bitsOf(await runWithStops(more, [1, 23, 40], again))).toEqual(unbroken);
    expect(heard).toEqual([
      expect.stringMatching(/^the loss ended at [\d.]+, above [\d.]+ where it began: a learning/),
    ]);
    expect(unbroken).toMatchObject({ result: { warnings: heard } });
    expect(again).toEqual(heard);
  });

  it('gives other bits for another random seed', async () => {
    const [a, b] = [await runWithStops({}, []), await runWithStops({ randomSeed: 2 }, [])];
    expect(bitsOf(a)).not.toEqual(bitsOf(b));
  });
});
