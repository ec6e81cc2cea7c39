/**
 * Bad input: the exit code, the message `where: expected X, got Y`, no stack trace, and nothing half written.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { TASK_NAMES } from '../../src/data/tasks.ts';
import { openModel } from '../../src/run/openModel.ts';
import { smallConfig, type World } from '../src/train/fixture.ts';
import { call, expectRefusal, type Called } from './call.ts';
import { createTrainedWorld } from './trainedWorld.ts';

let world: World;
let configPath: string;
let subset: string;
beforeAll(async () => {
  ({ world, configPath, subset } = await createTrainedWorld());
}, 60_000);
afterAll(() => world.remove());

/** A seed like the world's, with some of its parameters changed. */
function seedWith(name: string, change: (theta: Float32Array, offsetOf: (tensor: string) => number) => void): string {
  const { theta, model } = openModel(world.seed);
  change(theta, (tensor) => model.parameters.find((parameter) => parameter.name === tensor)?.offset ?? -1);
  const folder = join(world.root, name);
  model.write(folder, theta);
  return folder;
}

/** A task like the world's with another training split. */
function taskWith(name: string, train: string): string {
  const folder = join(world.root, name);
  mkdirSync(folder);
  for (const split of ['development', 'test']) {
    writeFileSync(join(folder, `${split}.tsv`), readFileSync(join(world.task, `${split}.tsv`)));
  }
  writeFileSync(join(folder, 'train.tsv'), train);
  return folder;
}

/** Calls `dst train` with the small config and more options; the output folder must not come into being. */
async function train(...more: readonly string[]): Promise<Called> {
  const out = join(world.root, 'refused');
  const called = await call(['train', '--config', configPath, '--out', out, '--no-latest', '--quiet', ...more]);
  expect(existsSync(out)).toBe(false);
  return called;
}

