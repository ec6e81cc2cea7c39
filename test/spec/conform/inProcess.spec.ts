/**
 * An implementation in this process gets the verdict that it would get behind the wire, and cannot break the run.
 */
import { describe, expect, it } from 'vitest';
import { checkImplementation, type CheckOptions } from '../../../spec/conform/inProcess.ts';
import type { ConformanceRun, State } from '../../../spec/conform/record.ts';
import { implement } from '../../../spec/implement.ts';
import type { Implementation, Operations } from '../../../spec/implementation.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { connect } from '../../../spec/wire/connect.ts';

const right = createLiteral({ name: 'literal' });
const check = (operations: Partial<Operations>, options: CheckOptions = {}): Promise<ConformanceRun> =>
  checkImplementation({ ...right, ...operations }, { checks: ['eq9'], runs: 20, ...options });
const states = ({ checks }: ConformanceRun): State[] => [...new Set(checks.map(({ state }) => state))];

/** Those that answer the same question in the same way. */
const STEADY = MUTANTS.filter(({ remembers }) => remembers === undefined);

describe('an implementation in this process', () => {
  it('conforms if it is right, with each check tried', async () => {
    const run = await checkImplementation(right, { runs: 5, paperOnly: true });
    expect(run.end.conforms).toBe(true);
    expect(states(run)).toContain('pass');
    expect(run.checks.every(({ kind }) => kind === 'paper')).toBe(true);
  });

  it.each(STEADY.filter((_, i) => i % 9 === 0))('$name falls short, and its replay shows the same', async (mutant) => {
    const wrong = createLiteral(mutant);
    const checks = [mutant.caughtBy[0]];
    const { checks: found, end } = await checkImplementation(wrong, { checks });
    expect(end.conforms).toBe(false);
    const [{ counterexample }] = found;
    if (counterexample === undefined) return expect.fail('no counterexample');
    const { seed, path, input, got, replay } = counterexample;
    for (const word of [checks[0], String(seed), path]) expect(replay).toContain(word);
    const again = await checkImplementation(wrong, { checks, seed, path });
    expect(again.checks[0].counterexample).toMatchObject({ input, got });
  });

  it('that throws crashes the check and not the run', async () => {
    const run = await check({
      overlap() {
        throw new TypeError('of no use');
      },
    });
    expect(states(run)).toEqual(['crash']);
    expect(run.checks[0].why).toBe(
      'expected an answer ({ error: { kind, message } } if the input is refused), got a thrown TypeError: of no use',
    );
  });

  it.each([undefined, null, 5, [], {}, { outputs: {} }, { error: 'no' }])(
    'that answers %j fails the check',
    async (answer) => {
      const run = await check({ overlap: () => answer as never });
      expect(states(run)).toEqual(['fail']);
      expect(run.checks[0].counterexample?.at).toBe('answer');
    },
  );

  it('that writes into what it is given changes no verdict', async () => {
    const spoiling: Partial<Operations> = {
      overlap(input) {
        const answer = right.overlap(structuredClone(input));
        for (const list of [input.seed, input.a, input.b]) (list as number[]).fill(0);
        return answer;
      },
    };
    expect((await check(spoiling)).end.conforms).toBe(true);
  });

  it('may be expected to fail, or be skipped, and one that is mended falls short', async () => {
    const wrong: Partial<Operations> = { overlap: () => ({ error: { kind: 'internal', message: 'not yet' } }) };
    const reasons = { eq9: 'not today' };
    expect(await check(wrong, { expected: reasons })).toMatchObject({ end: { conforms: true } });
    expect(states(await check({}, { skip: reasons }))).toEqual(['skip']);
    expect(states(await check({}, { expected: reasons }))).toEqual(['unexpected-pass']);
    await expect(check({}, { skip: { eq99: 'none' } })).rejects.toThrow('skip: expected the id of a check');
  });

  it('can be stopped, and tells of each record', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const onRecord = ({ type }: { readonly type: string }): void => {
      seen.push(type);
      if (seen.length === 2) stop.abort(new Error('enough'));
    };
    await expect(check({}, { signal: stop.signal, onRecord })).rejects.toThrow('enough');
    expect(seen).toEqual(['start', 'check']);
  });

  it('needs one check for a path', async () => {
    await expect(check({}, { path: '0' })).rejects.toThrow('path: expected one check to replay');
  });
});

describe('implement', () => {
  it('claims what it is given, and nothing else is asked', async () => {
    const overlap: Implementation['overlap'] = (input) => right.overlap(input);
    const mine = implement({ name: 'mine', dtype: 'float32' }, { overlap });
    expect(mine.capabilities).toMatchObject({ operations: ['overlap'], distances: [], silos: [] });
    expect(await mine.train({} as never)).toEqual({ skip: 'no operation train' });
    const { checks, end } = await checkImplementation(mine, { runs: 5 });
    expect(end.conforms).toBe(true);
    const tried = checks.filter(({ state }) => state !== 'not-applicable').map(({ id }) => id.split('/')[0]);
    expect(new Set(tried)).toContain('eq9');
    expect(new Set(tried)).not.toContain('alg1');
  });
});

describe('connect', () => {
  const adapter = ['node', 'adapters/javascript/adapter.mjs'];

  it('makes an implementation of a program', async () => {
    const { implementation, close } = await connect(adapter);
    try {
      expect(implementation.capabilities.operations).toContain('overlap');
      expect((await checkImplementation(implementation, { checks: ['eq9'], runs: 10 })).end.conforms).toBe(true);
    } finally {
      await close();
    }
  });

  it('says what keeps a program from being asked', async () => {
    await expect(connect(['no-such-program'])).rejects.toThrow(
      /^no-such-program: start: .*ENOENT.*\. Check the spelling/s,
    );
  });
});
