/**
 * A program that has one dialect of AdaFactor and nothing else (a published optimizer) is accused of nothing: what is asked
 * between the laws is in its dialect, too.
 */
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from '../../spec/check.ts';
import { DIALECTS } from '../../spec/implementation.ts';
import type { Dialect, Implementation } from '../../spec/implementation.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { createOurs } from '../../spec/ours.ts';
import { runSeed } from '../run/runs.ts';

const OURS = createOurs('scalar', 'sort');
const RUNS = 10;

/** Ours, cut down to an optimizer in one dialect, which refuses every other. */
function alone(dialect: Dialect): Implementation {
  return {
    ...OURS,
    capabilities: { ...OURS.capabilities, operations: ['optimize'], optimizers: ['adafactor'], dialects: [dialect] },
    optimize(request) {
      const { name, dialect: asked = 't5x' } = request.optimizer;
      if (name === 'adafactor' && asked === dialect) return OURS.optimize(request);
      return Promise.resolve({ error: { kind: 'invalid-input', message: `expected ${dialect}, got ${asked}` } });
    },
  };
}

describe.each(DIALECTS)('%s alone', (dialect) => {
  it('fails no law', async () => {
    const implementation = alone(dialect);
    const tried = [];
    for (const law of LAWS) {
      const verdict = await checkLaw(law, implementation, { runs: RUNS, seed: runSeed() });
      if (verdict.state === 'fail') expect.fail(`${law.id}: ${explain(law, implementation, verdict)}`);
      if (verdict.state === 'pass') tried.push(law.id);
    }
    expect(tried).toEqual(
      expect.arrayContaining(['refusals/an-unknown-optimizer', 'refusals/an-optimization-that-does-not-add-up']),
    );
    expect(tried.length).toBeGreaterThan(7);
  });
});