describe('a wrong call', () => {
  it.each([
    [['--epsilon', '0'], 'dst: --epsilon: expected a number in (0, 1], got 0'],
    [['--epsilon', '1.01'], 'dst: --epsilon: expected a number in (0, 1], got 1.01'],
    [['--epsilon', '-0.5'], 'dst: --epsilon: expected a number in (0, 1], got -0.5'],
    [['--epsilon', 'half'], '--epsilon: expected a number in (0, 1], got "half"'],
    [['--epsilon', 'NaN'], '--epsilon: expected a number in (0, 1], got "NaN"'],
    [['--learning-rate', '0'], 'dst: --learning-rate: expected a number above 0, got 0'],
    [['--learning-rate', '1e400'], 'dst: --learning-rate: expected a number above 0, got Infinity'],
    [['--momentum', '1'], 'dst: --momentum: expected a number in [0, 1), got 1'],
    [['--dropout', '1'], 'dst: --dropout: expected a number in [0, 1), got 1'],
    [['--clip', '0'], 'dst: --clip: expected a number above 0, got 0'],
    [['--factor', '1'], 'dst: --factor: expected a number above 1, got 1'],
    [['--length-penalty', '-1'], 'dst: --length-penalty: expected a number of at least 0, got -1'],
    [['--checkpoint-seconds', '-1'], 'dst: --checkpoint-seconds: expected a number of at least 0, got -1'],
    [['--batch', '4', '--accumulation', '5'], 'accumulation: expected at most the 4 examples of a batch, got 5'],
    [['--method', 'dts'], 'got "dts" (did you mean "dst"?)'],
    [['--steps', '0'], '--steps: expected a whole number of at least 1, got 0'],
    [['--steps', '1.5'], '--steps: expected a whole number of at least 1, got 1.5'],
    [['--method', 'dstt'], 'got "dstt" (did you mean "dst"?)'],
    [['--distance', 'absolut'], 'got "absolut" (did you mean "absolute"?)'],
    [['--silos', 'per-modul'], 'got "per-modul" (did you mean "per-module"?)'],
    [['--threshold', 'itterative'], 'got "itterative" (did you mean "iterative"?)'],
    [['--budget', 'quantil'], 'got "quantil" (did you mean "quantile"?)'],
    [['--optimizer', 'adam'], '--optimizer: expected one of adafactor, sgd, got "adam"'],
    [['--kernels', 'smid'], '--kernels: expected one of scalar, simd, got "smid"'],
    [['--threads', '0'], '--threads: expected a whole number from 1 to 32, got "0"'],
    [['--threads', 'many'], '--threads: expected a whole number from 1 to 32, got "many"'],
    [['--threads', '33'], '--threads: expected a whole number from 1 to 32, got "33"'],
    [['--threads', '2', '--kernels', 'scalar'], '--threads: expected 1 with --kernels scalar'],
    [['--warm-start', 'maybe'], '--warm-start: expected true or false, got "maybe"'],
    [['--epsilonn', '0.1'], 'train: expected a known option, got "--epsilonn" (did you mean "--epsilon"?)'],
    [['--steps'], 'train: expected a value for --steps <n>, got nothing'],
    [['extra', 'more'], 'train: expected no further argument, got "extra"'],
    [['--model', '/nowhere/at/all'], '--model: expected a folder that exists, got "/nowhere/at/all"'],
    [['--task', '/nowhere/at/all'], '/nowhere/at/all/train.tsv: expected a file'],
    [['--config', '/nowhere.json'], '--config: expected a file, got "/nowhere.json"'],
  ])('train %j is refused with 2', async (more, message) => {
    expectRefusal(await train(...more), 2, message);
  });

  it.each([
    [['trian'], 'command: expected one of demo, pretrain'],
    [['trian'], '(did you mean "train"?)'],
    [['conform', '--skip', '.', '--', 'x'], '.: expected a file that can be read, got a folder (EISDIR)'],
    [['train', '--task', 'supersens'], ', got "supersens" (did you mean "supersense"?)'],
    [
      ['train', '--task', 'nope'],
      `--task: expected one of ${TASK_NAMES.join(', ')}, or a folder, or two languages such as de-en, got "nope"`,
    ],
    [[], 'command: expected a command, got none'],
    [['--nonsense'], 'command: expected a command before its options, got "--nonsense"; see dst --help'],
    [['--json'], 'command: expected a command before its options, got "--json"; see dst --help'],
    [['--versoin'], '(did you mean "--version"?)'],
    [['--quiet', 'train'], 'command: expected a command before its options, got "--quiet"; see dst --help'],
    [['help', 'trian'], '(did you mean "train"?)'],
    [['trian', '--help'], '(did you mean "train"?)'],
    [['eval', '--split', 'dev'], '(did you mean "development"?)'],
    [['eval', '--length-penalty', '-1'], '--length-penalty: expected a number of at least 0, got -1'],
    [
      ['pretrain', '--out', 'x', '--dtype', 'F16'],
      '--dtype: expected one of F32, BF16, got "F16" (did you mean "BF16"?)',
    ],
    [['pretrain', '--out', 'x', '--schedule', 'cosin'], '--schedule: expected one of constant, '],
    [['pretrain', '--out', 'x', '--minutes', '0'], 'dst: --minutes: expected a number above 0, got 0'],
    [['trace', '--learning-rate', '0'], 'dst: --learning-rate: expected a number above 0, got 0'],
    [['conform', '--time-limit', '-1'], 'dst: --time-limit: expected a number of at least 0, got -1'],
    [['apply', '--out', 'x'], 'apply: expected <subset>, got nothing'],
    [['pretrain'], 'pretrain: expected --out <folder>, got nothing'],
    [['inspect', '/nowhere'], 'inspect: expected a file or a folder, got "/nowhere"'],
    [['train', '--resume', '/nowhere'], '/nowhere: expected the folder of a run, with a config.json, got "none"'],
    [['sweep', '--learning-rate', '3'], 'sweep: expected a known option, got "--learning-rate"'],
    [['demo', '--random-seeds', '1,2,1'], '--random-seeds: expected numbers that differ, got "1,2,1"'],
    [['demo', '--random-seeds', '1,x'], '--random-seeds: expected a whole number of at least 0, got "x"'],
    [
      ['demo', '--random-seeds', '1,2', '--random-seed', '3'],
      '--random-seed: expected nothing beside --random-seeds, got 3',
    ],
    [['train', '--seed', '3'], 'train: expected a known option, got "--seed" (did you mean "--random-seed"?)'],
    [['pretrain', '--out', 'x', '--seed', '3'], '(did you mean "--random-seed"?)'],
    [['sweep', '--seed', '3'], '(did you mean "--random-seed"?)'],
    [['demo', '--seed', '3'], '(did you mean "--random-seed"?)'],
    [['demo', '--seeds', '3,4'], '(did you mean "--random-seeds"?)'],
    [['trace', '--epsilon', '3'], 'dst: --epsilon: expected a number in (0, 1], got 3'],
    [['trace', '--distance', 'relativ'], '(did you mean "relative"?)'],
  ])('dst %j is refused with 2', async (argv, message) => {
    expectRefusal(await call(argv), 2, message);
  });

  it('a seed that is not there is named by the option that named it', async () => {
    for (const words of [
      ['apply', subset, '--out', join(world.root, 'none'), '--seed'],
      ['eval', '--model', join(world.root, 'run'), '--seed'],
      ['inspect', join(world.root, 'run'), '--seed'],
      ['trace', '--run', join(world.root, 'run'), '--seed'],
      ['train', '--resume', join(world.root, 'run'), '--model'],
    ])
      expectRefusal(
        await call([...words, '/nowhere']),
        2,
        `dst: ${words.at(-1)}: expected a folder that exists, got "/nowhere"`,
      );
  });

  it('shows what cannot be seen in what was given', async () => {
    expectRefusal(await train('--method', 'dst\u200b'), 2, 'got "dst\\u{200B}" (did you mean "dst"?)');
    expectRefusal(await train('--steps', '3\u{FEFF}x'), 2, 'got "3\\u{FEFF}x"');
  });

  it('reads a config file with a byte order mark as one without', async () => {
    const path = join(world.root, 'marked.json');
    writeFileSync(path, `\u{FEFF}${JSON.stringify({ ...smallConfig(world), epsilon: 7 })}`);
    expectRefusal(await train('--config', path), 2, 'epsilon: expected a number in (0, 1], got 7');
  });

  it('names unknown keys of a config file with the nearest', async () => {
    const path = join(world.root, 'misspelt.json');
    writeFileSync(path, JSON.stringify({ ...smallConfig(world), learningrate: 1 }));
    expectRefusal(
      await train('--config', path),
      2,
      /misspelt\.json: expected one of .*\(did you mean "learningRate"\?\)/,
    );
    writeFileSync(path, '\u{FEFF}\u{FEFF}{"steps": 3}');
    expectRefusal(await train('--config', path), 2, /misspelt\.json: expected JSON, got .*\\u\{FEFF\}/);
    writeFileSync(path, '{"steps": 3');
    expectRefusal(await train('--config', path), 2, /misspelt\.json: expected JSON, got/);
  });
});

