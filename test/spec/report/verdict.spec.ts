import { describe, expect, it } from 'vitest';
import { RUNS } from '../../../spec/conform/defaults.ts';
import type { State, Verdict } from '../../../spec/conform/record.ts';
import { renderBadge } from '../../../spec/report/badge.ts';
import { renderJunit } from '../../../spec/report/junit.ts';
import { renderHtml } from '../../../spec/report/page.ts';
import { verdictOf, whyPartial, type Judged } from '../../../spec/report/tally.ts';
import { renderText } from '../../../spec/report/text.ts';
import { CONFORMING, sampleRun } from './samples.ts';

function judged(states: readonly State[], start: object = {}, check: object = {}): Judged {
  const checks = states.map((state) => ({ state, runs: RUNS, planned: RUNS, ...check }));
  return { start: { runs: RUNS, checks: states.length, available: states.length, paperOnly: false, ...start }, checks };
}

it.each<[Verdict, readonly State[], object?, object?]>([
  ['nothing tried', []],
  ['nothing tried', ['skip', 'not-applicable']],
  ['conforms', ['pass', 'not-applicable']],
  ['holds so far', ['pass', 'skip', 'not-applicable']],
  ['holds so far', ['pass'], { available: 2 }],
  ['holds so far', ['pass'], { paperOnly: true, available: 2 }],
  ['holds so far', ['pass'], { runs: RUNS - 1 }],
  ['holds so far', ['pass'], {}, { runs: 11 }],
  ['as expected', ['pass', 'expected-failure', 'skip']],
  ['falls short', ['pass', 'fail', 'expected-failure']],
  ['falls short', ['crash']],
  ['falls short', ['timeout', 'pass']],
  ['falls short', ['unexpected-pass', 'pass']],
])('the verdict is "%s" of %j, %j, %j', (verdict, states, start, check) => {
  expect(verdictOf(judged(states, start, check))).toBe(verdict);
});

it('says how many inputs the checks that were cut short had', () => {
  expect(whyPartial(judged(['pass', 'pass', 'fail'], {}, { runs: 11 }))).toEqual([
    '2 checks cut short, with 11 to 11 inputs (median 11)',
  ]);
});

describe('every report has the word', () => {
  const short = { ...CONFORMING, checks: CONFORMING.checks.map((check) => ({ ...check, runs: 11, planned: 150 })) };
  const none = sampleRun(() => 'skip', 'no-dst');

  it.each<[Verdict, typeof CONFORMING]>([
    ['conforms', CONFORMING],
    ['holds so far', short],
    ['nothing tried', none],
  ])('%s', (verdict, run) => {
    expect(renderText(run, { color: false })).toMatch(new RegExp(`^${verdict}: `, 'm'));
    expect(renderHtml([run])).toContain(`${verdict}</span`);
    expect(renderJunit(run)).toContain(`: ${verdict}"`);
    const { message, color } = renderBadge(run);
    expect(message.includes(verdict)).toBe(verdict !== 'conforms');
    expect(color).toBe(
      { conforms: 'brightgreen', 'holds so far': 'yellow', 'nothing tried': 'orange' }[verdict as string],
    );
  });

  it('and each check its number of inputs', () => {
    const [{ id }] = short.checks;
    expect(renderText(short, { color: false })).toContain(`11 of 150  ${id}`);
    expect(renderJunit(short)).toContain('<system-out>11 of 150 inputs</system-out>');
    expect(renderHtml([short])).toContain('11 of 150 inputs');
  });

  it('and names what is not applicable, with its reason', () => {
    const run = sampleRun((i) => (i < 2 ? 'not-applicable' : 'pass'), 'half');
    const [first, second] = run.checks;
    expect(renderText(run, { color: false })).toContain(
      `2 not applicable:\n  does not claim adafactor: ${first.id}, ${second.id}`,
    );
  });
});
