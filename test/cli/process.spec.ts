/**
 * What only a process of its own can show: the main job with its children, Ctrl-C, a reader that goes away.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResult } from '../../src/run/result.ts';
import { openModel } from '../../src/run/openModel.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { buildCommand } from './build.ts';
import { objectIn, objectsOf } from './call.ts';
import { writeRates } from './worldRates.ts';

const execute = promisify(execFile);

let world: World;
let command: string;
beforeAll(() => {
  world = createWorld();
  command = buildCommand();
}, 120_000);
afterAll(() => world.remove());

/** Records a rate of full fine-tuning beside the seed: one that is far too large. */
function writeRate(learningRate: number): void {
  writeRates(world, { rates: [{ method: 'full', epsilon: null, learningRate, trials: [] }] });
}

describe('the main job', () => {
  it(
    'in the small: one JSON object on stdout, a whole folder, and the subset is exact',
    { timeout: 120_000 },
    async () => {
      const out = join(world.root, 'demo');
      writeRate(2);
      const argv = ['demo', '--model', world.seed, '--task', world.task, '--steps', '20', '--out', out, '--json'];
      const { stdout, stderr } = await execute(process.execPath, [command, ...argv]);
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      const answer = objectIn(stdout);
      expect(answer).toMatchObject({ task: 'task', applyIsExact: true, revertIsExact: true, run: out });
      const rows = objectsOf(answer['rows']);
      expect(rows.map(({ method, epsilon }) => [method, epsilon])).toEqual([
        ['most frequent class', null],
        ['seed as it is', null],
        ['full fine-tuning', null],
        ['DST', 0.1],
        ['DST', 0.01],
        ['DST', 0.001],
        ['random mask', 0.01],
      ]);
      for (const row of rows) {
        expect(Object.keys(row).sort()).toEqual(
          [
            ...['bytes', 'changed', 'epsilon', 'high', 'id', 'learningRate', 'low', 'method', 'metric', 'rateNote'],
            ...['realisedFraction', 'runs', 'seconds'],
          ].sort(),
        );
      }
      for (const name of ['config.json', 'result.json', 'report.html', 'subset.safetensors', 'DONE']) {
        expect(existsSync(join(out, name)), name).toBe(true);
      }
      expect(openModel(join(world.root, 'latest')).folder).toBe(out);
      expect(objectIn(readFileSync(join(out, 'result.json'), 'utf8'))['title']).toBe('Dynamic Subset Tuning: task');
      // Job, answer and page state what every method was made of.
      const { identity } = readResult(join(out, 'methods', 'full', 'result.json'));
      expect(answer).toMatchObject({ identity, others: [] });
      expect(objectIn(readFileSync(join(out, 'result.json'), 'utf8'))).toMatchObject({ identity, others: [] });
      const page = readFileSync(join(out, 'report.html'), 'utf8');
      for (const hash of [identity.seed, identity.tokenizer, identity.data?.train.sha256, identity.data?.test.sha256])
        expect(page).toContain(hash);
      // What a child warns of is heard from its parent.
      expect(stderr).toMatch(
        /^full fine-tuning: warning: the loss ended at .*: a learning rate of 2 may be too high$/m,
      );
      const shown = join(out, 'methods', 'dst-0.01', 'subset.safetensors');
      expect(readFileSync(join(out, 'subset.safetensors'))).toEqual(readFileSync(shown));

      // As after a crash: one method is lost, and the rest is not made again.
      rmSync(join(out, 'DONE'));
      rmSync(join(out, 'methods', 'full'), { recursive: true });
      // It goes on with the rates that it began with, whatever stands beside the seed by now.
      writeRate(1);
      const again = await execute(process.execPath, [command, 'demo', '--resume', out, '--json']);
      const rowsAgain = objectsOf(objectIn(again.stdout)['rows']);
      const untimed = (list: typeof rows): unknown =>
        list.map(({ runs, ...row }) => ({
          ...row,
          seconds: 0,
          runs: objectsOf(runs).map((each) => ({ ...each, seconds: 0 })),
        }));
      expect(untimed(rowsAgain)).toEqual(untimed(rows));
    },
  );

  it(
    'over two random seeds, with Algorithm 2: each method once a random seed, and what is lost is made again',
    { timeout: 120_000 },
    async () => {
      const out = join(world.root, 'seeds');
      const argv = ['demo', '--model', world.seed, '--task', world.task, '--steps', '4', '--out', out, '--json'];
      const first = await execute(process.execPath, [command, ...argv, '--random-seeds', '5,3', '--algorithm-2']);
      const rows = objectsOf(objectIn(first.stdout)['rows']);
      const trained = rows.slice(2).map(({ method, epsilon, metric, runs }) => ({
        name: `${String(method)} ${String(epsilon)}`,
        randomSeeds: objectsOf(runs).map(({ randomSeed }) => randomSeed),
        isMean: objectsOf(runs).reduce((sum, run) => sum + Number(run['metric']), 0) / 2 === metric,
      }));
      expect(trained).toEqual(
        ['full fine-tuning null', 'DST 0.1', 'DST 0.01', 'DST 0.001', 'random mask 0.01', 'DST, Algorithm 2 0.01'].map(
          (name) => ({ name, randomSeeds: [5, 3], isMean: true }),
        ),
      );
      const configOf = (slug: string): unknown =>
        objectIn(readFileSync(join(out, 'methods', slug, 'config.json'), 'utf8'))['config'];
      expect(configOf('dst-0.01-seed-3')).toMatchObject({ randomSeed: 3, threshold: 'select' });
      expect(configOf('dst-0.01-iterative-seed-5')).toMatchObject({ randomSeed: 5, threshold: 'iterative' });
      expect(readFileSync(join(out, 'subset.safetensors'))).toEqual(
        readFileSync(join(out, 'methods', 'dst-0.01-seed-5', 'subset.safetensors')),
      );

      rmSync(join(out, 'DONE'));
      rmSync(join(out, 'methods', 'full-seed-3'), { recursive: true });
      const kept = readFileSync(join(out, 'methods', 'full-seed-5', 'result.json'), 'utf8');
      const again = await execute(process.execPath, [command, 'demo', '--resume', out, '--json']);
      const metrics = (list: typeof rows): unknown => list.map(({ metric, low, high }) => [metric, low, high]);
      expect(metrics(objectsOf(objectIn(again.stdout)['rows']))).toEqual(metrics(rows));
      expect(readFileSync(join(out, 'methods', 'full-seed-5', 'result.json'), 'utf8')).toBe(kept);
    },
  );
});

