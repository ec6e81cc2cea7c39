/**
 * What a law makes of an implementation that misbehaves, and what a failure tells its reader.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from '../../spec/check.ts';
import type { Verdict } from '../../spec/check.ts';
import { DIALECTS } from '../../spec/implementation.ts';
import type { Implementation } from '../../spec/implementation.ts';
import { findLaw, LAWS } from '../../spec/laws/all.ts';
import { computeStepsToArrive } from '../../spec/laws/alg2-convergence.ts';
import { defineLaw, whyNotApplicable } from '../../spec/laws/law.ts';
import type { Law } from '../../spec/laws/law.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import { Fault } from '../../spec/wire/fault.ts';

const literal = createLiteral({ name: 'literal' });

/** The literal implementation with one of its parts replaced. */
function withParts(parts: Partial<Implementation>): Implementation {
  return { ...literal, ...parts };
}

function law(id: string): Law {
  return findLaw(id) ?? expect.fail(`no law is called ${id}`);
}

function check(id: string, implementation: Implementation): Promise<Verdict> {
  return checkLaw(law(id), implementation, { runs: 20, seed: 1 });
}

describe('a law', () => {
  it('passes what is right', async () => {
    expect(await check('eq9/share-in-common', literal)).toEqual({ state: 'pass', runs: 20 });
  });

  it('takes a skip for a skip and an error for a fault', async () => {
    const skipping = withParts({ overlap: () => ({ skip: 'not yet' }), distance: () => ({ skip: 'never' }) });
    expect(await check('eq9/share-in-common', skipping)).toMatchObject({ state: 'skip', why: 'not yet' });
    expect(await check('refusals/an-unknown-distance', skipping)).toMatchObject({ state: 'skip', why: 'never' });
    const failing = withParts({ overlap: () => ({ error: { kind: 'internal', message: 'no' } }) });
    expect(await check('eq9/share-in-common', failing)).toMatchObject({
      state: 'fail',
      violation: { got: 'an error of kind internal: no', wanted: 'an output' },
    });
  });

  it('accepts no refusal but that of invalid input', async () => {
    const crashing = withParts({ distance: () => ({ error: { kind: 'internal', message: 'crash' } }) });
    expect(await check('refusals/an-unknown-distance', crashing)).toMatchObject({
      violation: { got: 'an error of kind internal: crash', wanted: 'an error of kind invalid-input' },
    });
  });

  it('wants right answers after a refusal', async () => {
    let isBroken = false;
    const sulking = withParts({
      distance(input) {
        if (input.kind === 'absolute' && isBroken) return { output: { distances: input.seed.map(() => 7) } };
        isBroken = true;
        return literal.distance(input);
      },
    });
    expect(await check('refusals/an-unknown-distance', sulking)).toMatchObject({
      violation: { at: 'the next request', wanted: 'the right answer to it' },
    });
  });

  it('waits for answers that come later, and passes on what is thrown', async () => {
    const late = withParts({ overlap: (input) => Promise.resolve().then(() => literal.overlap(input)) });
    expect(await check('eq9/share-in-common', late)).toEqual({ state: 'pass', runs: 20 });
    const throwing = withParts({ overlap: () => Promise.reject(new Error('the adapter died')) });
    await expect(check('eq9/share-in-common', throwing)).rejects.toThrow('the adapter died');
  });

  it.each([
    ['right the second time', (calls: number) => (calls === 1 ? 7 : 1), /asked again, the law holds$/],
    ['right every other time', (calls: number) => (calls % 2 === 1 ? 7 : 1), /asked again, the law holds$/],
    ['wrong in ever new ways', (calls: number) => 7 + calls, /asked again, it gives \d+$/],
  ])('finds an implementation out that is %s', async (_, answer, why) => {
    let calls = 0;
    const fickle = withParts({ overlap: () => ({ output: { overlap: answer(++calls) } }) });
    const everything: Law = {
      ...law('eq9/share-in-common'),
      inputs: () => fc.constant({ seed: [0], a: [1], b: [1] }),
    };
    const verdict = await checkLaw(everything, fickle, { runs: 20, seed: 1 });
    expect(verdict).toMatchObject({ state: 'fail', why: expect.stringMatching(why) as unknown });
    if (verdict.state === 'fail')
      expect(explain(everything, fickle, verdict)).toMatch(/note: {5}the same input is answered in two/);
  });

  it('takes a fault of the wire for what it is, and makes it smaller as that alone', async () => {
    const frail = withParts({
      overlap(input) {
        if (input.seed.length >= 6) throw new Fault('crash', { got: 'its end', wanted: 'an answer', stderr: 'oh' });
        if (input.seed.length >= 3) return { output: { overlap: 7 } };
        return literal.overlap(input);
      },
    });
    const long: Law = {
      ...law('eq9/share-in-common'),
      inputs: () => fc.array(fc.constant(1), { minLength: 6 }).map((seed) => ({ seed, a: seed, b: seed })),
    };
    expect(await checkLaw(long, frail, { runs: 5, seed: 1 })).toMatchObject({
      state: 'crash',
      why: 'expected an answer, got its end',
      stderr: 'oh',
      input: { seed: [1, 1, 1, 1, 1, 1] },
    });
    // From 3 on it is wrong, from 6 on it breaks down: whichever comes first is made smaller as what it is.
    const lengths = fc.integer({ min: 3, max: 10 }).map((length) => new Array<number>(length).fill(1));
    const short: Law = { ...long, inputs: () => lengths.map((seed) => ({ seed, a: seed, b: seed })) };
    const ends = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const verdict = await checkLaw(short, frail, { runs: 1, seed });
      if (!('input' in verdict)) expect.fail(verdict.state);
      ends.add(`${verdict.state} ${JSON.stringify(verdict.input)}`);
    }
    const smallest = (length: number): string => {
      const seed = new Array<number>(length).fill(1);
      return JSON.stringify({ seed, a: seed, b: seed });
    };
    expect([...ends].sort()).toEqual([`crash ${smallest(6)}`, `fail ${smallest(3)}`]);
  });

  it('tries the first input even when the time is up, and no further one', async () => {
    const limits = { isTriedEnough: () => true, isShrunkEnough: () => true };
    expect(await checkLaw(law('eq9/share-in-common'), literal, { runs: 20, seed: 1, limits })).toEqual({
      state: 'pass',
      runs: 1,
    });
    const wrong = withParts({ overlap: () => ({ output: { overlap: 7 } }) });
    const verdict = await checkLaw(law('eq9/share-in-common'), wrong, { runs: 20, seed: 1, limits });
    expect(verdict).toMatchObject({ state: 'fail', runs: 1, path: expect.stringMatching(/^\d+$/) as unknown });
  });

  it.each([
    ['distance', 'tab1/absolute-is-the-difference', { distances: [1, 'x'] }, /a list of \d+ numbers/],
    ['distance', 'tab1/absolute-is-the-difference', {}, /a list of \d+ numbers/],
    ['threshold', 'eq6/threshold-is-the-quantile', { threshold: 'high' }, /a number/],
    ['project', 'eq7/kept-values-are-the-candidates', { parameters: [] }, /a list of \d+ numbers/],
    ['overlap', 'eq9/share-in-common', { overlap: [1] }, /a number/],
    ['optimize', 'sgd/update-is-minus-rate-times-gradient', { updates: [] }, /\d+ lists of \d+ numbers each/],
    ['train', 'alg1/every-step-of-sgd', { parameters: 1 }, /\d+ lists of \d+ numbers each/],
    ['silos', 'silos/none', { silos: 'all' }, /lists of names/],
    ['silos', 'silos/none', { silos: [[1]] }, /lists of names/],
  ] as const)('wants the right shape of %s (%s)', async (operation, id, output, wanted) => {
    // As it may come over a wire: of any shape.
    const misshapen = withParts({ [operation]: () => ({ output }) });
    const verdict = await check(id, misshapen);
    expect(verdict.state === 'fail' ? verdict.violation.wanted : verdict.state).toMatch(wanted);
  });

  it('wants silos without an empty one, and the partition exact', async () => {
    const empty = withParts({
      silos: ({ parameters }) => ({ output: { silos: [parameters.map(({ name }) => name), []] } }),
    });
    expect(await check('silos/are-a-partition', empty)).toMatchObject({ violation: { wanted: 'no empty silo' } });
  });
});

