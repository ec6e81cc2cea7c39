/**
 * kill -9 at any moment, then --resume, gives the same bits as the unbroken run: a training process is killed at
 * thirty random points, and each checkpoint that it leaves behind, the events and the results are compared.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeFileSystem, type FileSystem } from '../../src/files/fileSystem.ts';
import { Random } from '../../src/tensor/random.ts';
import { readCheckpoint } from '../../src/run/checkpoint.ts';
import { readTrainConfig, type TrainConfig } from '../../src/train/config.ts';
import { openModel } from '../../src/run/openModel.ts';
import { pathsOf } from '../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { buildCommand } from './build.ts';
import { trainIn } from '../src/train/trained.ts';

const STEPS = 60;
const KILLS = 10;

let world: World;
let command: string;
beforeAll(() => {
  world = createWorld();
  command = buildCommand();
}, 120_000);
afterAll(() => world.remove());

/** A digest of every vector of a checkpoint: θ, the optimizer's slots, thresholds, mask, snapshots. */
function digest(path: string): { step: number; vectors: string } {
  const { step, vectors } = readCheckpoint(path, null);
  const hash = createHash('sha256');
  for (const [name, vector] of [...vectors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash
      .update(`${name} ${vector.length} `)
      .update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  }
  return { step, vectors: hash.digest('hex') };
}

/** The unbroken run in this process; remembers the state after every step. */
async function runUnbroken(config: TrainConfig, folder: string): Promise<ReadonlyMap<number, string>> {
  const states = new Map<number, string>();
  const watching: FileSystem = {
    ...nodeFileSystem,
    renameSync(from, to) {
      nodeFileSystem.renameSync(from, to);
      if (to !== pathsOf(folder).checkpoint) return;
      const { step, vectors } = digest(to);
      states.set(step, vectors);
    },
  };
  await trainIn(folder, config, { checkpointSteps: 1, fileSystem: watching });
  return states;
}

/** Starts the command; kills it `delay` ms after it has made `step` steps, or lets it end. */
function runChild(argv: readonly string[], step: number, delay: number): Promise<{ killed: boolean; talk: string }> {
  return new Promise((resolve) => {
    const child = fork(command, [...argv], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let talk = '';
    let due = false;
    child.stderr?.on('data', (chunk: Buffer) => (talk += chunk.toString()));
    child.on('message', (message: { advance?: { done: number } }) => {
      if (due || (message.advance?.done ?? 0) < step) return;
      due = true;
      setTimeout(() => child.kill('SIGKILL'), delay);
    });
    child.on('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', talk: `${code ?? ''}${talk}` }));
  });
}

/** The step at which the next child dies: any, at last the last one, after which results are written; then none. */
function pointOf(kills: number, random: Random): number {
  if (kills >= KILLS) return Infinity;
  return kills < KILLS - 2 ? 1 + random.integer(STEPS) : STEPS;
}

/** A run that has ended, against one that nobody broke. */
function expectSameRun(broken: string, unbroken: string, { method }: TrainConfig): void {
  const [a, b] = [pathsOf(broken), pathsOf(unbroken)];
  expect(existsSync(a.done)).toBe(true);
  expect(readFileSync(a.events, 'utf8')).toBe(readFileSync(b.events, 'utf8'));
  expect(openModel(broken).fingerprint).toBe(openModel(unbroken).fingerprint);
  if (method !== 'full') expect(readFileSync(a.subset)).toEqual(readFileSync(b.subset));
}

const METHODS = [
  { method: 'dst', threshold: 'iterative', dropout: 0.1 },
  { method: 'random', momentum: 0.9 },
  { method: 'full' },
];

describe('kill -9 and --resume', () => {
  it.each(METHODS)('give the bits of the unbroken run: %j', { timeout: 120_000 }, async (more) => {
    const config = readTrainConfig(smallConfig(world, { ...more, steps: STEPS, evaluateEvery: 20 }), 'spec');
    const unbroken = join(world.root, `unbroken-${config.method}`);
    const broken = join(world.root, `broken-${config.method}`);
    const states = await runUnbroken(config, unbroken);

    const configPath = join(world.root, `${config.method}.json`);
    writeFileSync(configPath, JSON.stringify(config));
    const random = new Random(`kill ${config.method}`);
    let kills = 0;
    let isOver = false;
    while (!isOver) {
      const begun = existsSync(pathsOf(broken).config);
      const how = begun ? ['--resume', broken] : ['--config', configPath, '--out', broken];
      const argv = ['train', ...how, '--no-latest', '--checkpoint-steps', '3'];
      const { killed, talk } = await runChild(argv, pointOf(kills, random), 20 * random.uniform());
      expect(killed || talk === '0', talk).toBe(true);
      if (existsSync(pathsOf(broken).checkpoint)) {
        const { step, vectors } = digest(pathsOf(broken).checkpoint);
        expect(vectors, `the state after step ${step}`).toBe(states.get(step));
      }
      kills += Number(killed);
      if (killed) continue;
      expectSameRun(broken, unbroken, config);
      // Where it ended before its kill came, the next one begins anew.
      isOver = kills >= KILLS;
      if (!isOver) rmSync(broken, { recursive: true });
    }
  });
});
