import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { JUDGES } from '../../../cli/sweep/judge.ts';

it('judges a trial of translation by the mean loss of its last tenth of steps, and less is better', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dst-judge-'));
  const steps = Array.from({ length: 25 }, (_, i) => ({ step: i + 1, kind: 'step', loss: i < 22 ? 9 : i }));
  const events = [...steps, { step: 25, kind: 'development', value: 1 }];
  writeFileSync(join(folder, 'events.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  // A tenth of 25 is rounded up: 22, 23 and 24.
  expect(JUDGES.points.measure(folder)).toBe(23);
  expect([JUDGES.points.isBetter(1, 2), JUDGES.points.isBetter(2, 2), JUDGES.share.isBetter(1, 2)]).toEqual([
    ...[true, false, false],
  ]);
  rmSync(folder, { recursive: true });
});