describe('bad data', () => {
  it('an empty split', async () => {
    expectRefusal(
      await train('--task', taskWith('empty', '')),
      2,
      /train\.tsv: expected at least one line .*, got "an empty file"/,
    );
  });

  it('a row without a label names its line', async () => {
    expectRefusal(
      await train('--task', taskWith('unlabelled', 'a cat\tanimal\nno label\n')),
      2,
      'train.tsv:2: expected',
    );
  });

  it('a row that is longer than the context is named by file and line, with both lengths', async () => {
    const long = `a cat\tanimal\n${'q'.repeat(200)}\tanimal\n`;
    const refusal = /^dst: \S*\/long\/train\.tsv:2: expected at most the context and one: 49 tokens, got "?\d+"?/;
    expectRefusal(await train('--task', taskWith('long', long)), 2, refusal);
  });
});

describe('a row that is measured and too long', () => {
  it('is named before anything is trained', async () => {
    const folder = taskWith('long-test', 'a cat\tanimal\n');
    const path = join(folder, 'test.tsv');
    writeFileSync(path, `${readFileSync(path, 'utf8')}${'q'.repeat(200)}\tanimal\n`);
    const refusal = /^dst: \S*\/long-test\/test\.tsv:19: expected at most the context and one: 49 tokens/;
    expectRefusal(await train('--task', folder), 2, refusal);
    expectRefusal(await call(['eval', '--model', world.seed, '--task', folder]), 2, refusal);
  });

  it('is the prompt, where it was given as one', async () => {
    expectRefusal(
      await call(['generate', '--model', world.seed, '--prompt', 'q'.repeat(200)]),
      2,
      /^dst: --prompt: expected at most 47 tokens/,
    );
  });
});

