/**
 * The laws are tested: right implementations are never accused, wrong ones are caught by the laws that they name,
 * and no law is one that nothing breaks.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from '../../spec/check.ts';
import { findLaw, LAWS } from '../../spec/laws/all.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import { MUTANTS } from '../../spec/mutants/all.ts';
import { RIGHT_VARIANTS } from '../../spec/mutants/variants.ts';
import { isDeep, seeds } from '../run/runs.ts';

/** As many as `laws.spec.ts` takes by default: what catches a mutant here would catch it there. */
const USUAL_RUNS = 150;

/** Thirty implementations and a hundred laws: many seeds find more than many inputs of one. */
const INPUTS_OF_RIGHT_ONES = isDeep() ? 50 : 20;

// Seed by seed, so that a part of a deep run that was broken off can be gone on with from where it was.
describe.each(seeds(200))('right implementations are never accused, seed %i', (seed) => {
  it.each(RIGHT_VARIANTS)('$name', { timeout: 600_000 }, async (variant) => {
    const implementation = createLiteral(variant);
    // Who decides otherwise where the paper is silent is held to the paper alone.
    const laws = LAWS.filter(({ kind }) => kind === 'paper' || variant.paperOnly !== true);
    for (const law of laws) {
      const verdict = await checkLaw(law, implementation, { runs: INPUTS_OF_RIGHT_ONES, seed });
      if (verdict.state === 'fail') expect.fail(explain(law, implementation, verdict));
    }
  });
});

describe.each(seeds(20))('mutants are caught, seed %i', (seed) => {
  it.each(MUTANTS)('$name', { timeout: 600_000 }, async (mutant) => {
    for (const id of mutant.caughtBy) {
      const law = findLaw(id);
      if (law === undefined) expect.fail(`no law is called ${id}`);
      const implementation = createLiteral(mutant);
      const verdict = await checkLaw(law, implementation, { runs: USUAL_RUNS, seed, shrinks: false });
      expect({ law: id, state: verdict.state }).toEqual({ law: id, state: 'fail' });
    }
  });
});

describe('mutants are named', () => {
  it('each by its own name', () => {
    const names = MUTANTS.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('and each law catches one', () => {
    const named = new Set(MUTANTS.flatMap(({ caughtBy }) => caughtBy));
    expect(LAWS.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});
