/**
 * What a run makes of programs that misbehave, of known failures, of little time and of somebody who wants to stop.
 */
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import type { Implementation } from '../../../spec/implementation.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import { defineLaw } from '../../../spec/laws/law.ts';
import type { Law } from '../../../spec/laws/law.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { OVERLAP, PATIENCE_MS, requestFor, run } from './requests.ts';
import { programCommand, watchProcesses } from '../wire/processes.ts';
import { toCapabilities } from '../../../spec/wire/protocol.ts';
import { createRemote } from '../../../spec/wire/remote.ts';
import { Fault } from '../../../spec/wire/fault.ts';
import { Session } from '../../../spec/wire/session.ts';
import type { CheckRecord, ConformanceRecord, ConformanceRun } from '../../../spec/conform/record.ts';
import { MOST_BREAKDOWNS } from '../../../spec/conform/oneCheck.ts';
import { runConformance } from '../../../spec/conform/run.ts';
import type { RunRequest } from '../../../spec/conform/run.ts';
import { settle, smoke } from '../../../spec/conform/smoke.ts';

/** For programs that hang, waited out each time: too short for an answer is as good as long enough. */
const HANGING_MS = 300;
/** For one that answers first, and hangs then. */
const SHORT_MS = 1500;

const literal = createLiteral({ name: 'literal' });
const union = createLiteral({ name: 'union', pieces: { overlap: (common, a, b) => common / (a + b) } });

let session: Session | undefined;
let living: () => readonly string[];
beforeAll(() => {
  living = watchProcesses();
});
afterEach(async () => {
  await session?.abort();
  expect(living()).toEqual([]);
});

async function runProgram(name: string, more: Partial<RunRequest> = {}): Promise<ConformanceRun> {
  const timeoutMs = more.timeoutMs ?? PATIENCE_MS;
  const wire = new Session({ command: programCommand(name), timeoutMs, startTimeoutMs: PATIENCE_MS });
  session = wire;
  const capabilities = toCapabilities(await wire.start());
  return run(createRemote(wire, capabilities), { settle: () => settle(wire), ...more });
}

function statesOf({ checks }: ConformanceRun): string[] {
  return checks.map(({ state }) => state);
}

const one = OVERLAP.filter(({ id }) => id === 'eq9/unequal-sizes');

describe('a program', () => {
  it('that is right conforms', async () => {
    const result = await runProgram('honest');
    expect(statesOf(result)).toEqual(OVERLAP.map(() => 'pass'));
    const paper = OVERLAP.filter(({ kind }) => kind === 'paper').length;
    expect(result.end).toMatchObject({
      conforms: true,
      paper: { pass: paper },
      ruling: { pass: OVERLAP.length - paper },
    });
  });

  it.each([
    ['crashes', 'crash', 'the end of the program with exit code 7'],
    ['answers-twice', 'crash', /which nobody had asked for|answer\.seq: expected/],
    ['out-of-turn', 'crash', /which nobody had asked for|answer\.seq: expected/],
    ['wrong-seq', 'crash', 'answer.seq: expected'],
    ['hangs', 'timeout', 'none within'],
  ])('that %s: %s, charged to the check that asked', async (name, state, why) => {
    const [check] = (await runProgram(name, { laws: one, timeoutMs: state === 'timeout' ? HANGING_MS : PATIENCE_MS }))
      .checks;
    expect(check.state).toBe(state);
    expect(check.why).toMatch(why);
  });

  it('that answers twice is charged with it where it does so, and not later', async () => {
    const asking = (id: string, ...seed: readonly number[]): Law => ({
      ...one[0],
      id,
      weight: 30,
      inputs: () => fc.constant({ seed, a: seed, b: seed }),
    });
    const laws = [asking('eq9/few', 1, 1), asking('eq9/many', 1, 1, 1, 1), asking('eq9/few-again', 1, 1)];
    expect(statesOf(await runProgram('answers-twice', { laws }))).toEqual(['pass', 'crash', 'pass']);
  });

  it('that crashes leaves the other checks alone, and its last words are kept', async () => {
    const small: Law = {
      ...one[0],
      id: 'eq9/small',
      inputs: () => one[0].inputs(literal.capabilities).filter(isSmall),
    };
    const { checks, end } = await runProgram('crashes', { laws: [one[0], small] });
    expect(checks).toMatchObject([{ state: 'crash', stderr: 'about to fail' }, { state: 'pass' }]);
    expect(end.conforms).toBe(false);
  });

  it('that answers in the wrong shape fails at a place', async () => {
    const { checks } = await runProgram('misshapen', { laws: one });
    expect(checks).toMatchObject([
      { state: 'fail', counterexample: { at: 'answer.output.overlap', got: '"abc"', wanted: 'a number' } },
    ]);
  });

  it('that answers one input in two ways is told so', async () => {
    const { checks } = await runProgram('two-ways', { laws: one });
    expect(checks).toMatchObject([{ state: 'fail', why: /^the same input is answered in two ways/ }].map(asMatcher));
  });

  it('that declines is skipped, with its reason', async () => {
    const { checks, end } = await runProgram('skips', { laws: one });
    expect(checks).toMatchObject([{ state: 'skip', why: 'at most three parameters so far' }]);
    // A program that declines everything has shown nothing.
    expect(end.conforms).toBe(false);
  });

  it.each(['floods-stderr', 'leaves-children'])('that %s is right for all that', async (name) => {
    expect(statesOf(await runProgram(name, { laws: one }))).toEqual(['pass']);
  });
});

