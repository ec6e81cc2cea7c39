/**
 * A T5 from the command line: a run and what can be done with it, and sentences that no run is made of.
 */
import { mkdirSync, writeFileSync, existsSync, rmSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methodsOf } from '../../cli/demo/methods.ts';
import { planConfigs } from '../../cli/demo/plan.ts';
import { wordsOf } from '../../cli/trainOptions.ts';
import { readResult } from '../../src/run/result.ts';
import { readRun } from '../../src/run/runFolder.ts';
import { createT5World, type T5World } from '../src/train/t5World.ts';
import { call, objectIn } from './call.ts';

let world: T5World;
let run: string;
const model = (): string[] => ['--model', world.seed];
const task = (data = world.data): string[] => ['--task', 'de-en', '--data', data];
const steps = ['--steps', '3', '--batch', '6', '--epsilon', '0.1', '--min-dim-size-to-factor', '8', '--no-latest'];

beforeAll(async () => {
  world = createT5World();
  run = join(world.root, 'run');
  const { code, stderr } = await call(['train', ...model(), ...task(), ...steps, '--beams', '2', '--out', run]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
}, 60_000);
afterAll(() => world.remove());

const json = async (argv: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
  const { code, stdout, stderr } = await call([...argv, '--json', '--quiet']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return objectIn(stdout);
};

describe('a run of translation', () => {
  it('is measured in BLEU, with the task and the folder that it was trained on', async () => {
    const found = await json(['eval', '--model', run, '--beams', '2']);
    expect(found).toMatchObject({ task: 'de-en', metric: 'BLEU', scale: 'points', baseline: null, count: 9 });
  });

  it('answers a sentence, greedily and with beams, and continues none', async () => {
    for (const beams of ['1', '3'])
      expect(
        await json(['generate', '--model', run, '--prompt', 'Hund und Baum läuft', '--beams', beams]),
      ).toHaveProperty('answer');
    const { code, stderr } = await call(['generate', '--model', run, '--prompt', 'Hund', '--raw']);
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toContain('--raw: expected a decoder');
  });

  it('is applied to its seed and taken out again, to the fingerprint', async () => {
    const subset = join(run, 'subset.safetensors');
    const [tuned, back] = [join(world.root, 'tuned'), join(world.root, 'back')];
    const fingerprintOf = async (path: string): Promise<unknown> =>
      objectIn(JSON.stringify((await json(['inspect', path]))['facts']))['fingerprint'];
    const fingerprint = await fingerprintOf(run);
    expect(await json(['apply', subset, '--seed', world.seed, '--out', tuned])).toMatchObject({ fingerprint });
    const seed = await fingerprintOf(world.seed);
    expect(await json(['revert', subset, '--model', tuned, '--seed', world.seed, '--out', back])).toMatchObject({
      fingerprint: seed,
    });
  });
});

describe('one of several test sets', () => {
  let other: T5World;
  let out: string;
  beforeAll(async () => {
    other = createT5World();
    for (const language of ['de', 'en'])
      renameSync(join(other.data, `test.${language}`), join(other.data, `test_a.${language}`));
    other.write('test_b', 'Hund und Baum läuft\nFrau und Mann steht\n', 'dog and tree runs\nwoman and man stands\n');
    out = join(other.root, 'run');
    const argv = ['train', ...model(), ...task(other.data), ...steps, '--test', 'test_b', '--out', out];
    const { code, stderr } = await call(argv);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).not.toContain('of the test sets');
  }, 60_000);
  afterAll(() => other.remove());

  it('is measured, stands in the config, and is the run’s from then on', async () => {
    expect(readResult(join(out, 'result.json'))).toMatchObject({ metric: { count: 2 }, warnings: [] });
    expect(readRun(out)).toMatchObject({ config: { test: 'test_b' }, identity: { data: { test: { rows: 2 } } } });
    expect(await json(['eval', '--model', out])).toMatchObject({ count: 2, isDataOfRun: true });
  });

  it('is another where it is asked for by name: eval says so, --resume refuses it', async () => {
    const evaluated = await call(['eval', '--model', out, '--test', 'test_a', '--json']);
    expect(evaluated.stderr).toMatch(/^note: these are not the data of the run: test: 2 rows \(\w+\) then, 9 rows/);
    expect(objectIn(evaluated.stdout)).toMatchObject({ count: 9, isDataOfRun: false });
    const again = (...more: string[]): ReturnType<typeof call> =>
      call(['train', '--resume', out, '--no-latest', '--quiet', ...more]);
    expect(await again('--test', 'test_b')).toMatchObject({ code: 0 });
    const refused = await again('--test', 'test_a');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/expected the data of the run, got others: test: 2 rows \(\w+\) then, 9 rows/);
    expect(readRun(out).config.test).toBe('test_b');
  });

  it.each(['train', 'demo', 'eval', 'sweep'])(
    'is refused by dst %s where it is not there, with the nearest',
    async (name) => {
      const { code, stderr } = await call([name, ...model(), ...task(other.data), '--test', 'tets_a']);
      expect(code).toBe(2);
      expect(stderr).toBe('dst: --test: expected one of test_a, test_b, got "tets_a" (did you mean "test_a"?)\n');
    },
  );

  it('is part of what the children of the main job are told', () => {
    expect(wordsOf({ task: 'de-en', data: 'x', test: 'test_b' })).toEqual([
      '--task',
      'de-en',
      '--data',
      'x',
      '--test',
      'test_b',
    ]);
    const planned = planConfigs(
      { task: 'de-en', data: 'x', test: 'test_b', randomSeeds: [1], algorithm2: false },
      'm',
      null,
    );
    for (const method of methodsOf('de-en')) expect(planned(method).test).toBe('test_b');
  });
});

