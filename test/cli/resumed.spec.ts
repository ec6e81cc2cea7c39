/**
 * Options beside a run that is there already, on the command line: what agrees is taken, what does not is refused, and
 * other data are refused wherever a run is gone on with or measured.
 */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as pretrain from '../../cli/commands/pretrain.ts';
import { inWords } from '../../cli/recorded.ts';
import { addTrainOptions } from '../../cli/trainOptions.ts';
import { PRETRAIN_DEFAULTS } from '../../src/pretrain/pretrainConfig.ts';
import { claimRun, readRun, releaseRun } from '../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { call, objectIn } from './call.ts';
import { identityOf } from './worldRates.ts';

let world: World;
let run: string;
beforeAll(async () => {
  world = createWorld();
  run = join(world.root, 'runs', 'run');
  mkdirSync(join(world.root, 'runs'));
  const config = join(world.root, 'config.json');
  writeFileSync(config, JSON.stringify(smallConfig(world)));
  const { code } = await call(['train', '--config', config, '--out', run, '--no-latest', '--quiet']);
  expect(code).toBe(0);
}, 60_000);
afterAll(() => world.remove());

const write = (): undefined => undefined;
const resume = (...more: string[]): ReturnType<typeof call> =>
  call(['train', '--resume', run, '--no-latest', '--quiet', ...more]);

describe('options beside --resume', () => {
  /** Another value than the run's, for every option that a run is made of. */
  const OTHERS: Readonly<Record<string, string>> = {
    method: 'random', epsilon: '0.1', silos: 'none', distance: 'absolute', threshold: 'iterative', factor: '3',
    iterations: '11', warmStart: 'true', budget: 'largest-remainder', normalisation: 'size-per-module', optimizer: 'sgd',
    dialect: 'torch', momentum: '0.5', minDimSizeToFactor: '9', learningRate: '0.031', schedule: 'constant', warmUp: '1',
    steps: '7', batch: '9', accumulation: '2', clip: '2', dropout: '0.5', randomSeed: '2', kernels: 'scalar',
    evaluateEvery: '3', evaluateRows: '5', measure: 'development', measureRows: '4', beams: '2', lengthPenalty: '0.5',
  }; // prettier-ignore
  const options = addTrainOptions(new Command()).options.filter(
    (option) => !['config', 'model', 'task', 'data', 'test', 'rates'].includes(option.attributeName()),
  );

  it('are all known to this test', () => {
    expect(options.map((option) => option.attributeName()).sort()).toEqual(Object.keys(OTHERS).sort());
  });

  it.each(options.map((option) => [option.long ?? '', option.attributeName()]))(
    '%s is refused where it says something else, and taken where it agrees',
    async (flag, name) => {
      const refused = await resume(flag, OTHERS[name]);
      expect(refused.stderr).toMatch(
        new RegExp(`^dst: ${flag}: expected .*, with which the run in .* was begun, got `),
      );
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      const { config } = readRun(run);
      const same = new Map<string, unknown>(Object.entries(config)).get(name);
      if (same === null && name === 'measureRows') return; // no word says "all"
      expect(await resume(flag, inWords(same))).toMatchObject({ code: 0 });
    },
  );

  it('are refused where the run has nothing to compare them with', async () => {
    for (const more of [
      ['--rates', 'any.json'],
      ['--out', join(world.root, 'other')],
    ])
      expect((await resume(...more)).stderr).toMatch(/^dst: --(rates|out): expected .*, got /);
    expect(await resume('--out', run)).toMatchObject({ code: 0 });
  });

  it('may name the places of seed and data, and nothing else that lies there', async () => {
    expect(await resume('--model', world.seed, '--task', world.task)).toMatchObject({ code: 0 });
    expect((await resume('--task', 'supersense')).stderr).toMatch(
      /the data of the run: expected a folder at supersense/,
    );
    expect((await resume('--data', world.task)).stderr).toMatch(/^dst: --data: expected a run on a pair of languages/);
    expect((await resume('--test', 'test')).stderr).toMatch(/^dst: --test: expected a pair of languages/);
    expect((await resume('--model', run)).code).toBe(2);
  });

  it('are looked for in the file of --config, too', async () => {
    const file = join(world.root, 'other.json');
    writeFileSync(file, JSON.stringify(smallConfig(world)));
    expect(await resume('--config', file)).toMatchObject({ code: 0 });
    writeFileSync(file, JSON.stringify(smallConfig(world, { batch: 9 })));
    expect((await resume('--config', file)).stderr).toMatch(/other\.json: batch: expected 8, with which .* got 9/);
  });

  it('--accept-data is refused where nothing is gone on with', async () => {
    for (const argv of [
      ['train', '--task', world.task, '--model', world.seed],
      ['demo'],
      ['eval', '--model', world.seed],
    ])
      expect((await call([...argv, '--accept-data'])).stderr).toMatch(/^dst: --accept-data: expected /);
  });

  it('are refused by the trace of a run, and by the toy where they are of a run', async () => {
    const trace = (...more: string[]): ReturnType<typeof call> => call(['trace', ...more]);
    expect((await trace('--run', run, '--epsilon', '0.1')).stderr).toMatch(
      /^dst: --epsilon: expected 0\.05, with which/,
    );
    expect((await trace('--accept-data')).stderr).toMatch(/^dst: --accept-data: expected --run, whose it is/);
    expect(await trace('--run', run, '--epsilon', '0.05', '--steps', '1')).toMatchObject({ code: 0 });
  });
});

