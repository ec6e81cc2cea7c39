import { expect, it } from 'vitest';
import type { State } from '../../../spec/conform/record.ts';
import { verdictOf, type Verdict } from '../../../spec/report/tally.ts';

it.each<[Verdict, readonly State[]]>([
  ['nothing tried', []],
  ['nothing tried', ['skip', 'not-applicable']],
  ['conforms', ['pass', 'skip', 'not-applicable']],
  ['as expected', ['pass', 'expected-failure', 'skip']],
  ['falls short', ['pass', 'fail', 'expected-failure']],
  ['falls short', ['crash']],
  ['falls short', ['timeout', 'pass']],
  ['falls short', ['unexpected-pass', 'pass']],
])('the verdict is "%s" of %j', (verdict, states) => {
  expect(verdictOf(states.map((state) => ({ state })))).toBe(verdict);
});