describe('sentences that no run is made of', () => {
  /** Exit code and message of a run on files that `spoil` has changed; the run's folder must not come into being. */
  async function refusal(spoil: (other: T5World) => void): Promise<{ code: number; stderr: string }> {
    const other = createT5World();
    spoil(other);
    const out = join(other.root, 'refused');
    const { code, stderr } = await call(['train', ...model(), ...task(other.data), ...steps, '--out', out, '--quiet']);
    expect(existsSync(out)).toBe(false);
    other.remove();
    return { code, stderr };
  }

  it.each<readonly [string, (other: T5World) => void, RegExp]>([
    [
      'another number of lines',
      ({ write }) => write('train', 'ein Hund\nein Baum\n', 'a dog\n'),
      /expected as many lines in .*train\.de as in .*train\.en, got 2 and 1/,
    ],
    [
      'bytes that are no UTF-8',
      ({ data }) => writeFileSync(join(data, 'val.en'), Buffer.from([0x61, 0x0a, 0xff, 0x0a])),
      /val\.en:2: expected text in UTF-8/,
    ],
    ['no pair at all', ({ write }) => write('test', '\n\n', 'a\nb\n'), /test\.de: expected at least one line/],
    [
      'a missing part',
      ({ data }) => rmSync(join(data, 'val.de')),
      /development: expected one file val\.de or .*, got "none"/,
    ],
    [
      'a missing side',
      ({ data }) => renameSync(join(data, 'train.en'), join(data, 'train.fr')),
      /expected train\.en or train\.en\.gz/,
    ],
    ['damaged gzip', ({ data }) => gzipNot(data), /train\.de\.gz: expected gzip/],
    [
      'sentences of which none fits',
      ({ write }) => write('train', 'x '.repeat(99), 'y\n'),
      /that fits into the context/,
    ],
  ])('%s: refused with 2, by name', async (_, spoil, message) => {
    const { code, stderr } = await refusal(spoil);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it('a pair that is too long is told and left out', async () => {
    const other = createT5World();
    other.write('train', `Hund\n${'Baum '.repeat(60)}\n`, 'dog\ntree\n');
    const out = join(other.root, 'out');
    const { code, stderr } = await call(['train', ...model(), ...task(other.data), ...steps, '--out', out]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('warning: 1 training rows are longer than the context and left out');
    other.remove();
  });

  it('without a folder the command says where there is one, with 3; a misspelt task is named, with 2', async () => {
    const none = await call(['train', ...model(), '--task', 'de-en', ...steps]);
    expect(none.stderr).toMatch(/--task de-en: expected --data FOLDER .* https:\/\/github\.com\/multi30k\/dataset/);
    expect(none.code).toBe(3);
    const misspelt = await call(['train', ...model(), '--task', 'phoneme', ...steps]);
    expect(misspelt.stderr).toContain('(did you mean "phonemes"?)');
    expect(misspelt.code).toBe(2);
  });
});

function gzipNot(data: string): void {
  rmSync(join(data, 'train.de'));
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'train.de.gz'), 'no gzip');
}
