import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { JUDGES, startOf } from '../../../cli/demo/judge.ts';
import { DEMO_METHODS } from '../../../cli/demo/methods.ts';
import type { Rates } from '../../../cli/rates.ts';

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

it('begins a search at the best trial on record, else at the guess', () => {
  const [method] = DEMO_METHODS;
  const trials = [0.1, 0.2, 0.4].map((learningRate, i) => ({ learningRate, value: [3, 1, 2][i] }));
  const rate = { method: method.method, epsilon: method.epsilon, learningRate: 0.07, trials };
  const rates = (list: Rates['rates']): Rates => ({
    ...{ format: '', seedFingerprint: '', task: 'any', config: {}, trialSteps: 9, ratePower: 0.5, judgedBy: 'loss' },
    rates: list,
  });
  expect(startOf(rates([rate]), method, JUDGES.points)).toBe(0.2);
  expect(startOf(rates([rate]), method, JUDGES.share)).toBe(0.1);
  expect(startOf(rates([]), method, JUDGES.points)).toBe(method.guess);
  expect(startOf(null, method, JUDGES.points)).toBe(method.guess);
});
