/**
 * Every law on our own implementation: scalar and simd kernels, exact selection and the literal quantile.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { checkLaw, explain } from './check.ts';
import { LAWS } from './laws/all.ts';
import { createOurs } from './ours.ts';
import { replayPath, runs, runSeed } from './runs.ts';

/** DST_LAW_RUNS makes a mutation run's laws cheaper (vitest.mutation.config.ts). */
function usualRuns(): number {
  return Number(process.env['DST_LAW_RUNS'] ?? 150);
}

const OURS = [createOurs('scalar', 'select'), createOurs('simd', 'select'), createOurs('scalar', 'sort')];

describe.each(OURS.map((ours) => ({ name: ours.capabilities.name, ours })))('$name', ({ ours }) => {
  it.each(LAWS)('$id', { timeout: 600_000 }, async (law) => {
    const path = replayPath();
    const verdict = await checkLaw(law, ours, { runs: runs(usualRuns()), seed: runSeed(), ...(path && { path }) });
    if (verdict.state === 'fail') expect.fail(explain(law, ours, verdict));
    // What our own implementation skips or does not claim would be a hole in it.
    if (verdict.state !== 'pass' && law.needs.ties === undefined) expect.fail(`${verdict.state}: ${verdict.why}`);
  });
});

it('names every law once', () => {
  const ids = LAWS.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});
