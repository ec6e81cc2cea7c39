/** What was stored while the random seed was called `seed`: it is read as it was, and continued to the same bits. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RATES_FORMAT, RECORDED_RATES } from '../../../cli/rates.ts';
import { readTask } from '../../../src/data/tasks.ts';
import { PRETRAIN_DEFAULTS, pretrainFingerprint, readPretrainFile } from '../../../src/pretrain/pretrainConfig.ts';
import { fingerprintOf, readCheckpoint } from '../../../src/run/checkpoint.ts';
import { identify } from '../../../src/run/identity.ts';
import { openModel } from '../../../src/run/openModel.ts';
import { pathsOf, readRun, writeRun } from '../../../src/run/runFolder.ts';
import { parseJson, record as recordIn } from '../../../src/text/json.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import { createWorld, smallConfig, type World } from '../train/fixture.ts';
import { stopAfter, trainIn } from '../train/trained.ts';

let world: World;
const root = mkdtempSync(join(tmpdir(), 'dst-former-'));
beforeAll(() => (world = createWorld()), 60_000);
afterAll(() => {
  world.remove();
  rmSync(root, { recursive: true, force: true });
});

const RANDOM_SEED = 7;
const config = (): ReturnType<typeof readTrainConfig> =>
  readTrainConfig(smallConfig(world, { randomSeed: RANDOM_SEED, method: 'random', epsilon: 0.2 }), 'spec');

async function train(folder: string, resume: boolean, stop = Infinity): Promise<void> {
  await trainIn(folder, resume ? readRun(folder).config : config(), { resume, ...stopAfter(stop) });
}

/** The same fields with the random seed under its former name. */
function asThen({ randomSeed, ...others }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...others, seed: randomSeed };
}

function without(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** Writes a run's config.json as the format before wrote it. */
function makeFormer(folder: string): void {
  const { config: path } = pathsOf(folder);
  const value = recordIn(parseJson(readFileSync(path, 'utf8'), path), path);
  const comparison = value['comparison'] === null ? null : recordIn(value['comparison'], path);
  const { randomSeeds, ...others } = comparison ?? {};
  const former = {
    ...value,
    format: 'dynamic-subset-tuning/run/2',
    config: asThen(recordIn(value['config'], path)),
    comparison: comparison === null ? null : { ...others, seeds: randomSeeds },
  };
  writeFileSync(path, JSON.stringify(former));
}

it('continues a run of the former format to the bits of an unbroken one', async () => {
  const [whole, stopped] = ['whole', 'stopped'].map((name) => join(root, name));
  await train(whole, false);
  await train(stopped, false, 2);
  const before = readRun(stopped);
  makeFormer(stopped);
  expect(readRun(stopped)).toEqual(before);
  await train(stopped, true);
  expect(readFileSync(pathsOf(stopped).subset)).toEqual(readFileSync(pathsOf(whole).subset));
  expect(readRun(stopped).config.randomSeed).toBe(RANDOM_SEED);
  expect(recordIn(parseJson(readFileSync(pathsOf(stopped).config, 'utf8'), 'now'), 'now')['format']).toBe(
    before.format,
  );
});

it('knows its checkpoints by the fingerprint that they had then', async () => {
  const folder = join(root, 'fingerprint');
  await train(folder, false, 2);
  const { tokenizer, data, seed } = identify(openModel(world.seed), readTask({ task: world.task, data: null }));
  const decisive = without(asThen({ ...config() }), ['model', 'task', 'data', 'test', 'learningRateFrom']);
  const splits = data === null ? null : [data.train, data.development, data.test];
  const then = fingerprintOf('train', decisive, seed, tokenizer, splits);
  expect(readCheckpoint(pathsOf(folder).checkpoint, null).run).toBe(then);
});

it('reads a comparison of the former format, with its random seeds', async () => {
  const folder = join(root, 'comparison');
  await train(folder, false, 2);
  const record = { ...readRun(folder), comparison: { randomSeeds: [3, RANDOM_SEED], algorithm2: true, rates: null } };
  writeRun(folder, record);
  makeFormer(folder);
  expect(readFileSync(pathsOf(folder).config, 'utf8')).toContain(`"seeds":[3,${RANDOM_SEED}]`);
  expect(readRun(folder)).toEqual(record);
});

it('reads pretrain.json of then, under its fingerprint of then, and none with both names', () => {
  const path = join(root, 'pretrain.json');
  const today = { ...PRETRAIN_DEFAULTS, randomSeed: RANDOM_SEED };
  writeFileSync(path, JSON.stringify(asThen(today)));
  expect(readPretrainFile(path)).toEqual(today);
  expect(pretrainFingerprint(today)).toBe(fingerprintOf('pretrain', without(asThen(today), ['architecture'])));
  writeFileSync(path, JSON.stringify({ ...asThen(today), randomSeed: 1 }));
  expect(() => readPretrainFile(path)).toThrow(/got "seed" \(did you mean "randomSeed"\?\)/);
});

it('reads the rates of then, and says in whose format they are now', () => {
  const identity = identify(openModel(world.seed), readTask({ task: world.task, data: null }));
  const rates = { identity, task: 'task', trialSteps: null, ratePower: 0, judgedBy: 'metric', rates: [] };
  const then = { ...rates, format: 'dynamic-subset-tuning/rates/3', config: { steps: 5, seed: RANDOM_SEED } };
  const today = { ...rates, format: RATES_FORMAT, config: { steps: 5, randomSeed: RANDOM_SEED } };
  expect(RECORDED_RATES(then, 'rates')).toEqual(today);
  expect(RECORDED_RATES(today, 'rates')).toEqual(today);
});

it('refuses the former name in what is chosen today, and names the new one', () => {
  const chosen = { ...smallConfig(world), seed: RANDOM_SEED };
  expect(() => readTrainConfig(chosen, 'mine.json')).toThrow(
    /^mine\.json: .*got "seed" \(did you mean "randomSeed"\?\)/,
  );
});
