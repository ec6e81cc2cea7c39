/**
 * The laws are tested: right implementations are never accused, wrong ones are caught by the laws that they name,
 * and no law is one that nothing breaks.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from './check.ts';
import { findLaw, LAWS } from './laws/all.ts';
import { createLiteral } from './mutants/literal.ts';
import { MUTANTS } from './mutants/all.ts';
import { RIGHT_VARIANTS } from './mutants/variants.ts';
import { runs, runSeed } from './runs.ts';

/** As many as `laws.spec.ts` takes by default: what catches a mutant here would catch it there. */
const USUAL_RUNS = 150;

/** A dozen implementations: a tenth of a deep run's inputs each. */
function someRuns(): number {
  return Math.max(20, runs(20) / 10);
}

describe('right implementations are never accused', () => {
  it.each(RIGHT_VARIANTS)('$name', { timeout: 3_600_000 }, async (variant) => {
    const implementation = createLiteral(variant);
    for (const law of LAWS) {
      const verdict = await checkLaw(law, implementation, { runs: someRuns(), seed: runSeed() });
      if (verdict.state === 'fail') expect.fail(explain(law, implementation, verdict));
    }
  });
});

describe('mutants are caught', () => {
  it.each(MUTANTS)('$name', async (mutant) => {
    const implementation = createLiteral(mutant);
    for (const id of mutant.caughtBy) {
      const law = findLaw(id);
      if (law === undefined) expect.fail(`no law is called ${id}`);
      const verdict = await checkLaw(law, implementation, { runs: USUAL_RUNS, seed: runSeed(), shrinks: false });
      expect({ law: id, state: verdict.state }).toEqual({ law: id, state: 'fail' });
    }
  });

  it('and each law catches one', () => {
    const named = new Set(MUTANTS.flatMap(({ caughtBy }) => caughtBy));
    expect(LAWS.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});
