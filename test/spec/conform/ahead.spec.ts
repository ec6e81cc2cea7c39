/**
 * Several questions at once, and several programs at once: what comes of a run is what comes of one question after another.
 */
import { setImmediate as whenIdle } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ahead } from '../../../spec/check.ts';
import type { RunRequest } from '../../../spec/conform/run.ts';
import type { ConformanceRun } from '../../../spec/conform/record.ts';
import { settle } from '../../../spec/conform/smoke.ts';
import { answeredBy } from '../../../spec/implement.ts';
import type { Implementation, Operations } from '../../../spec/implementation.ts';
import { findLaw, LAWS } from '../../../spec/laws/all.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { Fault } from '../../../spec/wire/fault.ts';
import { toCapabilities } from '../../../spec/wire/protocol.ts';
import { createRemote } from '../../../spec/wire/remote.ts';
import { Session } from '../../../spec/wire/session.ts';
import { programCommand } from '../wire/processes.ts';
import { OVERLAP, PATIENCE_MS, run } from './requests.ts';

/** As many questions as may be under way here. */
const MOST = 8;
const AHEAD: Ahead = { most: () => MOST, giveUp: () => expect.fail('given up, for what takes several at once') };

/** Everything that a run says but for the times that it took, and the numbers of the questions. */
function said({ checks, end }: ConformanceRun): unknown {
  const untimed = checks.map((check) => ({ ...check, milliseconds: 0 }));
  const text = JSON.stringify({ checks: untimed, end: { ...end, milliseconds: 0 } });
  return JSON.parse(text.replaceAll(/\\"seq\\":\d+/g, ''));
}

/** The same implementation, answering some time after it has been asked, and how many questions waited at most. */
function late(
  implementation: Implementation,
  turns = 1,
): { readonly slow: Implementation; readonly most: () => number } {
  const operations: Operations = implementation;
  let [waiting, most] = [0, 0];
  const slow = answeredBy(implementation.capabilities, async (operation, input) => {
    most = Math.max(most, ++waiting);
    for (let turn = 0; turn < turns; turn++) await whenIdle();
    waiting -= 1;
    return operations[operation](input);
  });
  return { slow, most: () => most };
}

/** Each start of a program takes its time. */
const FEW = OVERLAP.filter(({ id }) => id === 'eq9/is-symmetric');

const literal = createLiteral({ name: 'literal' });

describe('a run that asks several questions at once', () => {
  it('gives what is right the same verdict, and asks ahead', async () => {
    const laws = LAWS.filter(({ equation }) => ['eq-6', 'eq-7', 'eq-9', 'protocol'].includes(equation));
    const { slow, most } = late(literal);
    expect(said(await run(slow, { laws, ahead: AHEAD }))).toEqual(said(await run(literal, { laws })));
    expect(most()).toBe(MOST);
  });

  it.each(MUTANTS.filter((_, place) => place % 12 === 0).map((mutant) => [mutant.name, mutant] as const))(
    'finds %s with the same smallest input',
    async (_, mutant) => {
      const laws = [findLaw(mutant.caughtBy[0]) ?? expect.fail(mutant.caughtBy[0]), ...OVERLAP];
      const inTurn = await run(createLiteral(mutant), { laws });
      const wrong = createLiteral(mutant);
      expect(said(await run(late(wrong).slow, { laws, ahead: AHEAD }))).toEqual(said(inTurn));
    },
  );
});

