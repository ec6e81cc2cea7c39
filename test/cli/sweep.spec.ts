/**
 * A search that is repeated: what was tried on the same seed and data is taken again, what was tried on others is not,
 * and the same search has the same end.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../src/run/runFolder.ts';
import { createWorld, type World } from '../src/train/fixture.ts';
import { buildCommand } from './build.ts';
import { call, objectIn } from './call.ts';
import { identityOf, pathOfRates } from './worldRates.ts';

const execute = promisify(execFile);

let world: World;
let command: string;
/** What the first search recorded, and where it did. */
let path: string;
let first: string;
let trained: string;
beforeAll(async () => {
  world = createWorld();
  command = buildCommand();
  trained = readFileSync(join(world.task, 'train.tsv'), 'utf8');
  path = pathOfRates(world);
  await search('work');
  first = readFileSync(path, 'utf8');
}, 240_000);
afterAll(() => world.remove());

const argv = (work: string): string[] => [
  ...['sweep', '--model', world.seed, '--task', world.task, '--methods', 'full', '--steps', '2', '--batch', '4'],
  ...['--work', join(world.root, work), '--quiet'],
];
const search = (work: string, ...more: string[]): Promise<unknown> =>
  execute(process.execPath, [command, ...argv(work), ...more]);
const trialsIn = (work: string): string[] =>
  readdirSync(join(world.root, work))
    .filter((name) => !name.endsWith('.json'))
    .sort();

describe('a sweep that is repeated', () => {
  it('records the same on unchanged data byte for byte, whatever is on record, with the trials or without', async () => {
    const before = trialsIn('work');
    expect(before.length).toBeGreaterThan(2);
    const other = objectIn(first);
    const rates: unknown = JSON.parse(
      JSON.stringify(other['rates']).replace(/"learningRate":[^,]+/, '"learningRate":7'),
    );
    for (const work of ['work', 'fresh']) {
      writeFileSync(path, JSON.stringify({ ...other, rates }));
      await search(work);
      expect(readFileSync(path, 'utf8')).toBe(first);
      expect(trialsIn(work)).toEqual(before);
    }
  }, 240_000);

  describe('after labels were edited in place', () => {
    afterEach(() => writeFileSync(join(world.task, 'train.tsv'), trained));
    const edit = (): void => {
      const rows = trained.trimEnd().split('\n');
      const edited = rows.map((row) =>
        row.replace(/\t(animal|plant)$/, (_, label) => (label === 'plant' ? '\tanimal' : '\tplant')),
      );
      expect(edited).not.toEqual(rows);
      writeFileSync(join(world.task, 'train.tsv'), `${edited.join('\n')}\n`);
    };

    it('takes none of the former trials, and records beside the former rates', async () => {
      const before = trialsIn('work');
      edit();
      await search('work');
      const made = trialsIn('work').filter((name) => !before.includes(name));
      const now = pathOfRates(world);
      expect(now).not.toBe(path);
      const value = objectIn(readFileSync(now, 'utf8'));
      const trials = JSON.stringify(value['rates']).match(/"value":/g) ?? [];
      expect(made).toHaveLength(trials.length);
      for (const name of made) expect(readRun(join(world.root, 'work', name)).identity).toEqual(identityOf(world));
      expect(value['identity']).toEqual(identityOf(world));
      expect(readFileSync(path, 'utf8')).toBe(first);
    }, 120_000);

    it('does not record into the former rates, and names the split', async () => {
      edit();
      const { code, stderr } = await call([...argv('refused'), '--rates', path]);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /: expected the rates of this seed and these data .*, got "?rates of other data: train: 48 rows/,
      );
      expect(existsSync(join(world.root, 'refused'))).toBe(false);
      expect(readFileSync(path, 'utf8')).toBe(first);
    });
  });
});

it('a sweep whose rates cannot be written says so before the first trial', async () => {
  const folder = join(world.root, 'a-folder');
  mkdirSync(folder);
  for (const file of [folder, join(world.seed, 'model.safetensors', 'rates.json')]) {
    const { code, stderr } = await call([...argv('never'), '--rates', file]);
    expect(code).toBe(3);
    expect(stderr).toContain(`dst: ${file}: expected a file that can be written, got `);
    expect(existsSync(join(world.root, 'never'))).toBe(false);
  }
});