describe('options beside pretrain --resume', () => {
  const folder = (): string => join(world.root, 'seed-to-be');
  const BEGUN: Readonly<Record<string, unknown>> = { ...PRETRAIN_DEFAULTS, momentum: null };
  const again = (...more: string[]): ReturnType<typeof call> =>
    call(['pretrain', '--out', folder(), '--resume', '--quiet', ...more]);
  beforeAll(() => {
    mkdirSync(folder());
    writeFileSync(join(folder(), 'pretrain.json'), JSON.stringify(BEGUN));
  });

  const command = new Command();
  pretrain.define(command, {
    stdout: { write },
    stderr: { write },
    environment: {},
    signal: new AbortController().signal,
  });
  const options = command.options.filter((option) => option.attributeName() in BEGUN);
  /** Another name than the default, for every option that takes one. */
  const NAMES: Readonly<Record<string, string>> = {
    decoder: 't5', gelu: 'silu', adafactor: 'sgd', linear: 'cosine', simd: 'scalar', F32: 'BF16',
  }; // prettier-ignore
  const other = (value: unknown): string =>
    typeof value === 'number'
      ? String(value === 0 ? 0.5 : value + 1)
      : typeof value === 'boolean'
        ? String(!value)
        : (NAMES[String(value)] ?? '0.5');

  it('are as many as there are fields', () => {
    expect(options.map((option) => option.attributeName()).sort()).toEqual(Object.keys(BEGUN).sort());
  });

  it.each(options.map((option) => [option.long ?? '', BEGUN[option.attributeName()]]))(
    '%s is refused where it says something else than %j',
    async (flag, then) => {
      // one that agrees is passed over
      const agreeing = flag === '--steps' ? ['--rows', inWords(BEGUN['rows'])] : ['--steps', inWords(BEGUN['steps'])];
      const refused = await again(...agreeing, flag, other(then));
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toBe(
        `dst: ${flag}: expected ${inWords(then)}, with which the run in ${folder()} was begun, got ${other(then)}\n`,
      );
    },
  );

  it('and what the run has nothing to compare with, and other fields in the file of --config', async () => {
    for (const more of [
      ['--minutes', '3'],
      ['--model', 't5-nano'],
    ])
      expect((await again(...more)).stderr).toBe(
        `dst: ${more[0]}: expected no such option beside --resume, got ${more[1]}\n`,
      );
    const file = join(world.root, 'other-pretrain.json');
    writeFileSync(file, JSON.stringify({ ...BEGUN, steps: 3001 }));
    expect((await again('--config', file)).stderr).toMatch(/other-pretrain\.json: steps: expected 3000, with which/);
    expect(readdirSync(folder())).toEqual(['pretrain.json']);
  });
});

