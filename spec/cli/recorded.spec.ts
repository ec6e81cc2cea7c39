/**
 * What a run takes from the sweep that was recorded beside its seed, and what it is told.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_METHODS } from '../../cli/demo/methods.ts';
import { planConfigs } from '../../cli/demo/plan.ts';
import { RATES_FORMAT, ratesPath, readRates, type Rate } from '../../cli/rates.ts';
import { defaultSeed } from '../../cli/seeds.ts';
import { trainConfigOf } from '../../cli/trainOptions.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import { openModel } from '../../src/train/models.ts';
import { readRun } from '../../src/train/runFolder.ts';
import { createWorld, smallConfig, type World } from '../engine/train/fixture.ts';
import { call } from './call.ts';

let world: World;
let fingerprint: string;
beforeAll(() => {
  world = createWorld();
  fingerprint = openModel(world.seed).fingerprint;
  record();
});
afterAll(() => world.remove());

/** Puts a sweep's record beside the world's seed. */
function record(more: Readonly<Record<string, unknown>> = {}): void {
  const rates: readonly Rate[] = [
    { method: 'dst', epsilon: 0.05, learningRate: 0.2, trials: [] },
    { method: 'full', epsilon: null, learningRate: 0.005, trials: [] },
  ];
  const config = { steps: 4, batch: 6, momentum: null };
  const value = { format: RATES_FORMAT, seedFingerprint: fingerprint, task: 'task', config, rates, ...more };
  writeFileSync(ratesPath(world.seed, world.task), JSON.stringify(value));
}

/** The config of `dst train` with these options in the world, and what is told. */
function plan(options: Readonly<Record<string, unknown>>): { config: TrainConfig; told: string | null } {
  const { config, taken } = trainConfigOf({ task: world.task, model: world.seed, ...options }, defaultSeed);
  return { config, told: taken(fingerprint) };
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
    expect(plan({ epsilon: 0.06 }).config).toMatchObject({ steps: 4, learningRate: 0.03 });
    expect(plan({ epsilon: 0.05, method: 'no-churn' }).config).toMatchObject({ steps: 4, learningRate: 0.03 });
  });

  it('puts the file of --config before it, and what was given before both', () => {
    const config = file({ epsilon: 0.05, batch: 7, learningRate: 0.3 });
    expect(plan({ config, learningRate: 0.4 }).config).toMatchObject({ steps: 4, batch: 7, learningRate: 0.4 });
    expect(plan({ config }).config).toMatchObject({ steps: 4, batch: 7, learningRate: 0.3 });
    expect(plan({ config: file({ method: 'full' }) }).config).toMatchObject({ learningRate: 0.005 });
  });

  it('has no recorded rate where the optimizer, or its dialect, is another than the sweep’s', () => {
    expect(plan({ epsilon: 0.05, optimizer: 'sgd' }).config).toMatchObject({ steps: 4, learningRate: 0.03 });
    expect(plan({ epsilon: 0.05, dialect: 'torch' }).config).toMatchObject({ steps: 4, learningRate: 0.03 });
    expect(plan({ epsilon: 0.05, dialect: 't5x' }).config).toMatchObject({ steps: 4, learningRate: 0.2 });
    expect(plan({ epsilon: 0.05, optimizer: 'adafactor' }).config).toMatchObject({ steps: 4, learningRate: 0.2 });
  });

  it('is that of the defaults where no sweep has been recorded', () => {
    expect(plan({ task: 'phonemes' })).toMatchObject({ config: { steps: 400, learningRate: 0.03 }, told: null });
  });

  it.each(['supersense', 'de-en'])('is the main job’s with the seed of %s', (task) => {
    const model = defaultSeed(task);
    const planned = planConfigs({ task, data: null }, model, readRates(model, task));
    for (const each of DEMO_METHODS) {
      const { method, epsilon } = each;
      const { config } = trainConfigOf({ task, method, ...(epsilon === null ? {} : { epsilon }) }, defaultSeed);
      const { evaluateEvery, ...wanted } = planned(each);
      expect(evaluateEvery).toBeGreaterThan(1);
      // The T5's sweep has no random mask: a guess of the main job's own stands there.
      const { learningRate } = readRates(model, task)?.rates.some((rate) => rate.method === method) ? wanted : config;
      expect({ ...config, evaluateEvery }).toEqual({ ...wanted, learningRate, epsilon: config.epsilon, evaluateEvery });
    }
  });

  it.each([
    [{ task: 3 }, /chosen\.json: task: expected a text, got 3/],
    [{ model: [] }, /chosen\.json: model: expected a text, got a list/],
    [[], /chosen\.json: expected an object, got a list/],
  ])('refuses %j', (value, message) => {
    expect(() => trainConfigOf({ config: file(value) }, defaultSeed)).toThrow(message);
  });
});

describe('what is told of it', () => {
  it('are the options that say the same, and where they were read', () => {
    const where = `as recorded in ${ratesPath(world.seed, world.task)}`;
    expect(plan({ epsilon: 0.05 }).told).toBe(`--steps 4 --batch 6 --momentum none --learning-rate 0.2, ${where}`);
    expect(plan({ epsilon: 0.05, learningRate: 1, momentum: 0.9 }).told).toBe(`--steps 4 --batch 6, ${where}`);
    expect(plan({ epsilon: 0.06, batch: 1, momentum: null }).told).toBe(
      `--steps 4, ${where}, which has no learning rate for this optimizer, dialect, method and ε: it is 0.03`,
    );
    expect(plan({ steps: 1, batch: 1, momentum: null, learningRate: 1 }).told).toBeNull();
  });

  it('says that the record is of another seed, as the main job does, and takes it', () => {
    record({ seedFingerprint: 'another' });
    const { config, told } = plan({ epsilon: 0.05 });
    record();
    expect(config.learningRate).toBe(0.2);
    expect(told).toMatch(/rates-task\.json, which is of another seed$/);
  });

  it('is one line on stderr; a run that is gone on with takes nothing again', { timeout: 60_000 }, async () => {
    const out = join(world.root, 'run');
    const options = ['--model', world.seed, '--task', world.task, '--epsilon', '0.05', '--min-dim-size-to-factor', '8'];
    const stop = new AbortController();
    stop.abort();
    const begun = await call(['train', ...options, '--out', out, '--no-latest'], { signal: stop.signal });
    expect(begun.code).toBe(130);
    expect(begun.stderr.match(/^note: .*$/gm)).toEqual([`note: ${plan({ epsilon: 0.05 }).told}`]);
    record({ config: { steps: 9 }, rates: [] });
    const ended = await call(['train', '--resume', out, '--no-latest']);
    record();
    expect(ended.code).toBe(0);
    expect(ended.stderr).not.toContain('note:');
    expect(readRun(out).config).toMatchObject({ steps: 4, batch: 6, learningRate: 0.2 });
    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toMatchObject({ steps: 4, learningRate: 0.2 });
  });

  it('is nothing where a config is whole', async () => {
    const whole = { ...plan({}).config, ...smallConfig(world, { steps: 1 }) };
    const out = join(world.root, 'whole');
    const { code, stderr } = await call(['train', '--config', file(whole), '--out', out, '--no-latest']);
    expect(code).toBe(0);
    expect(stderr).not.toContain('note:');
  });
});
