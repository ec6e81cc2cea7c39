/**
 * `dst conform` and `dst adapter` from the outside: options, exit codes, what goes where, Ctrl-C.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAWS } from '../../spec/laws/all.ts';
import { OVERLAP } from '../spec/conform/requests.ts';
import { programCommand, watchProcesses } from '../spec/wire/processes.ts';
import { buildCommand } from './build.ts';
import { call, objectIn, objectsIn, objectsOf } from './call.ts';
import type { Called } from './call.ts';

let command: string;
let folder: string;
let living: () => readonly string[];
beforeAll(() => {
  command = buildCommand();
  folder = mkdtempSync(join(tmpdir(), 'dst-conform-'));
  living = watchProcesses();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function conform(options: readonly string[], program: readonly string[]): Promise<Called> {
  return call(['conform', ...options, '--', ...program]);
}

/** A file in the folder of this spec, with that content. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('our own adapter', () => {
  it('conforms, whichever kernels answer', { timeout: 300_000 }, async () => {
    const ours = [process.execPath, command, 'adapter', '--kernels', 'simd', '--threshold', 'sort'];
    const { code, stdout, stderr } = await conform(['--runs', '20', '--quiet'], ours);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('dynamic-subset-tuning, simd kernels, sort');
    expect(living()).toEqual([]);
  });
});

describe('an implementation with one symbol changed', () => {
  it('is found out by the check that is meant for it, and by the same input again', { timeout: 120_000 }, async () => {
    const mutant = programCommand('mutant', dirname(dirname(command)), 'Eq. 9: intersection over union');
    const { code, stdout } = await conform(['--checks', 'eq9', '--json', '--quiet'], mutant);
    expect(code).toBe(1);
    const checks = objectsIn(stdout).filter(({ type }) => type === 'check');
    const failed = checks.find(({ id }) => id === 'eq9/share-in-common') ?? expect.fail('it was not asked');
    expect(failed).toMatchObject({ state: 'fail', equation: 'eq-9', kind: 'paper', level: 'core' });
    const { seed, path, input, replay: line } = objectIn(JSON.stringify(failed['counterexample']));
    expect(line).toMatch(/^dst conform --checks eq9\/share-in-common --seed /);
    const replay = [
      '--checks',
      'eq9/share-in-common',
      '--seed',
      String(seed),
      '--path',
      String(path),
      '--json',
      '--quiet',
    ];
    const again = await conform(replay, mutant);
    expect(again.code).toBe(1);
    expect(objectsIn(again.stdout)[1]).toMatchObject({ state: 'fail', runs: 1, counterexample: { input } });
  });
});

describe('the exit code', () => {
  it.each([
    ['0 where all holds', [], 'honest', 0, /^$/],
    ['1 if nothing was tried', ['--checks', 'eq9/share-in-common'], 'skips', 1, /conform: no check was tried/],
    ['1 where a check falls short', ['--checks', 'eq9/share-in-common'], 'wrong', 1, /falls short/],
    [
      '3 for a program that cannot be started',
      [],
      'dies-at-start',
      3,
      /smoke check, start: .*\n[^]*No module named 'numpy'/,
    ],
    ['3 for one that speaks badly', [], 'another-version', 3, /answer\.version: expected 2 or 1, got 3/],
  ])('is %s', async (_, options, name, code, stderr) => {
    const called = await conform(['--quiet', '--runs', '20', ...options], programCommand(name));
    expect(called.code).toBe(code);
    expect(called.stderr).toMatch(stderr);
    if (code === 3) expect(called.stdout).toBe('');
    expect(living()).toEqual([]);
  });

  it('is 3 for a program that is not there', async () => {
    const { code, stderr } = await conform([], ['/no/such/program']);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^dst: smoke check, start: expected a program that can be started, got ENOENT.*\nCheck the spelling/,
    );
  });

  it.each([
    [[], [], 'expected -- PROGRAM ARGS…, got no program'],
    [['--checks', 'eq9/is-symetric'], ['x'], 'did you mean "eq9/is-symmetric"?'],
    [['--level', 'cor'], ['x'], 'did you mean "core"?'],
    [['--runs', '0'], ['x'], '--runs: expected a whole number of at least 1, got 0'],
    [['--seed', '1.5'], ['x'], '--seed: expected a whole number, got "1.5"'],
    [['--time-limit', '-1'], ['x'], '--time-limit: expected a number of at least 0, got -1'],
    [['--path', '1:0'], ['x'], '--path: expected one check to replay'],
    [['--path', 'x:0'], ['x'], '--path: expected numbers with colons between them'],
    [
      ['--path', '99:99:99', '--checks', 'eq9/unequal-sizes'],
      programCommand('honest'),
      'path: expected the way to an input',
    ],
    [['--skip', '/no/such/file'], ['x'], '--skip: expected a file, got "/no/such/file"'],
    [['--checks', 'eq1', '--level', 'optimizer'], ['x'], 'expected at least one check'],
    [['--shell'], ['x'], 'expected a known option, got "--shell"'],
  ])('is 2 for %j', async (options, program, message) => {
    const { code, stderr } = await conform(options, program);
    expect({ code, isTold: stderr.includes(message), stderr }).toEqual({ code: 2, isTold: true, stderr });
  });

  it('is 130 on Ctrl-C, and the program is gone', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [command, 'conform', '--', ...programCommand('hangs')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let talk = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (talk === '') child.kill('SIGINT'); // the first line says that a check has begun
      talk += chunk.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(talk).toContain('dst: stopped; the program under test has been ended');
    expect(living()).toEqual([]);
  });
});

describe('known failures', () => {
  it('are written, read back, and named when they pass', async () => {
    const known = join(folder, 'known.txt');
    const wrong = ['--checks', 'eq9', '--runs', '20', '--quiet'];
    const first = await conform([...wrong, '--write-xfail', known], programCommand('wrong'));
    expect(first.code).toBe(1);
    expect(readFileSync(known, 'utf8')).toMatch(/^eq9\/share-in-common {2}# TODO say why: fails on \{"seed":\[/m);

    const second = await conform([...wrong, '--xfail', known], programCommand('wrong'));
    expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' });
    expect(second.stdout).toContain('expected');

    const third = await conform([...wrong, '--xfail', known], programCommand('honest'));
    expect(third.code).toBe(1);
    expect(third.stdout).toContain('no longer fail, so take them off the list: eq9/share-in-common');
  });

  it('keep the reasons that the file has when it is written again', async () => {
    const known = file('reasons.txt', 'eq9/share-in-common  # we divide by the union\neq7/*  # not yet\n');
    const { code } = await conform(
      ['--checks', 'eq9', '--runs', '20', '--quiet', '--write-xfail', known],
      programCommand('wrong'),
    );
    expect(code).toBe(1);
    expect(readFileSync(known, 'utf8')).toContain('eq9/share-in-common  # we divide by the union\n');
    expect(readFileSync(known, 'utf8')).toContain('eq7/ties-are-decided-exactly  # not yet\n');
  });

  it('are skipped with a reason', async () => {
    const skip = file('skip.txt', '**  # not today\n');
    const { code, stdout, stderr } = await conform(['--skip', skip, '--json', '--quiet'], programCommand('wrong'));
    expect(code).toBe(1);
    const skipped = objectsIn(stdout).filter(({ state }) => state === 'skip');
    expect(skipped.map(({ id }) => id)).toEqual(LAWS.map(({ id }) => id));
    expect(skipped.every(({ why }) => why === 'not today')).toBe(true);
    expect(stderr).toBe('dst: conform: no check was tried\n');
  });
});

describe('the adapter alone', () => {
  it('is checked without a law, and says what it speaks', async () => {
    const { code, stdout } = await conform(['--adapter-check'], programCommand('honest'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'honest (float64) speaks protocol 1: overlap\n' });
    const json = await conform(['--adapter-check', '--json'], programCommand('spoiled', 'none'));
    expect(objectIn(json.stdout)).toMatchObject({ protocolVersion: 2, implementation: { dtype: 'float32' } });
  });

  it('is 3 if numbers do not come through, said once', async () => {
    const { code, stdout, stderr } = await conform(['--quiet'], programCommand('spoiled', 'reads no sign'));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe('dst: smoke check, the wire: your reader or writer loses the sign of zero: sent -0.0, got 0\n');
  });

  it('--transcript has what went over the wire, to be pasted into the program', async () => {
    const path = join(folder, 'transcript.txt');
    const called = await conform(
      ['--checks', 'eq9', '--runs', '3', '--quiet', '--transcript', path],
      programCommand('honest'),
    );
    expect(called.code).toBe(0);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('# '))).toHaveLength(OVERLAP.length);
    const of = (mark: string): string[] => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(2));
    // The smoke check's program is another one than that of the checks.
    const second = of('> ').slice(of('> ').findLastIndex((line) => line.includes('"cmd":"start"')));
    const [program, ...args] = programCommand('honest');
    const again = spawnSync(program, args, { input: second.map((line) => `${line}\n`).join(''), encoding: 'utf8' });
    expect(again.stdout.trimEnd().split('\n')).toEqual(of('< ').slice(-second.length));
  });
});

describe('--jobs and --in-flight', () => {
  it.each([
    ['right', 'honest'],
    ['wrong', 'wrong'],
  ])('leave the report of a program that is %s as it is', async (_, name) => {
    const program = programCommand(name, 'version-2');
    const report = async (...options: string[]): Promise<string> =>
      (await conform(['--checks', 'eq9', '--json', '--quiet', ...options], program)).stdout
        .replaceAll(/"milliseconds":\d+/g, '"milliseconds":0')
        .replaceAll(/"date":"[^"]*"/g, '"date":""')
        .replaceAll(/\\"seq\\":\d+/g, '');
    const one = await report('--in-flight', '1');
    expect(objectsIn(one)).toHaveLength(OVERLAP.length + 2);
    expect(await report()).toBe(one);
    expect(await report('--jobs', '3')).toBe(one);
  });

  it('are numbers from 1 on', async () => {
    for (const option of ['--jobs', '--in-flight'])
      expect(await conform([option, '0'], programCommand('honest'))).toMatchObject({ code: 2, stdout: '' });
  });

  it('keep the lines of a check together in the transcript, in the order of the checks', async () => {
    const path = join(folder, 'jobs.txt');
    await conform(
      ['--checks', 'eq9', '--quiet', '--jobs', '2', '--transcript', path],
      programCommand('honest', 'version-2'),
    );
    const lines = readFileSync(path, 'utf8').split('\n');
    const titles = lines.filter((line) => line.startsWith('# ')).map((line) => line.slice(2));
    expect(titles).toEqual(OVERLAP.map(({ id }) => id));
    // The second start of the program lies within its first check.
    expect(lines.filter((line) => line.includes('"cmd":"start"'))).toHaveLength(3);
  });
});

describe('the streams', () => {
  it('--json: records alone on stdout, progress on stderr', async () => {
    const { stdout, stderr } = await conform(['--checks', 'eq9', '--runs', '20', '--json'], programCommand('honest'));
    const records = objectsIn(stdout);
    expect(records.map(({ type }) => type)).toEqual(['start', ...OVERLAP.map(() => 'check'), 'end']);
    expect(records[0]).toMatchObject({
      protocolVersion: 1,
      runs: 20,
      checks: OVERLAP.length,
      command: programCommand('honest'),
    });
    expect(stderr).toMatch(new RegExp(`^conform .* 0/${OVERLAP.length}`));
    expect(stderr).toMatch(new RegExp(`done conform in 0:\\d\\d, ${OVERLAP.length} checks`));
  });

  it('--json FILE: records in the file, text on stdout', async () => {
    const path = join(folder, 'records.jsonl');
    const options = ['--checks', 'eq9', '--runs', '20', '--quiet', '--json', path];
    const { stdout, stderr } = await conform(options, programCommand('honest'));
    expect(stderr).toBe('');
    const paper = OVERLAP.filter(({ kind }) => kind === 'paper').length;
    const rulings = OVERLAP.length - paper;
    expect(stdout).toContain(
      `holds so far: the paper: ${paper} of ${paper} checks hold; our rulings: ${rulings} of ${rulings}`,
    );
    expect(objectsIn(readFileSync(path, 'utf8'))).toHaveLength(OVERLAP.length + 2);
  });

  it('--list needs no program', async () => {
    const text = await call(['conform', '--list']);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    for (const { id } of LAWS) expect(text.stdout).toContain(id);
    const json = await call(['conform', '--list', '--level', 'trajectory', '--paper-only', '--json']);
    const checks = objectsOf(objectIn(json.stdout)['checks']);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.every(({ level, kind }) => level === 'trajectory' && kind === 'paper')).toBe(true);
  });
});

describe('reports and vectors', () => {
  it('are written where they are asked for', async () => {
    const paths = { junit: join(folder, 'a.xml'), html: join(folder, 'a.html'), badge: join(folder, 'badge.json') };
    const options = Object.entries(paths).flatMap(([format, path]) => [`--${format}`, path]);
    const { code } = await conform(['--checks', 'eq9', '--quiet', ...options], programCommand('wrong'));
    expect(code).toBe(1);
    expect(readFileSync(paths.junit, 'utf8')).toMatch(/^<\?xml/);
    expect(readFileSync(paths.html, 'utf8')).toMatch(/^<!doctype html>/i);
    expect(objectIn(readFileSync(paths.badge, 'utf8'))).toMatchObject({ schemaVersion: 1 });
  });

  it('--save keeps what failed, and --vectors asks it again', async () => {
    const saved = join(folder, 'saved.jsonl');
    const { code } = await conform(['--checks', 'eq9', '--quiet', '--save', saved], programCommand('wrong'));
    expect(code).toBe(1);
    const ask = (name: string): Promise<Called> =>
      call(['conform', '--vectors', saved, '--json', '--quiet', '--', ...programCommand(name)], {
        calledAs: 'npx dst',
      });
    const wrong = await ask('wrong');
    expect(wrong.code).toBe(1);
    const [, check] = objectsIn(wrong.stdout);
    expect(check).toMatchObject({
      state: 'fail',
      counterexample: { at: expect.stringMatching(/^vector eq9/) as unknown },
    });
    expect(objectIn(JSON.stringify(check['counterexample']))['replay']).toMatch(
      /^npx dst conform --vectors \S+saved\.jsonl --checks eq9\/\S+ -- /,
    );
    expect((await ask('honest')).code).toBe(0);
  });

  it('--vectors wants vectors for the number format of the program', async () => {
    const { code, stderr } = await conform(['--vectors', join(folder, 'none')], programCommand('honest'));
    expect({ code, isTold: stderr.includes('expected a folder or a file of vectors') }).toEqual({
      code: 2,
      isTold: true,
    });
  });
});

it('ships the schemas with the build', () => {
  expect(existsSync(join(dirname(dirname(command)), 'spec', 'wire', 'schemas', 'start.answer.json'))).toBe(true);
});