function isSmall(input: unknown): boolean {
  return JSON.stringify(input).length < 40;
}

function asMatcher({ state, why }: { state: string; why: RegExp }): object {
  return { state, why: expect.stringMatching(why) as unknown };
}

describe('the smoke check', () => {
  it.each([
    ['never-reads', 'start', /none within/, /flush/],
    ['dies-at-start', 'start', /exit code 1/, /continue to read/],
    ['another-version', 'start', /^answer.version: expected 2 or 1, got 3$/, undefined],
    ['claims-nothing', 'start', /at least one operation/, undefined],
    ['refuses-everything', 'a trivial request', /No module named 'numpy'/, undefined],
    ['ignores-stop', 'stop', /a program that still runs$/, /exit code 0/],
  ])('%s: not judged, but told what to mend', async (name, step, message, hint) => {
    const [timeoutMs, startTimeoutMs] = [
      name === 'ignores-stop' ? SHORT_MS : PATIENCE_MS,
      name === 'never-reads' ? HANGING_MS : PATIENCE_MS,
    ];
    session = new Session({ command: programCommand(name), timeoutMs, startTimeoutMs });
    const failure = await smoke(session);
    if (!('message' in failure)) expect.fail('it passed');
    expect(failure.step).toBe(step);
    expect(failure.message).toMatch(message);
    expect(failure.hint ?? '').toMatch(hint ?? /^$/);
    if (name === 'dies-at-start') expect(failure.stderr).toContain('ModuleNotFoundError');
  });
});

describe('known failures', () => {
  const ids = OVERLAP.map(({ id }) => id);

  it('do not fail the run, and are not made smaller', async () => {
    const plain = await run(union);
    const failing = plain.checks.filter(({ state }) => state === 'fail').map(({ id }) => id);
    expect(failing.length).toBeGreaterThan(0);
    const { checks, end } = await run(union, { expected: new Map(failing.map((id) => [id, 'not yet'])) });
    expect(end.conforms).toBe(true);
    for (const check of checks.filter(({ id }) => failing.includes(id))) {
      expect(check).toMatchObject({ state: 'expected-failure', why: 'not yet' });
      expect(check.counterexample?.path).toMatch(/^\d+$/);
    }
  });

  it('that pass fail the run', async () => {
    const { checks, end } = await run(literal, { expected: new Map([[ids[0], 'not yet']]) });
    expect(checks[0]).toMatchObject({ state: 'unexpected-pass', why: 'expected to fail: not yet' });
    expect(end.conforms).toBe(false);
  });

  it('that are skipped are not asked', async () => {
    const { checks, end } = await run(union, { skip: new Map(ids.map((id) => [id, 'too slow'])) });
    expect(checks.every(({ state, why, runs }) => state === 'skip' && why === 'too slow' && runs === 0)).toBe(true);
    expect(end.conforms).toBe(false);
  });
});