describe('applicability', () => {
  it.each([
    ['eq9/share-in-common', { operations: [] }, 'does not claim the operation overlap'],
    ['tab1/relative-is-difference-over-seed', { distances: [] }, 'does not claim the distance relative'],
    ['eq6/threshold-is-the-quantile', { thresholds: [] }, 'does not claim the threshold quantile'],
    ['silos/none', { silos: [] }, 'does not claim the silos none'],
    ['adafactor/vectors-step-by-step', { optimizers: [] }, 'does not claim adafactor'],
    ['adafactor/vectors-step-by-step', { dialects: ['optax'] }, 'does not claim the dialect t5x of adafactor'],
    ['torch/weight-decay', { dialects: ['t5x'] }, 'does not claim the dialect torch of adafactor'],
  ] as const)('%s', async (id, claims, why) => {
    const capabilities = { ...literal.capabilities, ...claims };
    expect(await check(id, withParts({ capabilities }))).toEqual({ state: 'not-applicable', why });
  });

  it('is decided by the tie rule too', () => {
    const needy = { ...law('eq7/ties-are-decided-exactly'), needs: { ties: 'lowest-index' as const } };
    expect(whyNotApplicable(needy, literal.capabilities)).toBe('does not declare ties: lowest-index');
  });
});

describe('a failure', () => {
  it('says equation, claim, smallest input, got, wanted and how to replay it', async () => {
    const wrong = createLiteral({ name: 'union', pieces: { overlap: (common, a, b) => common / (a + b) } });
    const verdict = await check('eq9/share-in-common', wrong);
    if (verdict.state !== 'fail') expect.fail(verdict.state);
    const text = explain(law('eq9/share-in-common'), wrong, verdict);
    expect(text).toContain('eq9/share-in-common (eq-9, paper)');
    expect(text).toContain('claim:    Two subsets of one size k overlap by |A ∩ B| / k.');
    expect(text).toContain('input:    {"seed":[0],"a":[1],"b":[1]}');
    expect(text).toContain('got:      0.5');
    expect(text).toContain('wanted:   1: |A| = 1, |B| = 1, |A ∩ B| = 1');
    expect(text).toMatch(/replay: {3}DST_SEED=1 DST_PATH=[\d:]+ npx vitest run/);

    const { seed, path } = verdict;
    const replayed = await checkLaw(law('eq9/share-in-common'), wrong, { runs: 1, seed, path, shrinks: false });
    expect(replayed).toMatchObject({ state: 'fail', input: verdict.input });
  });

  it('says where, if it knows', () => {
    const shown = explain(law('silos/none'), literal, {
      state: 'fail',
      input: 1,
      first: { input: 1, violation: { got: [], wanted: [] } },
      runs: 1,
      seed: 1,
      path: '0',
      violation: { at: 'silo 3', got: ['x'], wanted: ['y'] },
    });
    expect(shown).toContain('at:       silo 3\ngot:      ["x"]\nwanted:   ["y"]');
  });
});