describe('a program that is asked several questions at once', () => {
  let session: Session | undefined;
  afterEach(async () => session?.abort());

  async function runProgram(name: string, more: Partial<RunRequest>): Promise<ConformanceRun> {
    const timeoutMs = more.timeoutMs ?? PATIENCE_MS;
    const command = programCommand(name, 'version-2');
    const wire = new Session({ command, timeoutMs, startTimeoutMs: PATIENCE_MS });
    session = wire;
    const capabilities = toCapabilities(await wire.start());
    const wrote = (input: object): string | undefined => wire.wroteOn(input);
    const request = { laws: FEW, settle: () => settle(wire), wrote, ...more };
    const result = await run(createRemote(wire, capabilities), request);
    await wire.abort();
    return result;
  }

  it.each([
    'honest',
    'crashes',
    'is-killed',
    'half-a-line',
    'wrong-seq',
    'writes-nonsense',
    'misshapen',
    'two-answers-in-one',
    'wrong',
    'skips',
  ])('and %s gets the verdict that it gets when it is asked one', async (name) => {
    const inTurn = await runProgram(name, {});
    expect(said(await runProgram(name, { ahead: AHEAD }))).toEqual(said(inTurn));
  });

  it('and answers-twice breaks down in the same checks as when it is asked one', async () => {
    const states = async (more: Partial<RunRequest>): Promise<unknown> =>
      (await runProgram('answers-twice', more)).checks.map(({ id, state }) => [id, state]);
    expect(await states({ ahead: AHEAD })).toEqual(await states({}));
  });

  it('and writes a line later than its answer breaks down: in which check is a matter of time', async () => {
    for (const more of [{}, { ahead: AHEAD }]) {
      const { checks } = await runProgram('out-of-turn', { ...more, laws: OVERLAP.slice(0, 3) });
      expect(checks.map(({ state }) => state)).toContain('crash');
    }
  });

  it('and drops what comes before it has answered, is asked one at a time, and passes', async () => {
    let givenUp = 0;
    const ahead = { most: () => (givenUp > 0 ? 1 : MOST), giveUp: () => (givenUp += 1) };
    const { end } = await runProgram('drops', { ahead, timeoutMs: 1000 });
    expect([end.conforms, givenUp]).toEqual([true, 1]);
  });

  it('and says that it takes one at a time, is asked so', async () => {
    const command = programCommand('drops', 'version-2', 'one-at-a-time');
    const wire = new Session({ command, timeoutMs: PATIENCE_MS, startTimeoutMs: PATIENCE_MS });
    session = wire;
    const remote = createRemote(wire, toCapabilities(await wire.start()));
    const { end } = await run(remote, { ahead: { most: () => wire.ahead, giveUp: () => wire.waitForEach() } });
    expect([end.conforms, wire.starts]).toEqual([true, 1]);
  });

  it('and takes that, is asked ahead; one of version 1 is not', async () => {
    const most = async (...args: string[]): Promise<number> => {
      const lines: string[] = [];
      const onLine = (line: string): void => void lines.push(line[0]);
      const command = programCommand('honest', ...args);
      const wire = new Session({ command, timeoutMs: PATIENCE_MS, startTimeoutMs: PATIENCE_MS, onLine });
      session = wire;
      await run(createRemote(wire, toCapabilities(await wire.start())), {
        ahead: { most: () => wire.ahead, giveUp: () => wire.waitForEach() },
      });
      await wire.abort();
      let waiting = 0;
      return Math.max(...lines.map((line) => (waiting += line === '>' ? 1 : -1)));
    };
    expect(await most()).toBe(1);
    expect(await most('version-2')).toBeGreaterThan(1);
  });
});