describe('a run', () => {
  it('is a start, a record for each check, and an end whose counts add up', async () => {
    const records: ConformanceRecord[] = [];
    const modest = { ...union, capabilities: { ...union.capabilities, optimizers: ['sgd'] as const } };
    await run(modest, { laws: LAWS.filter(({ weight }) => weight === 1), onRecord: (record) => records.push(record) });
    const checks = records.filter((record): record is CheckRecord => record.type === 'check');
    const [start, end] = [records[0], records.at(-1)];
    if (start.type !== 'start' || end?.type !== 'end') expect.fail('it lacks its start or its end');
    expect(records).toHaveLength(checks.length + 2);
    expect(start.checks).toBe(checks.length);
    for (const kind of ['paper', 'ruling'] as const) {
      for (const [state, count] of Object.entries(end[kind])) {
        expect(checks.filter((check) => check.kind === kind && check.state === state)).toHaveLength(count);
      }
    }
    expect(checks.find(({ id }) => id === 'adafactor/vectors-step-by-step')).toMatchObject({
      state: 'not-applicable',
      why: 'does not claim adafactor',
      runs: 0,
    });
  });

  it('gives the line that tries the input again', async () => {
    const { checks } = await run(union, { laws: one });
    const { seed, path, replay, input } = checks[0].counterexample ?? expect.fail('it passed');
    expect(replay).toBe(`dst conform --checks eq9/unequal-sizes --seed ${seed} --path ${path} -- ./adapter`);
    const again = await run(union, { laws: one, path });
    expect(again.checks[0]).toMatchObject({ state: 'fail', runs: 1, counterexample: { input } });
  });

  it('with no time left tries one input, and names what it did not try', async () => {
    let now = 0;
    const { checks, end } = await run(literal, { timeLimitMs: 50, now: () => (now += 100) });
    expect(checks[0]).toMatchObject({ state: 'pass', runs: 1, planned: 30 });
    expect(checks[0].why).toBe('the time limit left time for 1 of 30 inputs');
    for (const check of checks.slice(1)) {
      expect(check).toMatchObject({ state: 'skip', runs: 0, why: 'not tried: the time limit had passed' });
    }
    expect(end).toMatchObject({ conforms: true, verdict: 'holds so far' });
  });

  it('is no longer than its time limit and one answer, whatever an input asks', async () => {
    let now = 0;
    let asked = 0;
    const slow: Implementation = {
      ...literal,
      overlap() {
        now += 40;
        asked += 1;
        return { output: { overlap: 1 } };
      },
    };
    const many: Law = {
      ...one[0],
      holds: async (implementation) => {
        for (let i = 0; i < 50; i++) await implementation.overlap({ seed: [1], a: [1], b: [1] });
        return undefined;
      },
    };
    const { checks } = await run(slow, { laws: [many, many], timeLimitMs: 100, now: () => now });
    expect({ asked, now }).toEqual({ asked: 3, now: 120 });
    expect(checks.map(({ state, why }) => ({ state, why }))).toEqual([
      { state: 'skip', why: 'not tried: the time limit left no time for one input' },
      { state: 'skip', why: 'not tried: the time limit had passed' },
    ]);
  });

  it(
    'goes on when the program breaks down on what it should refuse, again and again',
    { timeout: 120_000 },
    async () => {
      const wire = new Session({
        command: programCommand('spoiled', 'fails on an unknown name'),
        timeoutMs: PATIENCE_MS,
        startTimeoutMs: PATIENCE_MS,
      });
      session = wire;
      const capabilities = await smoke(wire);
      if ('message' in capabilities) expect.fail(`${capabilities.step}: ${capabilities.message}`);
      const crashing = LAWS.filter(({ id }) => id.startsWith('refusals/an-unknown-d')).slice(0, 1);
      const others = LAWS.filter(({ id }) => id === 'stateless/no-threshold-is-remembered');
      const laws = [...new Array<Law>(MOST_BREAKDOWNS + 1).fill(crashing[0]), ...others, ...OVERLAP];
      const { checks } = await run(createRemote(wire, capabilities), {
        laws,
        start: { ...requestFor(literal).start, runs: 4 },
        settle: () => settle(wire),
      });
      for (const { id, state } of checks) {
        expect({ id, state }).toEqual({ id, state: id.startsWith('refusals/') ? 'crash' : 'pass' });
      }
    },
  );

  it('ends with the first failure, if that is wanted', async () => {
    const laws = [...OVERLAP.filter(({ id }) => id === 'eq9/unequal-sizes'), ...OVERLAP];
    const { checks } = await run(union, { laws, failFast: true });
    expect(statesOf({ checks } as ConformanceRun)).toEqual(['fail', ...OVERLAP.map(() => 'skip')]);
  });

  it('replays one input and no neighbour of it, and blames the caller for a path that leads nowhere', async () => {
    const { path = '' } = (await run(union, { laws: one })).checks[0].counterexample ?? {};
    expect(path).toContain(':');
    const mended = await run(literal, { laws: one, path });
    expect(mended.checks[0]).toMatchObject({ state: 'pass', runs: 1 });
    for (const nowhere of ['99:99:99', '0:99999']) {
      await expect(run(union, { laws: one, path: nowhere })).rejects.toThrow(InvalidInput);
    }
  });

  it('shows the question that was asked, and what was written, beside a record of a generator', async () => {
    const wrong = createLiteral({
      name: 'f with ≥',
      pieces: { count: (all, tau) => all.filter((x) => x >= tau).length },
    });
    const laws = LAWS.filter(({ id }) => id === 'eq8/counts-what-is-strictly-above');
    const { checks } = await run(wrong, { laws, wrote: () => '{"seq":1,"output":{"threshold":1.625}}' });
    expect(checks[0].counterexample).toMatchObject({
      request: { method: 'iterative', distances: expect.any(Array) as unknown, iterations: 1 },
      wrote: '{"seq":1,"output":{"threshold":1.625}}',
    });
    // What is a question already is not shown twice.
    expect((await run(union, { laws: one })).checks[0].counterexample).not.toHaveProperty('request');
  });

  it('takes two errors of one kind for one answer, whatever they say', async () => {
    let times = 0;
    const failing: Implementation = {
      ...literal,
      overlap: () => ({ error: { kind: 'internal', message: `at 0x${(times += 1)}` } }),
    };
    const [check] = (await run(failing, { laws: one })).checks;
    expect(check).toMatchObject({ state: 'fail' });
    expect(check.why).toBeUndefined();
  });

  it('does not make a failing input smaller for ever', async () => {
    const small: Law = defineLaw({
      id: 'eq9/small',
      equation: 'eq-9',
      claim: 'It is small.',
      kind: 'paper',
      accepts: 'exact',
      operation: 'overlap',
      inputs: () => fc.nat(2 ** 30),
      check: (_, input) => Promise.resolve(input > 1000 ? { got: input, wanted: 'at most 1000' } : undefined),
    });
    let now = 0;
    // Each look at the clock takes a second: the share of a check is gone after a few.
    const hurried = await run(literal, { laws: [small], timeLimitMs: 20_000, now: () => (now += 1000) });
    const { checks } = await run(literal, { laws: [small] });
    expect(checks[0]).toMatchObject({ state: 'fail', counterexample: { input: 1001 } });
    expect(hurried.checks[0].state).toBe('fail');
    expect(hurried.checks[0].counterexample?.input).toBeGreaterThan(1001);
  });

  it('gives up on a program that never answers, and does not say that it was right', async () => {
    const broken: Implementation = {
      ...literal,
      overlap: () => Promise.reject(new Fault('crash', { got: 'nothing', wanted: 'an answer' })),
    };
    const laws = Array.from({ length: MOST_BREAKDOWNS + 2 }, (_, i) => ({ ...one[0], id: `eq9/again-${i}` }));
    const { checks, end } = await run(broken, { laws });
    expect(checks.every(({ state }) => state === 'crash')).toBe(true);
    expect(checks.at(-1)).toMatchObject({ runs: 0, why: expect.stringContaining('not tried') as unknown });
    expect(end.conforms).toBe(false);
  });

  it('ends when it is asked to, without a verdict', async () => {
    const controller = new AbortController();
    let asked = 0;
    const slow: Law = defineLaw({
      id: 'eq9/slow',
      equation: 'eq-9',
      claim: 'It holds.',
      kind: 'paper',
      accepts: 'anything',
      operation: 'overlap',
      inputs: (capabilities) => one[0].inputs(capabilities),
      check() {
        asked += 1;
        controller.abort();
        return Promise.resolve(undefined);
      },
    });
    expect(
      await runConformance(requestFor(literal, { laws: [slow, slow], signal: controller.signal })),
    ).toBeUndefined();
    expect(asked).toBe(1);
  });
});

it('asks nothing of an operation for which nothing to choose from is claimed', async () => {
  const capabilities = { ...literal.capabilities, distances: [], thresholds: [], silos: [], optimizers: [] };
  const { checks } = await run({ ...literal, capabilities }, { laws: LAWS });
  for (const [i, { state }] of checks.entries()) {
    expect({ id: LAWS[i].id, state }).toEqual({
      id: LAWS[i].id,
      state: LAWS[i].operation === 'overlap' ? 'pass' : 'not-applicable',
    });
  }
});
