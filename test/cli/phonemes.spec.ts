/**
 * The task that needs npm alone, on the seed that comes with the package: a short run learns to spell out phonemes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { call, objectIn } from './call.ts';

const root = mkdtempSync(join(tmpdir(), 'dst-phonemes-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('learns from a few hundred words what the seed does not know', { timeout: 60_000 }, async () => {
  const task = ['--task', 'phonemes', '--quiet', '--json'];
  const seed = await call(['eval', ...task, '--rows', '100']);
  expect(seed).toMatchObject({ code: 0, stderr: '' });
  const options = ['--method', 'full', '--learning-rate', '0.03', '--steps', '30', '--batch', '32'];
  const argv = ['train', ...task, ...options, '--measure-rows', '100', '--out', join(root, 'run'), '--no-latest'];
  const run = await call(argv);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const measure = objectIn(JSON.stringify(objectIn(run.stdout)['metric']));
  expect(measure).toMatchObject({ metric: 'exact match', scale: 'share', count: 100 });
  const [before, after] = [objectIn(seed.stdout), measure].map(({ also }) =>
    Number(objectIn(JSON.stringify(also))['value']),
  );
  // The seed answers in English words: nearly every phoneme is an edit.
  expect(before).toBeGreaterThan(0.9);
  expect(after).toBeLessThan(before - 0.1);
});
