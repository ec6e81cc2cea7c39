/**
 * Ctrl-C and SIGTERM, wherever a command is: it ends with 130 before its work is done, leaves no DONE, and what it began
 * goes on to the bits of the unbroken run. A command is held at a point by a file: where it comes to read or write that,
 * it computes for ten minutes without a pause.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { openModel } from '../../src/run/openModel.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { buildCommand } from './build.ts';
import { objectIn } from './call.ts';

const execute = promisify(execFile);

/** Loaded before the command: it holds the thread at the file whose path ends with HOLD_AT. */
const HOLD = `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { HOLD_AT, HELD } = process.env;
for (const name of ['readFileSync', 'openSync', 'readdirSync']) {
  const plain = fs[name];
  fs[name] = (path, ...more) => {
    if (String(path).replace(/\\/\\.([^/]*)\\.\\d+\\.tmp$/, '/$1').endsWith(HOLD_AT)) {
      fs.writeFileSync(HELD, '');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600_000);
    }
    return plain(path, ...more);
  };
}
syncBuiltinESMExports();
`;

let world: World;
let command: string;
let preload: string;
/** A finished run, and one that the tests go on with. */
let run: string;
let configPath: string;
beforeAll(async () => {
  world = createWorld();
  command = buildCommand();
  preload = join(world.root, 'hold.mjs');
  writeFileSync(preload, HOLD);
  run = join(world.root, 'whole');
  configPath = join(world.root, 'config.json');
  writeFileSync(configPath, JSON.stringify(smallConfig(world, { evaluateEvery: 3 })));
  writeFileSync(join(world.root, 'known.txt'), '');
  writeFileSync(join(world.root, 'mine.jsonl'), '');
  await execute(process.execPath, [command, 'train', '--config', configPath, '--out', run, '--no-latest']);
}, 120_000);
afterAll(() => {
  for (const child of living) child.kill('SIGKILL'); // where a test has failed
  world.remove();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command is when the signal comes: held at a file, or where it has said something. */
type Moment = { readonly heldAt: string; readonly said?: string } | { readonly heldAt?: never; readonly said: string };

const living = new Set<ChildProcess>();
let calls = 0;

/** Starts the command in the world's folder, sends it the signal at that moment, and waits for its end. */
async function stopAt(argv: readonly string[], signal: NodeJS.Signals, moment: Moment): Promise<Ended> {
  const held = join(world.root, `held-${++calls}`);
  const { heldAt, said = '' } = moment;
  const holding = heldAt !== undefined ? { NODE_OPTIONS: `--import ${preload}`, HOLD_AT: heldAt, HELD: held } : {};
  const env = { ...process.env, npm_command: 'exec', ...holding };
  const child = spawn(process.execPath, [command, ...argv], { cwd: world.root, env, stdio: 'pipe' });
  living.add(child);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => (written[name] += chunk.toString()));
  }
  if (argv[0] === 'adapter') child.stdin.write('{"seq":1,"cmd":"start","protocolVersion":1}\n');
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const isThere = (): boolean =>
    (heldAt === undefined || existsSync(held)) && `${written.stdout}${written.stderr}`.includes(said);
  while (!isThere() && child.exitCode === null) await delay(20);
  child.kill(signal);
  const code = await ended;
  living.delete(child);
  return { code, ...written };
}

/** Every command at a file that it reads or writes on its way; `{}` stands for a folder that does not yet exist. */
const HELD: readonly (readonly [argv: string, heldAt: string])[] = [
  ['eval --model seed --task task', 'seed/model.safetensors'],
  ['eval --model seed --task task', 'task/test.tsv'],
  ['generate --model seed --prompt cat', 'seed/model.safetensors'],
  ['train --config config.json --no-latest --out {}', 'task/train.tsv'],
  ['train --config config.json --no-latest --out {}', 'subset.safetensors'],
  ['train --config config.json --no-latest --out {}', 'result.json'],
  ['train --config config.json --no-latest --out {}', 'DONE'],
  ['demo --model seed --task task --steps 2 --out {}', 'task/train.tsv'],
  ['sweep --model seed --task task --steps 2 --work {}', 'task/train.tsv'],
  ['sweep --model seed --task task --steps 2 --work {}', 'result.json'],
  ['pretrain --out {}', 'dict/data.noun'],
  ['inspect whole', 'whole/subset.safetensors'],
  ['apply whole --out {}', 'whole/subset.safetensors'],
  ['apply whole --out {}', '{}/model.safetensors'],
  ['revert whole --model whole --out {}', '{}/model.safetensors'],
  ['overlap whole whole', 'whole/subset.safetensors'],
  ['vectors --list', 'vectors/manifest.json'],
  ['report mine.jsonl', 'mine.jsonl'],
  ['trace --run whole', 'task/train.tsv'],
  ['conform --xfail known.txt -- false', 'known.txt'],
];

/** Commands at work, by something that they say; they compute on for a minute or more. */
const AT_WORK: readonly (readonly [argv: string, mark: string])[] = [
  ['train --config config.json --steps 1000000 --no-latest --out {}', 'loss'],
  ['trace --json --steps 1000000000', '"anchor"'],
  ['vectors --out {}', 'float32'],
  ['conform -- OURS', 'conform'],
  ['adapter', '"seq"'],
];

