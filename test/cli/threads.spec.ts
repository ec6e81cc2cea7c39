/**
 * Threads end with their process, however it ends, and a process with threads ends by itself.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModel } from '../../src/run/openModel.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { buildCommand } from './build.ts';

const THREADS = 4;
const HAS_PROC = existsSync('/proc/self/task');

let world: World;
let command: string;
beforeAll(() => {
  // Wide enough that its products are worth splitting.
  world = createWorld({ modelSize: 64, heads: 4, feedForwardSize: 96 });
  command = buildCommand();
}, 120_000);
afterAll(() => world.remove());

function start(name: string, steps: number, threads: number): { child: ChildProcess; out: string } {
  const config = join(world.root, `${name}.json`);
  const out = join(world.root, name);
  writeFileSync(config, JSON.stringify(smallConfig(world, { steps, schedule: 'constant' })));
  const argv = ['train', '--config', config, '--out', out, '--no-latest', '--threads', String(threads)];
  return { child: spawn(process.execPath, [command, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] }), out };
}

/** Resolves with the exit code, or with the signal that ended it. */
function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)));
}

/** Resolves at the first line of talk: the loop runs. */
function begun(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stderr?.once('data', () => resolve()));
}

/** The tasks of a process, by the system's numbers; none where it is gone. */
function tasksOf(child: ChildProcess): readonly string[] {
  const folder = `/proc/${child.pid ?? 0}/task`;
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe('a process with threads', () => {
  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 130],
    ['SIGKILL', 'SIGKILL'],
  ] as const)('leaves none behind after %s', { timeout: 120_000 }, async ([signal, expected], { skip }) => {
    if (!HAS_PROC) skip('needs /proc, which lists the threads of a process');
    const [alone, crowded] = [start(`${signal}-1`, 1_000_000, 1), start(`${signal}-4`, 1_000_000, THREADS)];
    await Promise.all([begun(alone.child), begun(crowded.child)]);
    // A worker may still be starting when the first step has been made.
    let [few, many] = [0, 0];
    for (let tries = 0; tries < 500 && many < few + THREADS - 1; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      [few, many] = [tasksOf(alone.child).length, tasksOf(crowded.child).length];
    }
    expect(many).toBeGreaterThanOrEqual(few + THREADS - 1);
    const ends = Promise.all([ended(alone.child), ended(crowded.child)]);
    alone.child.kill(signal);
    crowded.child.kill(signal);
    expect(await ends).toEqual([expected, expected]);
    expect(tasksOf(crowded.child)).toEqual([]);
  });

  it('ends by itself when its work is done, with the same model', { timeout: 120_000 }, async () => {
    const runs = [1, THREADS].map((threads) => start(`whole-${threads}`, 5, threads));
    expect(await Promise.all(runs.map(({ child }) => ended(child)))).toEqual([0, 0]);
    const [one, four] = runs.map(({ out }) => openModel(out).fingerprint);
    expect(four).toBe(one);
  });
});