describe('other data', () => {
  const path = (): string => join(world.task, 'test.tsv');
  let before: string;
  beforeEach(() => {
    before = readFileSync(path(), 'utf8');
    appendFileSync(path(), 'a dark moss\tplant\n');
  });
  afterEach(() => writeFileSync(path(), before));

  it.each([
    ['train', '--resume'],
    ['eval', '--model'],
    ['trace', '--run'],
  ])('are refused by dst %s %s, by name, and taken where they are accepted', async (command, flag) => {
    const refused = await call([command, flag, run]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/expected the data of the run, got others: test: 18 rows \(\w{12}\) then, 19 rows/);
    const more = command === 'train' ? ['--no-latest', '--quiet'] : command === 'trace' ? ['--steps', '1'] : [];
    expect(await call([command, flag, run, '--accept-data', ...more])).toMatchObject({ code: 0 });
  });

  it('are measured where the user names them, and the answer says what they are', async () => {
    const { code, stdout, stderr } = await call(['eval', '--model', run, '--task', world.task, '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: these are not the data of the run: test: 18 rows/m);
    expect(objectIn(stdout)).toMatchObject({ isDataOfRun: false, data: identityOf(world).data });
    writeFileSync(path(), before);
    const own = await call(['eval', '--model', run, '--json']);
    expect(objectIn(own.stdout)).toMatchObject({ isDataOfRun: true, data: readRun(run).identity.data });
  });
});

describe('dst eval', () => {
  it('measures a run’s own data from wherever it is started, not what has their name there', async () => {
    const elsewhere = join(world.root, 'elsewhere');
    cpSync(world.task, join(elsewhere, 'task'), { recursive: true });
    appendFileSync(join(elsewhere, 'task', 'test.tsv'), 'a dark moss\tplant\n');
    const here = process.cwd();
    process.chdir(world.root);
    const relative = join('runs', 'relative');
    const config = join(world.root, 'relative.json');
    writeFileSync(config, JSON.stringify(smallConfig(world, { model: 'seed', task: 'task', steps: 1 })));
    try {
      await call(['train', '--config', config, '--out', relative, '--no-latest', '--quiet']);
      process.chdir(elsewhere);
      const { code, stdout } = await call(['eval', '--model', join('..', relative), '--json']);
      expect(code).toBe(0);
      expect(objectIn(stdout)).toMatchObject({ isDataOfRun: true, count: 18 });
    } finally {
      process.chdir(here);
    }
  });

  it('finds the seed of a run that was moved, or says which option names it', async () => {
    const moved = join(world.root, 'moved', 'deep', 'run');
    cpSync(run, moved, { recursive: true });
    expect(await call(['eval', '--model', moved])).toMatchObject({ code: 0 });
    renameSync(world.seed, `${world.seed}-gone`);
    try {
      const lost = await call(['eval', '--model', moved]);
      expect(lost.stderr).toMatch(
        /the seed of the run: expected a folder at .*seed, got none there \(--seed names another\)$/m,
      );
      for (const argv of [
        ['eval', '--model', moved],
        ['generate', '--prompt', 'a cat', '--model', moved],
        ['inspect', moved],
      ])
        expect(await call([...argv, '--seed', `${world.seed}-gone`]), argv[0]).toMatchObject({ code: 0 });
    } finally {
      renameSync(`${world.seed}-gone`, world.seed);
    }
  });
});

describe('the folder of a new run', () => {
  it('is another for each of many that ask in the same second, and is taken back where nothing came of it', () => {
    const root = join(world.root, 'many', 'runs');
    const now = new Date(0);
    const folders = Array.from({ length: 5 }, () => claimRun(root, 'dst', now));
    expect(new Set(folders).size).toBe(5);
    expect(readdirSync(root).sort()).toEqual(folders.map((folder) => folder.slice(root.length + 1)).sort());
    writeFileSync(join(folders[2], 'config.json'), '{}');
    for (const folder of folders) releaseRun(folder);
    expect(readdirSync(root)).toEqual([folders[2].slice(root.length + 1)]);
  });

  it('is none where a run is refused', async () => {
    const folder = join(world.root, 'refused');
    mkdirSync(folder);
    const here = process.cwd();
    process.chdir(folder);
    try {
      const tooMany = ['train', '--model', world.seed, '--task', world.task, '--momentum', '0.9', '--dialect', 'torch'];
      expect((await call(tooMany)).code).toBe(2);
      expect(existsSync(join(folder, 'runs'))).toBe(false);
    } finally {
      process.chdir(here);
    }
  });
});
