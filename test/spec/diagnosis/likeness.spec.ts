/**
 * A known mistake is told, another one is not: each mutant is diagnosed as itself, and none as another if its own
 * signature is taken away.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { findLike } from '../../../spec/diagnosis/likeness.ts';
import { loadSignatures } from '../../../spec/diagnosis/signatures.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import { createLiteral, type Variant } from '../../../spec/mutants/literal.ts';
import { mistakeOf, type Mutant } from '../../../spec/mutants/mutant.ts';
import { LITERAL } from '../../../spec/mutants/pieces.ts';
import { isDeep, seeds } from '../../run/runs.ts';
import { tryLaws, type Trial } from './run.ts';

const SIGNATURES = loadSignatures();

/** A run of the laws that a mutant is known to fail, and of some that it holds: the others cost time and say nothing. */
async function trialOf(mutant: Mutant, seed: number): Promise<Trial> {
  const signature = SIGNATURES.mutants.find(({ name }) => name === mutant.name);
  const laws = LAWS.filter(({ id, weight }, i) => signature?.always.has(id) === true || (weight === 1 && i % 5 === 0));
  return tryLaws(createLiteral(mutant), laws, { runs: 150, seed });
}

/** A share of the mutants, another one for each seed; in a deep run all. */
function shareOf(seed: number): readonly Mutant[] {
  return isDeep() ? MUTANTS : MUTANTS.filter((_, i) => i % 12 === Math.abs(seed) % 12);
}

/** What they answer depends on what they were asked before: no input alone shows it. */
const FORGETFUL = MUTANTS.filter(({ remembers }) => remembers !== undefined);

describe.each(seeds(20))('a known mistake is told, seed %i', (seed) => {
  it.each(shareOf(seed).filter((mutant) => !FORGETFUL.includes(mutant)))(
    '$name',
    { timeout: 600_000 },
    async (mutant) => {
      const { checks, answers } = await trialOf(mutant, seed);
      const { capabilities } = createLiteral(mutant);
      const like = await findLike(checks, answers, capabilities, SIGNATURES);
      const named = MUTANTS.filter(({ name }) => like.some((other) => other.mutant === name));
      expect(named.map(mistakeOf)).toContain(mistakeOf(mutant));
      expect(named.length).toBeLessThanOrEqual(2);
      expect(like.map(({ checks: count }) => count)).toEqual(like.map(() => answers.size));
    },
  );
});

/** Wrong programs that no mutant is, and two mistakes at once. */
const UNLIKE: readonly Variant[] = [
  { name: 'the distance is half of what it should be', pieces: { distance: (...all) => LITERAL.distance(...all) / 2 } },
  { name: 'a fourth of the distance is kept', pieces: { keep: (candidate, seed) => seed + (candidate - seed) / 4 } },
  { name: 'the second-smallest distances are left out', pieces: { sort: (all) => LITERAL.sort(all).slice(1) } },
  { name: 'the overlap is squared', pieces: { overlap: (...all) => LITERAL.overlap(...all) ** 2 } },
  { name: 'twice the gradient', pieces: { gradient: (gradient) => 2 * gradient } },
  {
    name: '≥ for > in Eq. 7, and the quantile of m',
    pieces: {
      isKept: (distance, threshold) => distance >= threshold,
      position: (epsilon, size, round) => round((1 - epsilon) * size),
    },
  },
];

describe('an unknown mistake is not told', () => {
  it.each(UNLIKE)('$name', { timeout: 600_000 }, async (variant) => {
    const laws = LAWS.filter(({ equation, weight }) => equation !== 'app-f' && weight === 1);
    const implementation = createLiteral(variant);
    const { checks, answers } = await tryLaws(implementation, laws, { runs: 60, seed: seeds(1)[0] });
    expect(answers.size).toBeGreaterThan(0);
    expect(await findLike(checks, answers, implementation.capabilities, SIGNATURES)).toEqual([]);
  });

  it('of a program that answers some things rightly that the mutant does not', async () => {
    const mutant = MUTANTS.find(({ name }) => name === 'Eq. 7: ≥ for >') ?? expect.fail('no such mutant');
    const { checks, answers } = await trialOf(mutant, 3);
    const { capabilities } = createLiteral(mutant);
    expect(await findLike(checks, answers, capabilities, SIGNATURES)).toHaveLength(1);
    const [id] = answers.keys();
    const mended = checks.map((check) => (check.id === id ? { ...check, state: 'pass', runs: 1500 } : check));
    expect(await findLike(mended, answers, capabilities, SIGNATURES)).toEqual([]);
  });

  it('of a program that answers one input in another way', async () => {
    const mutant = MUTANTS.find(({ name }) => name === 'Eq. 7: ≥ for >') ?? expect.fail('no such mutant');
    const { checks, answers } = await trialOf(mutant, 3);
    const { capabilities } = createLiteral(mutant);
    const [[id, given]] = answers;
    const other = given.map(({ input }) => ({ input, violation: { at: 'elsewhere', got: 0, wanted: 1 } }));
    expect(await findLike(checks, new Map([...answers, [id, other]]), capabilities, SIGNATURES)).toEqual([]);
  });

  it('of a program that breaks down as well', async () => {
    const mutant = MUTANTS.find(({ name }) => name === 'Eq. 7: ≥ for >') ?? expect.fail('no such mutant');
    const { checks, answers } = await trialOf(mutant, 3);
    const { capabilities } = createLiteral(mutant);
    const broken = [...checks, { id: 'silos/none', state: 'crash', runs: 1 }];
    expect(await findLike(broken, answers, capabilities, SIGNATURES)).toEqual([]);
  });
});