describe('a program that takes several requests in one message', () => {
  /** The questions of the smoke check are single: a pace is known when the laws begin. */
  async function runBatches(fault: string, inFlight: number): Promise<readonly [ConformanceRun, readonly string[]]> {
    const lines: string[] = [];
    const wire = new Session({
      command: programCommand('batches', fault),
      timeoutMs: PATIENCE_MS,
      startTimeoutMs: PATIENCE_MS,
      inFlight,
      onLine: (line) => void lines.push(line),
    });
    try {
      const remote = createRemote(wire, toCapabilities(await wire.start()));
      const ahead: Ahead = { most: () => wire.ahead, giveUp: () => wire.waitForEach() };
      const wrote = (input: object): string | undefined => wire.wroteOn(input);
      return [await run(remote, { laws: FEW, ahead, wrote, settle: () => settle(wire) }), lines];
    } finally {
      await wire.abort();
    }
  }

  const batchesIn = (lines: readonly string[]): number => lines.filter((line) => line.includes('"cmd":"batch"')).length;

  it.each(['none', 'misshapen', 'wrong', 'dies', 'leaves-one-out', 'refuses'])(
    'and has the fault %s gets the verdict that it gets request by request',
    async (fault) => {
      const [one, single] = await runBatches(fault, 1);
      const [several, together] = await runBatches(fault, 32);
      expect(said(several)).toEqual(said(one));
      expect([batchesIn(single), batchesIn(together) > 0]).toEqual([0, true]);
    },
  );

  it('and has one wrong answer in a batch fails for that input alone', async () => {
    const wire = new Session({
      command: programCommand('batches', 'misshapen'),
      timeoutMs: PATIENCE_MS,
      startTimeoutMs: PATIENCE_MS,
    });
    try {
      await wire.start();
      const input = (size: number) => ({
        seed: Array<number>(size).fill(0),
        a: Array<number>(size).fill(1),
        b: Array<number>(size).fill(0),
      });
      await wire.ask('overlap', input(1));
      const answers = await Promise.allSettled([1, 4, 2, 3].map((size) => wire.ask('overlap', input(size))));
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
      expect(answers[1]).toMatchObject({ reason: { state: 'fail', details: { at: 'answer.output.overlap' } } });
    } finally {
      await wire.abort();
    }
  });
});

describe('a run of several programs at once', () => {
  const laws = LAWS.filter(({ equation }) => ['eq-5', 'eq-6', 'eq-7', 'eq-9', 'protocol'].includes(equation));
  /** The first takes longest, so that the others are ahead of it. */
  const three = (
    implementation: Implementation,
  ): Partial<RunRequest> & { readonly implementation: Implementation } => ({
    implementation: late(implementation, 9).slow,
    others: [{ implementation: late(implementation).slow }, { implementation, ahead: AHEAD }],
  });

  it.each(['literal', 'wrong', 'breaking', 'breaking always'] as const)(
    'says of one that is %s what one says',
    async (kind) => {
      const crash = (): never => {
        throw new Fault('crash', { got: 'the end', wanted: 'an answer' });
      };
      const implementation: Implementation = {
        literal,
        wrong: createLiteral({ name: 'wrong', pieces: { overlap: (common, a, b) => common / (a + b) } }),
        breaking: { ...literal, threshold: crash },
        'breaking always': { ...literal, threshold: crash, project: crash, distance: crash },
      }[kind];
      const records: unknown[] = [];
      const onRecord = (record: { readonly type: string; readonly id?: string }): void =>
        void records.push(record.id ?? record.type);
      const several = three(implementation);
      const result = await run(several.implementation, { ...several, laws, onRecord });
      expect(said(result)).toEqual(said(await run(implementation, { laws })));
      expect(records).toEqual(['start', ...laws.map(({ id }) => id), 'end']);
    },
  );

  it('stops at the first failure as one does', async () => {
    const wrong = createLiteral({ name: 'wrong', pieces: { overlap: (common, a, b) => common / (a + b) } });
    const several = three(wrong);
    const options = { laws: [...OVERLAP, ...laws], failFast: true };
    expect(said(await run(several.implementation, { ...several, ...options }))).toEqual(
      said(await run(wrong, options)),
    );
  });

  it('asks each of them', async () => {
    const asked = [0, 0];
    const counting = (place: number): Implementation =>
      answeredBy(literal.capabilities, async (operation, input) => {
        asked[place] += 1;
        await whenIdle();
        const operations: Operations = literal;
        return operations[operation](input);
      });
    await run(counting(0), { others: [{ implementation: counting(1) }] });
    expect(Math.min(...asked)).toBeGreaterThan(0);
  });
});