describe('bad files', () => {
  it('a subset for another seed', async () => {
    const other = seedWith('other', (theta) => {
      theta[0] += 1;
    });
    const out = join(world.root, 'tuned');
    const refusal =
      /seed: expected the one that the subset was made for \([0-9a-f]{12}\), got "[0-9a-f]{12}; "embedding\/token" differs/;
    expectRefusal(await call(['apply', subset, '--seed', other, '--out', out]), 2, refusal);
    expect(existsSync(out)).toBe(false);
  });

  it.each(['eval', 'train'])('a seed that was cut off (%s)', async (name) => {
    const folder = seedWith(`cut-${name}`, () => undefined);
    const path = join(folder, 'model.safetensors');
    writeFileSync(path, readFileSync(path).subarray(0, -100));
    const argv = name === 'train' ? ['train', '--config', configPath, '--no-latest'] : ['eval', '--task', world.task];
    expectRefusal(await call([...argv, '--model', folder]), 2, /model\.safetensors: .*expected/);
  });

  it.each(['apply', 'overlap', 'revert'])('a folder that holds no subset (%s)', async (name) => {
    const more =
      { apply: ['--out', 'x'], overlap: [subset], revert: ['--model', world.seed, '--out', 'x'] }[name] ?? [];
    const refusal = /expected the file of a subset, or the folder of a run, got "another folder"/;
    expectRefusal(await call([name, world.seed, ...more]), 2, refusal);
    const full = join(world.root, `full-${name}`);
    const how = ['--method', 'full', '--config', configPath, '--out', full, '--no-latest', '--quiet'];
    expect((await call(['train', ...how])).code).toBe(0);
    expectRefusal(await call([name, full, ...more]), 2, /expected a run with a subset, got "full fine-tuning/);
  });

  it('a header that lies about its length', async () => {
    const bytes = readFileSync(subset);
    bytes.writeBigUInt64LE(1n << 60n, 0);
    const path = join(world.root, 'liar.safetensors');
    writeFileSync(path, bytes);
    for (const argv of [
      ['inspect', path],
      ['overlap', subset, path],
    ]) {
      expectRefusal(await call(argv), 2, /liar\.safetensors: .*expected/);
    }
  });

  it('a checkpoint of another run', async () => {
    const out = join(world.root, 'halfway');
    const stop = new AbortController();
    const argv = ['train', '--config', configPath, '--out', out, '--no-latest'];
    const afterFirstStep = { signal: stop.signal, report: () => stop.abort() };
    expect((await call(argv, afterFirstStep)).code).toBe(130);
    const path = join(out, 'config.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"randomSeed": 1', '"randomSeed": 2'));
    expectRefusal(
      await call(['train', '--resume', out, '--no-latest', '--quiet']),
      2,
      /expected a checkpoint of this run/,
    );
  });
});

describe('numbers that run away', () => {
  it.each(['full', 'dst'])('a gradient that is not finite names the parameter and the step (%s)', async (method) => {
    const model = seedWith(`huge-${method}`, (theta, offsetOf) => {
      theta[offsetOf('layers/1/feed_forward/up')] = 3e38;
    });
    const out = join(world.root, `nan-${method}`);
    const called = await call([
      'train',
      '--config',
      configPath,
      '--model',
      model,
      '--method',
      method,
      '--out',
      out,
      '--quiet',
      '--no-latest',
    ]);
    expectRefusal(called, 2, /gradient "[\w/]+"\[\d+\] at step 1: expected a finite number, got (NaN|-?Infinity)/);
    expect(existsSync(join(out, 'DONE'))).toBe(false);
    expect(existsSync(join(out, 'subset.safetensors'))).toBe(false);
  });

  it('a silo whose seed is all zero is a warning that says that nothing in it can train', async () => {
    const model = seedWith('zeros', (theta, offsetOf) => {
      const offset = offsetOf('layers/0/attention/query');
      theta.fill(0, offset, offset + 256);
    });
    const out = join(world.root, 'zero-run');
    const { code, stderr } = await call([
      'train',
      '--config',
      configPath,
      '--model',
      model,
      '--out',
      out,
      '--no-latest',
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain('warning: silo "layers/attention/query@0": nothing in it can train: its seed is all zero');
  });
});

describe('talk and results', () => {
  it('DST_DEBUG shows the stack', async () => {
    const { code, stderr } = await call(['trace', '--epsilon', '3'], { environment: { DST_DEBUG: '1' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^\s+at /m);
  });

  it('each command has a help with examples, on stdout', async () => {
    const { stdout } = await call(['--help']);
    for (const { name, summary } of COMMANDS) {
      expect(stdout).toContain(summary);
      const help = await call([name, '--help']);
      expect(help.code).toBe(0);
      expect(help.stdout).toContain('Examples:');
      expect(help.stdout).toContain(`dst ${name}`);
      expect(help.stderr).toBe('');
    }
  });

  it('--version prints the version alone', async () => {
    expect((await call(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
