/**
 * What a run takes from the sweep that was recorded beside its seed, and what it is told.
 */
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methodsOf } from '../../cli/demo/methods.ts';
import { planConfigs } from '../../cli/demo/plan.ts';
import { findRates, type Rate, type Rates } from '../../cli/rates.ts';
import { defaultSeed } from '../../cli/seeds.ts';
import { planRun } from '../../cli/trainOptions.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import { identify } from '../../src/run/identity.ts';
import { guessLearningRate } from '../../src/train/learningRate.ts';
import { openModel } from '../../src/run/openModel.ts';
import { readRun } from '../../src/run/runFolder.ts';
import { readTask } from '../../src/data/tasks.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { call } from './call.ts';
import { identityOf, pathOfRates, writeRates } from './worldRates.ts';

let world: World;
beforeAll(() => {
  world = createWorld();
  record();
});
afterAll(() => world.remove());

/** Puts a sweep's record beside the world's seed. */
function record(more: Partial<Rates> = {}): string {
  const rates: readonly Rate[] = [
    { method: 'dst', epsilon: 0.05, learningRate: 0.2, trials: [] },
    { method: 'full', epsilon: null, learningRate: 0.005, trials: [] },
  ];
  return writeRates(world, { config: { steps: 4, batch: 6, momentum: null }, rates, ...more });
}

/** The config of `dst train` with these options in the world, and what is told. */
function plan(options: Readonly<Record<string, unknown>>): { config: TrainConfig; told: readonly string[] } {
  const { config, notes } = planRun({ task: world.task, model: world.seed, ...options }, defaultSeed);
  return { config, told: notes };
}

