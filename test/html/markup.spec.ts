import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factList } from '../../html/facts.ts';
import { escapeText, html } from '../../html/markup.ts';
import { table } from '../../html/table.ts';
import { runs } from '../run/runs.ts';

describe('escaping', () => {
  it('leaves no character that means something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => !/[<>"']/.test(escapeText(text))),
      { numRuns: runs(200) },
    );
  });

  it('is what a template does to text and not to markup', () => {
    expect(html`<b>${'<i>'}${html`<i></i>`}${[html`1`, html`2`]}${3}</b>`.markup).toBe('<b>&lt;i&gt;<i></i>123</b>');
  });

  it('is what facts and tables do to their words', () => {
    const hostile = fc.string({ unit: 'grapheme' }).map((text) => `<b>${text}</b>`);
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const pieces = [factList([[one, other]]), table(one, [{ heading: other }], [[one]])];
        for (const { markup } of pieces) {
          expect(markup).toContain(escapeText(one));
          expect(markup).toContain(escapeText(other));
          expect(markup).not.toContain('<b>');
        }
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('facts', () => {
  it('are terms with their values, and those without a value are left out', () => {
    const { markup } = factList(
      [
        ['Task', 'glosses'],
        ['Homepage', undefined],
        ['Code', html`<code>x</code>`],
      ],
      'story',
    );
    expect(markup.replace(/\s/g, '')).toBe(
      '<dlclass="story"><div><dt>Task</dt><dd>glosses</dd></div><div><dt>Code</dt><dd><code>x</code></dd></div></dl>',
    );
  });
});
