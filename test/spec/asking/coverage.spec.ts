/**
 * What a default run asks: every size, every option, every pair of options that its tables have, at any seed and for
 * any claims; and that a law which is taken away leaves holes.
 */
import { describe, expect, it } from 'vitest';
import { Coverage } from '../../../spec/asking/coverage.ts';
import type { OperationCoverage } from '../../../spec/asking/coverage.ts';
import { listenTo } from '../../../spec/asking/hear.ts';
import { checkLaw, whyNotAsked } from '../../../spec/check.ts';
import { RUNS, SEED } from '../../../spec/conform/defaults.ts';
import type { Capabilities } from '../../../spec/implementation.ts';
import { DISTANCE_KINDS } from '../../../spec/implementation.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import type { Law } from '../../../spec/laws/law.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { seeds } from '../../run/runs.ts';

/** The table of a run of some laws on the literal implementation, which claims what is given. */
async function run(
  laws: readonly Law[],
  seed: number,
  claims: Partial<Capabilities> = {},
): Promise<OperationCoverage[]> {
  const literal = createLiteral({ name: 'literal', ...(claims.dtype === undefined ? {} : { dtype: claims.dtype }) });
  const claiming = { ...literal, capabilities: { ...literal.capabilities, ...claims } };
  const coverage = new Coverage(claiming.capabilities);
  const heard = listenTo(claiming, (asked, answer) => {
    if ('output' in answer) coverage.note(asked);
  });
  for (const law of laws.filter((each) => whyNotAsked(each, claiming.capabilities) === undefined)) {
    await checkLaw(law, heard, { runs: RUNS, seed });
  }
  return coverage.table();
}

function holesOf(table: readonly OperationCoverage[]): string[] {
  return table.flatMap(({ operation, holes }) => holes.map((hole) => `${operation}: ${hole}`));
}

describe('a default run', () => {
  it.each([...seeds(20), SEED + 1, -7])('of seed %i asks everything', { timeout: 120_000 }, async (seed) => {
    expect(holesOf(await run(LAWS, seed))).toEqual([]);
  });

  it.each<[string, Partial<Capabilities>]>([
    ['SGD, the quantile and one distance', { optimizers: ['sgd'], thresholds: ['quantile'], distances: ['relative'] }],
    ['AdaFactor alone', { optimizers: ['adafactor'], dialects: ['t5x'] }],
    ['Algorithm 2 alone', { thresholds: ['iterative'], dialects: ['t5x'] }],
    ['another dialect alone', { dialects: ['torch'] }],
    ['bfloat16', { dtype: 'bfloat16', dialects: ['t5x'] }],
  ])('of who claims %s asks all of that', { timeout: 120_000 }, async (_claim, claims) => {
    expect(holesOf(await run(LAWS, SEED, claims))).toEqual([]);
  });
});

describe('without one law', () => {
  it.each([
    ['eq7/silos-of-every-size', 'project: size 65537'],
    ['eq6/of-every-size', undefined],
    ['alg1/silos-of-every-size', 'train: 100 silos'],
    ['alg1/thirty-steps', 'train: 30 steps'],
    ['alg1/options-alone-in-pairs-and-left-out', 'train: adafactor quantile: momentum given, weightDecay given'],
    ['adafactor/options-alone-and-in-pairs', 'optimize: t5x: momentum given, weightDecay given'],
    ['adafactor/thirty-steps', 'optimize: 30 steps'],
    ['alg2/projection-constants-alone-in-pairs-and-left-out', 'project: iterative: factor left out, iterations given'],
  ])('%s, %s is a hole', { timeout: 120_000 }, async (id, hole) => {
    const others = LAWS.filter((law) => law.id !== id);
    const [law] = LAWS.filter((each) => each.id === id);
    const holes = holesOf(
      await run(
        others.filter(({ operation }) => operation === law.operation),
        SEED,
      ),
    );
    // Sizes of thresholds are asked by two laws, of either method.
    if (hole === undefined) expect(holes.filter((name) => name.startsWith(`${law.operation}: size`))).toEqual([]);
    else expect(holes).toContain(hole);
  });
});

it('names what was asked by how it was given, and counts each request once', () => {
  const literal = createLiteral({ name: 'literal' });
  const coverage = new Coverage(literal.capabilities);
  coverage.note({
    op: 'project',
    input: {
      seed: [1],
      candidate: [2],
      silos: [1],
      distance: 'absolute',
      epsilon: 0.5,
      method: 'iterative',
      factor: 3,
    },
  });
  const row = coverage.table().find(({ operation }) => operation === 'project');
  expect(row?.requests).toBe(1);
  expect(row?.options['iterative']).toEqual({
    distance: Object.fromEntries(DISTANCE_KINDS.map((kind) => [kind, kind === 'absolute' ? 1 : 0])),
    factor: { 'left out': 0, given: 1 },
    iterations: { 'left out': 1, given: 0 },
    previous: { 'left out': 1, given: 0 },
  });
});
