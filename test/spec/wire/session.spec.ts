/**
 * What programs do wrong, each in a process of its own: every question ends, the next one is answered by a program that
 * has been started anew, and no process is left.
 */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../../spec/wire/fault.ts';
import { programCommand, watchProcesses } from './processes.ts';
import { Session } from '../../../spec/wire/session.ts';

const FEW = { seed: [1, 1], a: [2, 1], b: [2, 2] };
const FOUR = { seed: [1, 1, 1, 1], a: [2, 2, 1, 1], b: [2, 1, 1, 1] };

/** Long enough for a machine that does much else: only programs that hang wait so long. */
const PATIENCE_MS = 20_000;
const SHORT_MS = 1500;

const session = { open: new Session({ command: [], timeoutMs: 1, startTimeoutMs: 1 }) };
let living: () => readonly string[];
beforeAll(() => {
  living = watchProcesses();
});
afterEach(() => session.open.abort());

function open(name: string, timeoutMs = PATIENCE_MS, ...args: readonly string[]): Session {
  session.open = new Session({ command: programCommand(name, ...args), timeoutMs, startTimeoutMs: PATIENCE_MS });
  return session.open;
}

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  try {
    const answer = await promise;
    return expect.fail(`no fault, but ${JSON.stringify(answer)}`);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

describe('a program that breaks down', () => {
  it.each([
    ['crashes', 'crash', 'the end of the program with exit code 7'],
    ['exits-early', 'crash', 'the end of the program with exit code 0'],
    ['is-killed', 'crash', 'the end of the program by SIGSEGV'],
    ['hangs', 'timeout', `none within ${SHORT_MS} ms`],
    ['stops-reading', 'timeout', `none within ${SHORT_MS} ms`],
    ['floods-stdout', 'crash', /^the line {"step":1}, which nobody had asked for$|^nothing$/],
    ['writes-nonsense', 'crash', 'loss = 0.25'],
    ['wrong-seq', 'crash', '0'],
    ['half-a-line', 'crash', 'the end of the program with exit code 0, in the middle of the line {"seq":1,"outp'],
    ['endless-line', 'crash', 'more than 16777216 characters without an end of line'],
    ['closes-stdout', 'crash', 'a closed standard output of a program that lives on'],
    ['crashes-with-children', 'crash', 'the end of the program with exit code 1'],
  ] as const)('%s: a %s, and a new start', async (name, state, got) => {
    const wire = open(name, state === 'timeout' ? SHORT_MS : PATIENCE_MS);
    await wire.start();
    const fault = await faultOf(wire.ask('overlap', FOUR));
    expect(fault.state).toBe(state);
    expect(fault.details.got).toMatch(got);
    expect(living()).toEqual([]);

    expect(await wire.ask('overlap', FEW)).toEqual({ output: { overlap: 2 / 3 } });
    expect(wire.starts).toBe(2);
    await wire.stop();
    expect(living()).toEqual([]);
  });

  it.each(['answers-twice', 'out-of-turn'])('%s: is found out at one of the next questions', async (name) => {
    const wire = open(name);
    const fault = await faultOf(
      (async () => {
        expect(await wire.ask('overlap', FOUR)).toEqual({ output: { overlap: 2 / 3 } });
        for (;;) await wire.ask('overlap', FEW);
      })(),
    );
    expect(fault.state).toBe('crash');
    expect(fault.message).toMatch(/one answer to each request|answer\.seq/);
    expect(living()).toEqual([]);
  });

  it('has its last words kept', async () => {
    const fault = await faultOf(open('crashes').ask('overlap', FOUR));
    expect(fault.details.stderr).toBe('about to fail');
  });

  it('is not the same program if it says something else when it is started again', async () => {
    const file = `${process.env['TMPDIR'] ?? '/tmp'}/dst-spec-${process.pid}-${Date.now()}`;
    const wire = open('changes-its-mind', PATIENCE_MS, file);
    await wire.start();
    await faultOf(wire.ask('overlap', FOUR));
    expect((await faultOf(wire.ask('overlap', FEW))).message).toMatch(/what it said at its first start/);
  });
});

describe('a program that answers', () => {
  it('may flood standard error, of which the end is kept', async () => {
    const wire = open('floods-stderr');
    expect(await wire.ask('overlap', FOUR)).toEqual({ output: { overlap: 2 / 3 } });
    expect(wire.starts).toBe(1);
  });

  it('of the wrong shape is told where, and goes on', async () => {
    const wire = open('misshapen');
    const fault = await faultOf(wire.ask('overlap', FOUR));
    expect(fault.state).toBe('fail');
    expect(fault.message).toBe('answer.output.overlap: expected a number, got "abc"');
    expect(await wire.ask('overlap', FEW)).toEqual({ output: { overlap: 2 / 3 } });
    expect(wire.starts).toBe(1);
  });

  it('in two ways at once is told so', async () => {
    const fault = await faultOf(open('two-answers-in-one').ask('overlap', FOUR));
    expect(fault.message).toBe('answer: expected exactly one of output, skip and error, got output and error');
  });

  it('has the processes that it leaves behind ended', async () => {
    const wire = open('leaves-children');
    expect(await wire.ask('overlap', FOUR)).toEqual({ output: { overlap: 2 / 3 } });
    expect(living()).toHaveLength(2);
    expect(await wire.stop()).toMatchObject({ code: 0 });
    expect(wire.leftBehind).toBe(1);
    expect(living()).toEqual([]);
  });

  it('and ignores stop is ended', async () => {
    const wire = open('ignores-stop', SHORT_MS);
    expect(await wire.ask('overlap', FEW)).toEqual({ output: { overlap: 2 / 3 } });
    expect(await wire.stop()).toBeUndefined();
    expect(living()).toEqual([]);
  });
});

describe('the version of the protocol', () => {
  it.each([
    ['honest', 1, 1],
    ['first-version-only', 1, 2],
    ['spoiled', 2, 1],
  ])('that %s speaks is %i', async (name, version, starts) => {
    const wire = open(name, PATIENCE_MS, 'none');
    expect((await wire.start()).version).toBe(version);
    expect({ version: wire.version, starts: wire.starts }).toEqual({ version, starts });
    expect(await wire.ask('overlap', FEW)).toEqual({ output: { overlap: expect.closeTo(2 / 3, 6) as unknown } });
  });
});

describe('a program that does not start', () => {
  it.each([
    [
      ['/no/such/program'],
      'expected a program that can be started, got ENOENT (no such program) from starting /no/such/program',
    ],
    [
      [process.cwd()],
      `expected a program that can be started, got EACCES (permission denied: is it executable?) from starting ${process.cwd()}`,
    ],
    [programCommand('dies-at-start'), 'expected an answer, got the end of the program with exit code 1'],
    [programCommand('another-version'), 'answer.version: expected 2 or 1, got 3'],
    [
      programCommand('misshapen-start'),
      'answer.implementation.dtype: expected "float32", "float64" or "bfloat16", got "float16"',
    ],
  ])('%j', async (command, message) => {
    session.open = new Session({ command, timeoutMs: PATIENCE_MS, startTimeoutMs: PATIENCE_MS });
    expect((await faultOf(session.open.start())).message).toBe(message);
    expect(living()).toEqual([]);
  });

  it('and never reads', async () => {
    session.open = new Session({ command: programCommand('never-reads'), timeoutMs: 1, startTimeoutMs: 300 });
    expect(await faultOf(session.open.start())).toMatchObject({ state: 'timeout' });
    expect(living()).toEqual([]);
  });
});

it('is over once it has been broken off, in the middle of a question too', async () => {
  const wire = open('hangs');
  await wire.start();
  const asked = faultOf(wire.ask('overlap', FOUR));
  await wire.abort();
  expect((await asked).state).toBe('crash');
  expect((await faultOf(wire.ask('overlap', FEW))).message).toBe('expected an answer, got the end of the run');
  expect(living()).toEqual([]);
});