describe('a process', () => {
  it('ends with 130 on Ctrl-C, with a checkpoint, and goes on from there', { timeout: 60_000 }, async () => {
    const configPath = join(world.root, 'long.json');
    const out = join(world.root, 'long');
    writeFileSync(configPath, JSON.stringify(smallConfig(world, { steps: 100_000, schedule: 'constant' })));
    const argv = ['train', '--config', configPath, '--out', out, '--no-latest'];
    const child = spawn(process.execPath, [command, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    let talk = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (talk === '') child.kill('SIGINT'); // the first line says that the loop runs
      talk += chunk.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    // "after step": it has heard, and saved; on a machine with much else to do it may be ended before.
    expect(talk).toMatch(/dst: stopped( after step \d+)?; continue with: .* train --resume .*long$/m);
    expect(existsSync(join(out, 'checkpoint.safetensors'))).toBe(talk.includes('after step'));
  });

  it('ends quietly when its reader goes away', { timeout: 60_000 }, async () => {
    const { stdout } = await execute('sh', [
      '-c',
      `"$0" "$1" trace --steps 5000 | head -n 1`,
      process.execPath,
      command,
    ]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('says why when its output cannot be written', { timeout: 60_000 }, async (context) => {
    context.skip(!existsSync('/dev/full'), 'no /dev/full here');
    const outcome = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile('sh', ['-c', `"$0" "$1" trace > /dev/full`, process.execPath, command], (error, _, stderr) =>
        resolve({ code: error?.code, stderr }),
      );
    });
    expect(outcome).toEqual({
      code: 3,
      stderr: 'dst: stdout: expected to write to it, got no space left on the device (ENOSPC)\n',
    });
  });

  it('leaves nobody behind when a child fails', { timeout: 60_000 }, async () => {
    const out = join(world.root, 'failing');
    const argv = [
      'demo',
      '--model',
      world.seed,
      '--task',
      world.task,
      '--steps',
      '3',
      '--out',
      out,
      '--json',
      '--quiet',
    ];
    writeRate(1e38); // the first child that fails ends the rest
    const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [command, ...argv], (error, written, talk) =>
        resolve({ code: error?.code, stdout: written, stderr: talk }),
      );
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^dst: full fine-tuning: .* at step \d+: expected a finite number/);
    expect(existsSync(join(out, 'DONE'))).toBe(false);
  });
});