describe('the list of laws', () => {
  it('has ids of one form, a claim and a tolerance each', () => {
    for (const { id, claim, accepts } of LAWS) {
      const [group, name] = id.split('/');
      if (!DIALECTS.some((dialect) => dialect === group)) {
        expect(group).toMatch(/^(eq[1-9]|alg[12]|tab1|silos|adafactor|sgd|refusals|stateless)$/);
      }
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(claim).toMatch(/^\S.*[.0]$/s);
      expect(accepts.length).toBeGreaterThan(3);
    }
    expect(findLaw('eq0/nothing')).toBeUndefined();
  });

  it('gives a law its weight and needs where it names none', () => {
    const plain = defineLaw({
      id: 'eq9/plain',
      equation: 'eq-9',
      claim: 'It holds.',
      kind: 'paper',
      accepts: 'anything',
      operation: 'overlap',
      inputs: () => fc.constant(1),
      check: () => Promise.resolve(undefined),
    });
    expect(plain).toMatchObject({ weight: 1, needs: {} });
  });
});

it('promises a ramp-up of 12 to 15 steps where updates are of the usual size', () => {
  // δ between 2⁻¹³ and 2⁻¹⁰, c = 2, T = 10: the measured range of spec.md, section 2.
  for (const order of [-10, -11, -12, -13]) {
    expect(computeStepsToArrive(2 ** order)).toBeGreaterThanOrEqual(12);
    expect(computeStepsToArrive(2 ** order)).toBeLessThanOrEqual(15);
  }
  expect(computeStepsToArrive(1)).toBe(1);
  expect(computeStepsToArrive(2 ** 12)).toBe(computeStepsToArrive(2 ** -12));
});