/** A file for --config. */
function file(value: unknown): string {
  const path = join(world.root, 'chosen.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}

describe('the config of a run', () => {
  it('takes the recorded config, and the recorded rate of exactly this method and this ε', () => {
    expect(plan({ epsilon: 0.05 }).config).toMatchObject({ steps: 4, batch: 6, learningRate: 0.2, schedule: 'linear' });
    expect(plan({ method: 'full' }).config).toMatchObject({ steps: 4, learningRate: 0.005 });
    const guessed = (more: Readonly<Record<string, unknown>>): unknown => {
      const { config } = plan(more);
      const { steps, learningRateFrom, learningRate } = config;
      return { steps, learningRateFrom, isGuess: learningRate === guessLearningRate(config) };
    };
    const wanted = { steps: 4, learningRateFrom: 'guess', isGuess: true };
    expect(guessed({ epsilon: 0.06 })).toEqual(wanted);
    expect(guessed({ epsilon: 0.05, method: 'no-churn' })).toEqual(wanted);
    expect(plan({ epsilon: 0.05 }).config.learningRateFrom).toBe('recorded');
  });

  it('puts the file of --config before it, and what was given before both', () => {
    const config = file({ epsilon: 0.05, batch: 7, learningRate: 0.3 });
    expect(plan({ config, learningRate: 0.4 }).config).toMatchObject({ steps: 4, batch: 7, learningRate: 0.4 });
    expect(plan({ config }).config).toMatchObject({ steps: 4, batch: 7, learningRate: 0.3, learningRateFrom: 'given' });
    const guessed = file({ learningRate: 0.3, learningRateFrom: 'guess' });
    expect(plan({ config: guessed }).config.learningRateFrom).toBe('guess');
    expect(plan({ config: guessed, learningRate: 0.3 }).config.learningRateFrom).toBe('given');
    expect(plan({ config: file({ method: 'full' }) }).config).toMatchObject({ learningRate: 0.005 });
  });

  it('has no recorded rate where the optimizer, or its dialect, is another than the sweep’s', () => {
    const from = (more: Readonly<Record<string, unknown>>): unknown => plan({ epsilon: 0.05, ...more }).config;
    expect(from({ optimizer: 'sgd' })).toMatchObject({ steps: 4, learningRateFrom: 'guess' });
    expect(from({ dialect: 'torch' })).toMatchObject({ steps: 4, learningRateFrom: 'guess' });
    expect(from({ dialect: 't5x' })).toMatchObject({ steps: 4, learningRate: 0.2, learningRateFrom: 'recorded' });
    expect(from({ optimizer: 'adafactor' })).toMatchObject({ steps: 4, learningRate: 0.2 });
  });

  it('is that of the defaults where no sweep has been recorded, and says that its rate is a guess', () => {
    rmSync(record());
    const { config, told } = plan({ epsilon: 0.001, method: 'random' });
    record();
    expect(config).toMatchObject({ steps: 400, learningRate: guessLearningRate(config), learningRateFrom: 'guess' });
    expect(told).toEqual([
      `--learning-rate ${config.learningRate} is a guess: no sweep on record has found one for random, ε = 0.001, ` +
        'adafactor of t5x, this seed and these data',
    ]);
  });

  it.for([
    ['supersense', null],
    ['de-en', '../shared/data/multi30k'],
  ] as const)('is the main job’s with the seed and the recorded sweep of %s', ([task, data], { skip }) => {
    skip(data !== null && !existsSync(data), `${data ?? ''} is missing`);
    const model = defaultSeed(task);
    const opened = openModel(model);
    const read = readTask({ task, data });
    const recorded = findRates(model, read, identify(opened, read));
    expect(recorded?.differs).toEqual([]);
    const planned = planConfigs({ task, data, test: null, randomSeeds: [1], algorithm2: false }, model, recorded);
    for (const each of methodsOf(task)) {
      const { method, epsilon } = each;
      const { config, notes } = planRun({ task, data, method, ...(epsilon === null ? {} : { epsilon }) }, defaultSeed);
      const { evaluateEvery, ...wanted } = planned(each);
      expect(evaluateEvery).toBeGreaterThan(1);
      expect({ ...config, evaluateEvery }).toEqual({ ...wanted, epsilon: config.epsilon, evaluateEvery });
      expect(config.learningRateFrom).toBe('recorded');
      expect(notes).toHaveLength(1);
    }
  });

  it.each([
    [{ task: 3 }, /chosen\.json: task: expected a text, got 3/],
    [{ model: [] }, /chosen\.json: model: expected a text, got a list/],
    [[], /chosen\.json: expected an object, got a list/],
  ])('refuses %j', (value, message) => {
    expect(() => planRun({ config: file(value) }, defaultSeed)).toThrow(message);
  });
});

describe('what is told of it', () => {
  it('are the options that say the same, and where they were read', () => {
    const where = `as recorded in ${pathOfRates(world)}`;
    expect(plan({ epsilon: 0.05 }).told).toEqual([`--steps 4 --batch 6 --momentum none --learning-rate 0.2, ${where}`]);
    expect(plan({ epsilon: 0.05, learningRate: 1, momentum: 0.9 }).told).toEqual([`--steps 4 --batch 6, ${where}`]);
    expect(plan({ epsilon: 0.06, batch: 1, momentum: null }).told).toEqual([
      `--steps 4, ${where}`,
      expect.stringMatching(/^--learning-rate [\d.]+ is a guess: .* for dst, ε = 0\.06, adafactor of t5x, this seed/),
    ]);
    expect(plan({ steps: 1, batch: 1, momentum: null, learningRate: 1 }).told).toEqual([]);
  });

  it('says that the record is of another seed, and takes it as a guess', () => {
    record({ identity: { ...identityOf(world), seed: '0'.repeat(64) } });
    const { config, told } = plan({ epsilon: 0.05 });
    record();
    expect(config).toMatchObject({ learningRate: 0.2, learningRateFrom: 'guess' });
    expect(told[0]).toMatch(/rates-task-[0-9a-f]{8}\.json, which is of another seed: its rates are guesses here$/);
  });

  it('is another file for other data in a folder of the same name; --rates names one all the same', () => {
    const other = join(world.root, 'other', 'task');
    cpSync(world.task, other, { recursive: true });
    appendFileSync(join(other, 'train.tsv'), 'a dark moss\tplant\n');
    const first = record();
    const changed = plan({ task: other, epsilon: 0.05 });
    expect(changed.config).toMatchObject({ steps: 400, learningRateFrom: 'guess' });
    expect(changed.told).toEqual([expect.stringContaining(`; beside the seed is ${basename(first)}, of other data`)]);
    const named = plan({ task: other, epsilon: 0.05, rates: first });
    expect(named.config).toMatchObject({ steps: 4, learningRate: 0.2, learningRateFrom: 'guess' });
    expect(named.told[0]).toMatch(/, which is of other data: its rates are guesses here$/);
    expect(() => plan({ rates: join(world.root, 'none.json') })).toThrow(
      /^--rates: expected a file that dst sweep wrote/,
    );

    const renamed = join(world.root, 'renamed', 'task');
    cpSync(world.task, renamed, { recursive: true });
    appendFileSync(join(renamed, 'test.tsv'), 'a dark moss\tplant\n');
    expect(plan({ task: renamed, epsilon: 0.05 }).config.learningRateFrom).toBe('recorded');
  });

  it('is one line on stderr; a run that is gone on with takes nothing again', { timeout: 60_000 }, async () => {
    const out = join(world.root, 'run');
    const options = ['--model', world.seed, '--task', world.task, '--epsilon', '0.05', '--min-dim-size-to-factor', '8'];
    const stop = new AbortController();
    const io = { signal: stop.signal, onStop: () => stop.abort() }; // the run is there, and none of its steps is made
    const begun = await call(['train', ...options, '--out', out, '--no-latest'], io);
    expect(begun.code).toBe(130);
    expect(begun.stderr.match(/^note: .*$/gm)).toEqual(plan({ epsilon: 0.05 }).told.map((told) => `note: ${told}`));
    record({ config: { steps: 9 }, rates: [] });
    const ended = await call(['train', '--resume', out, '--no-latest']);
    record();
    expect(ended.code).toBe(0);
    expect(ended.stderr).not.toContain('note:');
    expect(readRun(out).config).toMatchObject({ steps: 4, batch: 6, learningRate: 0.2 });
    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toMatchObject({
      steps: 4,
      learningRate: 0.2,
      learningRateFrom: 'recorded',
      earlier: [],
      identity: identityOf(world),
    });
  });

  it('is nothing where a config is whole', async () => {
    const whole = { ...plan({}).config, ...smallConfig(world, { steps: 1, learningRateFrom: 'given' }) };
    const out = join(world.root, 'whole');
    const { code, stderr } = await call(['train', '--config', file(whole), '--out', out, '--no-latest']);
    expect(code).toBe(0);
    expect(stderr).not.toContain('note:');
  });
});
