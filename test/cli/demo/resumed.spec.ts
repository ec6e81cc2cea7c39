/**
 * A main job that goes on: with the options and the data that it was begun with, or not at all.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identifyData } from '../../../src/data/identity.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import { beginRun, readRun } from '../../../src/run/runFolder.ts';
import { readTask } from '../../../src/data/tasks.ts';
import { createWorld, smallConfig, type World } from '../../src/train/fixture.ts';
import { buildCommand } from '../build.ts';
import { call } from '../call.ts';
import { identityOf } from '../worldRates.ts';

const execute = promisify(execFile);

let world: World;
let job: string;
beforeAll(() => {
  world = createWorld();
  job = join(world.root, 'job');
  // stopped before the first of its methods
  const config = readTrainConfig(smallConfig(world, { steps: 2, randomSeed: 4 }), 'spec');
  const comparison = { randomSeeds: [4], algorithm2: false, rates: null };
  beginRun(job, world.seed, { identity: identityOf(world), config, comparison });
});
afterAll(() => world.remove());

const resume = (...more: string[]): ReturnType<typeof call> => call(['demo', '--resume', job, ...more]);

describe('dst demo --resume', () => {
  it.each([
    ['--steps', '10', '2'],
    ['--random-seeds', '1,2', '[4]'],
    ['--random-seed', '1', '4'],
    ['--measure-rows', '3', 'none'],
  ])('refuses %s %s, and says what the job was begun with', async (flag, value, then) => {
    const before = readFileSync(join(job, 'config.json'), 'utf8');
    const { code, stdout, stderr } = await resume(flag, value);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`dst: ${flag}: expected ${then}, with which the run in ${job} was begun, got `);
    expect(readFileSync(join(job, 'config.json'), 'utf8')).toBe(before);
    expect(readdirSync(job)).toEqual(['config.json']);
  });

  it('refuses a training run, and dst train a main job, by the command that goes on with it', async () => {
    const run = join(world.root, 'alone');
    const config = readTrainConfig(smallConfig(world, { steps: 2 }), 'spec');
    beginRun(run, world.seed, { identity: identityOf(world), config });
    for (const [command, folder, other] of [
      ['demo', run, 'train'],
      ['train', job, 'demo'],
    ]) {
      const { code, stderr } = await call([command, '--resume', folder]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining(`; continue it with: dst ${other} --resume ${folder}\n`),
      ]);
      expect(readdirSync(folder)).toEqual(['config.json']);
    }
  });

  it.each([['--algorithm-2'], ['--out', 'elsewhere'], ['--rates', 'any.json'], ['--task', 'supersense']])(
    'refuses %s, too',
    async (...given) => {
      const { code, stderr } = await resume(...given);
      expect(code).toBe(2);
      expect(stderr).toMatch(/: expected /);
      expect(readdirSync(job)).toEqual(['config.json']);
    },
  );

  it(
    'refuses other data by name; accepted, every method is made again on those of now',
    { timeout: 240_000 },
    async () => {
      const command = buildCommand();
      const dst = (...argv: string[]): Promise<unknown> =>
        execute(process.execPath, [command, ...argv, '--quiet', '--json']);
      await dst('demo', '--resume', job);
      const path = join(world.task, 'test.tsv');
      const before = readFileSync(path, 'utf8');
      const first = identityOf(world);
      rmSync(join(job, 'DONE'));
      appendFileSync(path, 'a dark moss\tplant\n');
      try {
        const refused = await resume();
        expect(refused).toMatchObject({ code: 2, stdout: '' });
        expect(refused.stderr).toMatch(
          /expected the data of the run, got others: test: 18 rows \(\w{12}\) then, 19 rows/,
        );
        expect(existsSync(join(job, 'DONE'))).toBe(false);
        await dst('demo', '--resume', job, '--accept-data');
        const data = identifyData(readTask({ task: world.task, data: null }));
        const methods = readdirSync(join(job, 'methods')).filter((name) => !name.endsWith('.json'));
        const dataOf = (names: string[]): unknown[] =>
          names.map((name) => readRun(join(job, 'methods', name)).identity.data);
        const [aside, now] = [
          methods.filter((name) => name.includes('-on-')),
          methods.filter((name) => !name.includes('-on-')),
        ];
        expect(aside).toHaveLength(now.length);
        for (const each of dataOf(now)) expect(each).toEqual(data);
        for (const each of dataOf(aside)) expect(each).toEqual(first.data);
        expect(readRun(job).identity.data).toEqual(data);
        expect(existsSync(join(job, 'DONE'))).toBe(true);
      } finally {
        writeFileSync(path, before);
      }
    },
  );
});
