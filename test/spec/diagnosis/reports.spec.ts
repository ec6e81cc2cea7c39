/**
 * What the reports say of a diagnosis: causes first, what follows from them, the known mistake and the ruling.
 *
 * @module
 */
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { checkImplementation } from '../../../spec/conform/inProcess.ts';
import { rulingOf } from '../../../spec/diagnosis/rulings.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { failureId } from '../../../spec/report/diagnosed.ts';
import { parseJsonLines, renderJsonLines } from '../../../spec/report/jsonLines.ts';
import { renderJunit } from '../../../spec/report/junit.ts';
import { renderHtml } from '../../../spec/report/page.ts';
import { renderText } from '../../../spec/report/text.ts';
import { createReference } from '../../../spec/vectors/vectorOf.ts';

const NAME = 'Tab. 1: the relative distance divides by the candidate';
const mutant = MUTANTS.find(({ name }) => name === NAME) ?? expect.fail(`no mutant is called ${NAME}`);
const run = await checkImplementation(createLiteral(mutant), { checks: ['eq4', 'eq7', 'tab1'] });
const failures = run.end.diagnosis?.failures ?? [];

describe('a run with failures', () => {
  it('is diagnosed: the cause first, and in the paper’s order another one', () => {
    expect(failures.length).toBeGreaterThan(2);
    expect(failures[0].id).toBe('tab1/relative-is-difference-over-seed');
    expect(run.checks.find(({ state }) => state === 'fail')?.id).not.toBe(failures[0].id);
    expect(run.end.diagnosis?.like).toEqual([{ mutant: NAME, checks: failures.length }]);
  });

  it('keeps its diagnosis as JSON Lines', () => {
    expect(parseJsonLines(renderJsonLines(run)).end.diagnosis).toEqual(run.end.diagnosis);
  });

  it('tells the causes first, what follows, and the mistake, in text', () => {
    const text = renderText(run, { color: false });
    const shown = [...text.matchAll(/^FAILS {2}(\S+)/gm)].map(([, id]) => id);
    expect(shown).toEqual(failures.map(({ id }) => id));
    expect(text).toContain(`begin with ${failures[0].id}\n`);
    const following = failures.filter(({ follows }) => follows.includes(failures[0].id));
    expect(following.length).toBeGreaterThan(0);
    expect(text).toMatch(
      new RegExp(`^${following.length} of these ${failures.length} follows? from ${failures[0].id}`, 'm'),
    );
    expect(text).toContain(`as does “${NAME}” (${failures.length} of ${failures.length} checks agree)`);
    expect(text).toMatch(new RegExp(`^ {2}follows: {2}perhaps from ${failures[0].id}`, 'm'));
  });

  it('leads to each failure on the page', () => {
    const { document } = parseHTML(renderHtml([run]));
    const section = document.querySelector('.diagnosis');
    expect(section?.textContent).toContain(`as does “${NAME}”`);
    const links = [...(section?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'));
    expect(links).toEqual(failures.map(({ id }) => `#${failureId(0, id)}`));
    expect(document.querySelector('.failure')?.id).toBe(failureId(0, failures[0].id));
    for (const link of links) expect(document.querySelector(link ?? '')?.className).toBe('failure');
  });

  it('has the cause in the first suite, with the diagnosis', () => {
    const [suite] = parseHTML(renderJunit(run)).document.querySelectorAll('testsuite');
    const [failure] = suite.querySelectorAll('failure');
    expect(failure.parentElement?.getAttribute('name')).toBe(failures[0].id);
    expect(failure.textContent).toContain(`as does “${NAME}”`);
  });
});

describe('a run without failures', () => {
  it('has no diagnosis', async () => {
    const right = await checkImplementation(createReference('float32'), { checks: ['tab1', 'eq7'], runs: 20 });
    expect(right.end.conforms).toBe(true);
    expect(right.end.diagnosis).toBeUndefined();
    expect(renderText(right, { color: false })).not.toMatch(/begin with|as does|follows/);
    expect(renderHtml([right])).not.toContain('Where to begin');
  });
});

describe('rulings', () => {
  it('are named by each law that is one', () => {
    expect(LAWS.filter((law) => law.kind === 'ruling' && rulingOf(law) === undefined).map(({ id }) => id)).toEqual([]);
  });

  it('say in a failure what they decide and what can be chosen instead', () => {
    const check = run.checks.find(({ id }) => id === 'tab1/relative-to-a-zero-seed-is-infinite');
    expect(check?.ruling).toMatchObject({ id: 'amb-4', link: 'docs/rulings.md#amb-4' });
    const { says, others } = check?.ruling ?? expect.fail('no ruling');
    expect(says).toContain('x/0 is +∞');
    for (const report of [renderText(run, { color: false }), renderHtml([run]), renderJunit(run)]) {
      expect(report).toContain(`docs/rulings.md#amb-4: `);
      expect(report).toContain(says);
      expect(report).toContain(others);
    }
  });
});
