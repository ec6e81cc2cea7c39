/**
 * How many are kept is a ruling: each rule that the protocol names is held exactly if it is declared, and is no other.
 */
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from '../../spec/check.ts';
import { COUNTS } from '../../spec/implementation.ts';
import type { Count } from '../../spec/implementation.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import { FORMATS } from '../../spec/oracle/formats.ts';
import { computeDeclaredCounts } from '../../spec/oracle/counts.ts';
import { largestRemainder } from '../../src/dst/budget.ts';
import fc from 'fast-check';

type Rule = Exclude<Count, 'quantile'>;
const RULES = COUNTS.filter((rule): rule is Rule => rule !== 'quantile');
const COUNTED = LAWS.filter(({ operation }) => operation === 'project' || operation === 'train');
const options = { runs: 60, seed: 7 };

async function failuresOf(implementation: ReturnType<typeof createLiteral>): Promise<string[]> {
  const failed: string[] = [];
  for (const law of COUNTED) {
    const verdict = await checkLaw(law, implementation, { ...options, shrinks: false });
    if (verdict.state === 'fail') failed.push(law.id);
  }
  return failed;
}

describe.each(RULES)('%s', (rule) => {
  it.each([
    { dtype: 'float32' },
    { dtype: 'float64' },
    { dtype: 'bfloat16' },
    { dtype: 'float32', ties: 'lowest-index' },
  ] as const)('is accused of nothing if it is declared: %j', { timeout: 120_000 }, async (variant) => {
    const implementation = createLiteral({ name: rule, counts: rule, ...variant });
    for (const law of COUNTED) {
      const verdict = await checkLaw(law, implementation, options);
      if (verdict.state === 'fail') expect.fail(explain(law, implementation, verdict));
    }
  });

  it('is found out if it is not declared', { timeout: 120_000 }, async () => {
    const secret = createLiteral({ name: rule, counts: rule, keepsCountsSecret: true });
    expect(await failuresOf(secret)).toEqual(
      expect.arrayContaining(['eq1/as-many-change-as-the-budget-allows', 'eq2/each-silo-has-its-own-budget']),
    );
  });

  it.each(COUNTS.filter((other) => other !== rule))('is not %s', { timeout: 120_000 }, async (other) => {
    const made = createLiteral(
      other === 'quantile' ? { name: other } : { name: other, counts: other, keepsCountsSecret: true },
    );
    const posing = { ...made, capabilities: { ...made.capabilities, counts: rule } };
    expect(await failuresOf(posing)).toContain('eq2/each-silo-has-its-own-budget');
  });
});

it('shares out by the largest remainder as our own budgets do', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
  const sixteenths = fc.integer({ min: 1, max: 16 }).map((k) => k / 16);
  fc.assert(
    fc.property(sizes, sixteenths, (silos, epsilon) => {
      const exact = largestRemainder(silos, epsilon).map((count) => ({ low: count, high: count }));
      expect(computeDeclaredCounts('largest-remainder', silos, epsilon, FORMATS.float64)).toEqual(exact);
    }),
  );
});
