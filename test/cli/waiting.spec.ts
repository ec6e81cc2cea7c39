/**
 * What takes long says so: what is read is named, and what is answered is counted, token by token.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKernels } from '../../src/kernel/create.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { openModel } from '../../src/run/openModel.ts';
import { readTrainConfig } from '../../src/train/config.ts';
import { readTask } from '../../src/data/tasks.ts';
import { createWorld, silentWatcher, smallConfig, type World } from '../src/train/fixture.ts';
import { call } from './call.ts';
import { trainIn } from '../src/train/trained.ts';

let world: World;
let run: string;
beforeAll(async () => {
  world = createWorld();
  run = join(world.root, 'run');
  writeFileSync(join(world.root, 'config.json'), JSON.stringify(smallConfig(world)));
  const train = ['train', '--config', join(world.root, 'config.json'), '--out', run, '--no-latest'];
  expect((await call(train)).code).toBe(0);
}, 60_000);
afterAll(() => world.remove());

/** What a call says that it waits for. */
async function waitsOf(argv: readonly string[]): Promise<readonly (string | null)[]> {
  const waits: (string | null)[] = [];
  const { code, stderr } = await call(argv, { onWait: (words) => waits.push(words) });
  expect(stderr).not.toContain('dst:');
  expect(code).toBe(0);
  return waits;
}

describe('a command that reads', () => {
  const out = (name: string): string => join(world.root, name);
  const READING: readonly (readonly [string, () => readonly string[], readonly string[]])[] = [
    ['train', () => ['train', '--resume', run], ['reading the seed and the data', 'reading the texts as tokens']],
    ['eval', () => ['eval', '--model', run], ['reading the model', 'reading the data', 'reading the texts as tokens']],
    ['generate', () => ['generate', '--model', run, '--prompt', 'a cat'], ['reading the model']],
    ['apply', () => ['apply', run, '--out', out('applied')], ['applying RUN']],
    ['revert', () => ['revert', run, '--model', run, '--out', out('reverted')], ['reverting RUN']],
    ['overlap', () => ['overlap', run, run], ['comparing RUN and RUN']],
    ['inspect', () => ['inspect', run], ['reading RUN']],
    [
      'trace',
      () => ['trace', '--run', run, '--steps', '1'],
      ['reading the seed', 'reading the data', 'reading the texts as tokens'],
    ],
  ];

  it.each(READING)('names it, and says when it is done: %s', async (_, argv, words) => {
    const waits = await waitsOf(argv());
    expect(waits.filter((wait) => wait !== null)).toEqual(words.map((word) => word.replaceAll('RUN', run)));
    expect(waits.at(-1)).toBeNull();
  });

  it.each(READING)('says nothing with --quiet: %s', async (_, argv) => {
    const quiet = argv().map((word) => (word.startsWith(world.root) && word !== run ? `${word}-quiet` : word));
    expect(await waitsOf([...quiet, '--quiet'])).toEqual([]);
  });
});

describe('a measurement', () => {
  it('tells after each token how many rows are answered, up to all', () => {
    const { model, theta: plain } = openModel(run);
    const kernels = createKernels('scalar');
    const theta = kernels.memory.copyOf(plain);
    const task = readTask({ task: world.task, data: null });
    const rows = Array.from({ length: 5 }, () => task.test).flat();
    const told: (readonly [number, number])[] = [];
    evaluate({ model, kernels, theta }, task, rows, { maximumTokens: 3, watch: (...now) => told.push(now) });
    expect(told.length).toBeGreaterThan(1);
    expect(told.every(([answered], i) => i === 0 || answered >= told[i - 1][0])).toBe(true);
    expect(told.at(-1)?.[0]).toBe(rows.length);
    // Two batches: each begins with a first token.
    expect(told.filter(([, tokens]) => tokens === 1)).toHaveLength(2);
  });

  it('of a run is told of from none to all of its rows', async () => {
    const task = readTask({ task: world.task, data: null });
    const told: (readonly [number, number])[] = [];
    await trainIn(join(world.root, 'watched'), readTrainConfig(smallConfig(world), 'config'), {
      watcher: { ...silentWatcher, measuring: (...now) => told.push(now) },
    });
    expect(told[0]).toEqual([0, task.test.length]);
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toEqual([task.test.length, task.test.length]);
  });
});
