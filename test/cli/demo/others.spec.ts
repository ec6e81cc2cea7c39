import { expect, it } from 'vitest';
import { othersOf } from '../../../cli/demo/others.ts';
import { DEMO_METHODS, labelOf } from '../../../cli/demo/methods.ts';
import type { TrainResult } from '../../../src/run/result.ts';
import { syntheticReport } from '../report/synthetic.ts';

const { identity } = syntheticReport();
const former = { ...identity, code: '0.0.9' };
const [method] = DEMO_METHODS;
const name = labelOf(method);

function runWith(randomSeed: number, made: Pick<TrainResult, 'identity' | 'earlier'>): never {
  return { randomSeed, folder: '', result: made, scores: [] } as never; // as far as it is looked at
}

it('a method, or steps of it, made of something else is named; others are not', () => {
  const same = runWith(1, { identity, earlier: [] });
  const wentOn = runWith(2, { identity, earlier: [{ untilStep: 7, identity: former }] });
  const old = runWith(3, { identity: former, earlier: [] });
  expect(othersOf([{ method, runs: [same] }], identity)).toEqual([]);
  expect(othersOf([{ method, runs: [same, wentOn, old] }], identity)).toEqual([
    { part: `${name}, random seed 2, until step 7`, identity: former },
    { part: `${name}, random seed 3`, identity: former },
  ]);
});
