import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { ReportInput } from '../../../cli/report/input.ts';
import { renderReport } from '../../../cli/report/page.ts';
import { syntheticReport } from './synthetic.ts';

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;`;

/** The same input with every string of it, keys of records included, replaced by one that tries to be markup. */
function hostile(value: unknown): unknown {
  if (typeof value === 'string') return value + HOSTILE;
  if (Array.isArray(value)) return value.map(hostile);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hostile(item)]));
}

function isReport(value: unknown): value is ReportInput {
  return typeof value === 'object' && value !== null && 'rows' in value;
}

function open(input: ReportInput): Document {
  return parseHTML(renderReport(input)).document;
}

const full = open(syntheticReport());

describe('the report', () => {
  it('has a table with a line for each row and each number as given', () => {
    const rows = full.querySelectorAll('#summary tbody tr');
    expect(rows.length).toBe(syntheticReport().rows.length);
    expect(rows[4].textContent.replace(/\s+/g, ' ')).toContain('DST, ε = 1 %');
    expect(rows[4].textContent.replace(/\s+/g, ' ')).toContain('58.4 %');
    expect(rows[4].textContent.replace(/\s+/g, ' ')).toContain('10,500');
  });

  it('draws every chart for wide and for narrow screens, with a title, a description and its numbers', () => {
    const figures = [...full.querySelectorAll('figure')];
    // 2 curves, accuracy, realised; thresholds and overlap for 3 budgets; placement for 4 methods.
    expect(figures.length).toBe(4 + 3 + 3 + 4);
    for (const figure of figures) {
      const charts = figure.querySelectorAll('svg.plot');
      expect(charts.length).toBe(2);
      for (const chart of charts) {
        expect(chart.getAttribute('role')).toBe('img');
        const ids = (chart.getAttribute('aria-labelledby') ?? '').split(' ');
        expect(ids.map((id) => full.getElementById(id)?.textContent.length ?? 0).every((length) => length > 0)).toBe(
          true,
        );
      }
      expect(figure.querySelectorAll('details table tbody tr').length).toBeGreaterThan(0);
    }
  });

  it('uses each id once', () => {
    const ids = [...full.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('fetches nothing and runs nothing', () => {
    const page = renderReport(syntheticReport());
    expect(full.querySelectorAll('script, link, img, iframe, object, embed').length).toBe(0);
    expect(page.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:|url\(|@import/);
    const policy = full.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
  });

  it('says which claims hold and which do not, in words', () => {
    const verdicts = [...full.querySelectorAll('#claims .verdict')].map(({ textContent }) => textContent.trim());
    expect(verdicts).toEqual(['✓ holds', '✗ does not hold']);
  });

  it('escapes every string that a run may bring', () => {
    const input = hostile(syntheticReport());
    if (!isReport(input)) throw new Error('the hostile copy lost its shape');
    // Names of methods are keys of the answers as well.
    const samples = input.samples.map((sample) => ({ ...sample, answers: { [HOSTILE]: HOSTILE, ...sample.answers } }));
    const page = open({ ...input, samples, config: { [HOSTILE]: HOSTILE } });
    expect(page.querySelectorAll('script, img').length).toBe(0);
    expect(
      [...page.querySelectorAll('*')].flatMap(({ attributes }) => [...attributes].map(({ name }) => name)),
    ).not.toContain('onerror');
    expect(page.querySelector('h1')?.textContent).toBe(input.title);
    expect(page.querySelector('#samples tbody th')?.textContent).toBe(input.samples[0].text);
    expect(page.querySelector('#thresholds-0 svg title')?.textContent).toContain('<script>');
  });

  it('stands with nothing recorded', () => {
    const page = open({ ...syntheticReport(), rows: [], methods: [], claims: [], samples: [], config: {} });
    expect(page.querySelectorAll('figure').length).toBe(0);
    expect(page.querySelectorAll('.empty').length).toBe(9);
  });

  it('stands with methods that recorded nothing, and with values that no axis has room for', () => {
    const input = syntheticReport();
    const nothing = { loss: [], development: [], realised: [], thresholds: [], placement: [], overlap: null };
    const odd = {
      ...nothing,
      loss: [{ step: 1, value: NaN }],
      realised: [{ step: 1, fraction: 0 }],
      thresholds: [0, Infinity, 1].map((value, step) => ({ step, silo: 'all', value })),
      placement: [{ module: 'final_norm/scale', layer: null, size: 0, changed: 0 }],
      overlap: { steps: [1], share: [[1]] },
    };
    const page = open({
      ...input,
      rows: input.rows.filter(({ epsilon }) => epsilon === 0.01),
      methods: [
        { method: 'DST', epsilon: 0.01, learningRate: null, ...odd },
        { method: 'full fine-tuning', epsilon: null, learningRate: 0.1, ...nothing },
      ],
    });
    expect(page.documentElement.outerHTML).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/);
    expect([...page.querySelectorAll('#overlap figure, #loss')].length).toBe(0);
    expect(page.querySelectorAll('#thresholds figure, #placement figure, #realised').length).toBe(3);
  });
});
