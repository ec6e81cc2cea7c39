/**
 * Covering arrays have every pair, and few rows; turns come in order and can be asked for again.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coverPairs } from '../../../spec/asking/pairs.ts';
import { halves, recipes, sized } from '../../../spec/asking/sizes.ts';
import { sample, turns } from '../../../spec/asking/turns.ts';
import { checkLaw } from '../../../spec/check.ts';
import { findLaw } from '../../../spec/laws/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { WRONG_REACHES } from '../../../spec/mutants/wrongReaches.ts';
import { runs, runSeed } from '../../run/runs.ts';

it('covers each two levels of each two factors, in at most twice the rows of its two largest', () => {
  const factors = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat({ max: 3 }), {
    minKeys: 1,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(factors, (lasts) => {
      const levels = Object.fromEntries(
        Object.entries(lasts).map(([name, last]) => [name, Array.from({ length: last + 1 }, (_, i) => i)]),
      );
      const rows = coverPairs(levels);
      const names = Object.keys(levels);
      for (const a of names) {
        expect(new Set(rows.map((row) => row[a]))).toEqual(new Set(levels[a]));
        for (const b of names.filter((name) => name > a)) {
          const pairs = new Set(rows.map((row) => `${row[a]} ${row[b]}`));
          expect(pairs.size).toBe(levels[a].length * levels[b].length);
        }
      }
      const [first, second = 1] = names.map((name) => levels[name].length).sort((x, y) => y - x);
      expect(rows.length).toBeLessThanOrEqual(2 * first * second);
    }),
    { seed: runSeed(), numRuns: runs(50) },
  );
});

it('takes the cases in turn, counted on from the seed, whatever their numbers', () => {
  const cases = turns(['a', 'b', 'c'].map((name) => fc.constant(name)));
  expect(sample(cases, { numRuns: 5, seed: 0 })).toEqual(['a', 'b', 'c', 'a', 'b']);
  expect(sample(cases, { numRuns: 3, seed: 2 })).toEqual(['c', 'a', 'b']);
  expect(new Set(sample(cases, { numRuns: 3, seed: -1 })).size).toBe(3);
});

it('draws a size as it is, and a long vector the same way again', () => {
  expect(sample(sized(65), { numRuns: 3, seed: 1 })).toEqual([65, 65, 65]);
  const [recipe] = sample(recipes(1025), { numRuns: 1, seed: 1 });
  expect(halves(recipe, 0)).toHaveLength(1025);
  expect(halves(recipe, 0)).toEqual(halves(recipe, 0));
  expect(halves(recipe, 0)).not.toEqual(halves(recipe, 1));
});

it('makes a failure on a long silo small, and its path shows the same input again', { timeout: 60_000 }, async () => {
  const law = findLaw('eq7/silos-of-every-size') ?? expect.fail('no such law');
  const mutant = WRONG_REACHES.find(({ name }) => name.includes('first 16')) ?? expect.fail('no such mutant');
  const options = { runs: 150, seed: runSeed() };
  const found = await checkLaw(law, createLiteral(mutant), options);
  if (found.state !== 'fail') expect.fail(found.state);
  expect(found.input).toMatchObject({ silos: [17] });
  const again = await checkLaw(law, createLiteral(mutant), { ...options, path: found.path, shrinks: false });
  expect(again).toMatchObject({ state: 'fail', input: found.input });
});