/** One signal and then the other. */
const signalOf = (i: number): NodeJS.Signals => (i % 2 === 0 ? 'SIGINT' : 'SIGTERM');

describe.concurrent('a signal', () => {
  it.each(HELD.map((row, i) => [...row, i] as const))(
    'ends dst %s, held at %s',
    { timeout: 120_000 },
    async (words, heldAt, i) => {
      const out = `out-${i}`;
      const argv = words.replace('{}', out).split(' ');
      const ended = await stopAt(argv, signalOf(i), { heldAt: heldAt.replace('{}', out) });
      expect(ended).toMatchObject({
        code: 130,
        stdout: '',
        stderr: expect.stringMatching(/^dst: stopped/m) as unknown,
      });
      expect(existsSync(join(world.root, out, 'DONE'))).toBe(false);
    },
  );

  it.each(AT_WORK.map((row, i) => [...row, i] as const))(
    'ends dst %s at work',
    { timeout: 120_000 },
    async (words, said, i) => {
      const argv = words.replace('{}', `work-${i}`).split(' ');
      const whole = argv.flatMap((word) => (word === 'OURS' ? [process.execPath, command, 'adapter'] : [word]));
      const { code, stderr } = await stopAt(whole, signalOf(i), { said });
      expect(stderr).toMatch(/^dst: .*stopped/m);
      expect(code).toBe(130);
    },
  );
});

it('what is silent is named on stderr while it lasts', { timeout: 120_000 }, async () => {
  const moment = { heldAt: 'seed/model.safetensors', said: 'reading the model …\n' };
  const ended = await stopAt(['generate', '--model', 'seed', '--prompt', 'cat'], 'SIGTERM', moment);
  expect(ended).toMatchObject({ code: 130, stdout: '', stderr: 'reading the model …\ndst: stopped\n' });
});

it('every command is among those that are stopped', () => {
  const stopped = new Set([...HELD, ...AT_WORK].map(([argv]) => argv.split(' ')[0]));
  expect(COMMANDS.map(({ name }) => name).filter((name) => !stopped.has(name))).toEqual([]);
});

/** The call in the hint after a stop, as arguments after `dst`. */
function hintIn(stderr: string): readonly string[] {
  const [, line = ''] = /^dst: stopped.*; continue with: npx dst (.*)$/m.exec(stderr) ?? [];
  return Array.from(line.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
}

describe('what was stopped', () => {
  it.each(['task/train.tsv', 'subset.safetensors', 'result.json', 'DONE'])(
    'goes on by the hint to the bits of the unbroken run (train, held at %s)',
    { timeout: 120_000 },
    async (heldAt) => {
      const out = join('with space', heldAt.replace('/', '-'));
      mkdirSync(join(world.root, 'with space'), { recursive: true });
      const begin = ['train', '--config', 'config.json', '--no-latest', '--out', out];
      const { stderr } = await stopAt(begin, 'SIGTERM', { heldAt });
      const isBegun = existsSync(join(world.root, out, 'config.json'));
      const how = isBegun ? [...hintIn(stderr), '--no-latest'] : begin;
      if (isBegun) expect(how.slice(0, 3)).toEqual(['train', '--resume', out]);
      await execute(process.execPath, [command, ...how], { cwd: world.root });
      const file = (folder: string, name: string): Buffer => readFileSync(join(folder, name));
      const broken = join(world.root, out);
      for (const name of ['events.jsonl', 'subset.safetensors']) expect(file(broken, name)).toEqual(file(run, name));
      const untimed = (folder: string): unknown => ({ ...objectIn(String(file(folder, 'result.json'))), seconds: 0 });
      expect(untimed(broken)).toEqual(untimed(run));
      expect(existsSync(join(broken, 'DONE'))).toBe(true);
      expect(openModel(broken).fingerprint).toBe(openModel(run).fingerprint);
    },
  );

  it(
    'goes on by the hint where a child of the main job was stopped, and of a search',
    { timeout: 240_000 },
    async () => {
      const begin = ['demo', '--model', 'seed', '--task', 'task', '--steps', '2', '--out', 'my demo'];
      const { stderr } = await stopAt(begin, 'SIGINT', { heldAt: 'methods/full/result.json' });
      const how = hintIn(stderr);
      expect(how).toEqual(['demo', '--resume', 'my demo']);
      expect((await stopAt(how, 'SIGTERM', { heldAt: 'my demo/report.html' })).code).toBe(130);
      expect(existsSync(join(world.root, 'my demo', 'DONE'))).toBe(false);
      await execute(process.execPath, [command, ...how], { cwd: world.root });
      expect(existsSync(join(world.root, 'my demo', 'DONE'))).toBe(true);
      const search = ['sweep', '--model', 'seed', '--task', 'task', '--steps', '2', '--work', 'my search'];
      expect(hintIn((await stopAt(search, 'SIGINT', { heldAt: 'result.json' })).stderr)).toEqual(search);
    },
  );
});
