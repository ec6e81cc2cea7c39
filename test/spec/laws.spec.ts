/**
 * Every law on the paper on one page, in both number formats, and on our own implementation: scalar and simd kernels,
 * exact selection and the literal quantile.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from '../../spec/check.ts';
import { OPERATIONS } from '../../spec/implementation.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { createOurs } from '../../spec/ours.ts';
import { createPaper } from '../../spec/paper.ts';
import { replayPath, runs, runSeed } from '../run/runs.ts';

/** DST_LAW_RUNS makes a mutation run's laws cheaper (vitest.mutation.config.ts). */
function usualRuns(): number {
  return Number(process.env['DST_LAW_RUNS'] ?? 150);
}

const IMPLEMENTATIONS = [
  createPaper('float32'),
  createPaper('float64'),
  createOurs('scalar', 'select'),
  createOurs('simd', 'select'),
  createOurs('scalar', 'sort'),
].map((implementation) => ({ name: implementation.capabilities.name, implementation }));

describe.each(IMPLEMENTATIONS)('$name', ({ implementation }) => {
  const { operations } = implementation.capabilities;

  it.each(LAWS)('$id', { timeout: 600_000 }, async (law) => {
    const path = replayPath();
    const options = { runs: runs(usualRuns()), seed: runSeed(), ...(path && { path }) };
    const verdict = await checkLaw(law, implementation, options);
    if (verdict.state === 'fail') expect.fail(explain(law, implementation, verdict));
    // What else is skipped or not claimed would be a hole: who drops ties says so, and to the page silos are given.
    const isBeyondIt = law.needs.ties !== undefined || !operations.includes(law.operation);
    if (verdict.state !== 'pass' && !isBeyondIt) expect.fail(`${verdict.state}: ${verdict.why}`);
  });
});

it('claims every operation, but for the page that of silos', () => {
  const missing = IMPLEMENTATIONS.map(({ implementation: { capabilities } }) =>
    OPERATIONS.filter((operation) => !capabilities.operations.includes(operation)),
  );
  expect(missing).toEqual([['silos'], ['silos'], [], [], []]);
});

it('names every law once', () => {
  const ids = LAWS.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});
