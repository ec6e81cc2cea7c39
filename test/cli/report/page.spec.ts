import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { ReportInput } from '../../../cli/report/input.ts';
import { renderReport } from '../../../cli/report/page.ts';
import { drawingsOf, findFaults } from './boxes.ts';
import { syntheticReport, syntheticTranslation } from './synthetic.ts';

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

  it('says of what seed, tokenizer, data and code it was made, and which part of others', () => {
    const tables = [...full.querySelectorAll('#identity table')].map((element) => element.textContent);
    const { identity, others } = syntheticReport();
    expect(tables).toHaveLength(1 + others.length);
    for (const [i, { seed, tokenizer, data, code }] of [identity, ...others.map((other) => other.identity)].entries())
      for (const fact of [seed, tokenizer, data?.train.sha256, data?.development.sha256, data?.test.sha256, code])
        expect(tables[i]).toContain(fact);
    expect(tables[1]).toContain(others[0].part);
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

  it.each([syntheticReport(), syntheticTranslation()])(
    'cuts no text of a chart, and puts none over another',
    (input) => {
      const drawings = drawingsOf(renderReport(input));
      expect(drawings.length).toBeGreaterThan(20);
      for (const drawing of drawings) expect(findFaults(drawing), drawing.texts[0].words).toEqual([]);
    },
  );

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
    expect(verdicts).toEqual(['✓ holds', '✗ does not hold', '? not decided']);
    expect(full.querySelector('#claims')?.textContent).toContain('one random seed (1)');
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

  it.each([1, 2, 3, 5, 6, 9, 420])('has no tick between two steps: a run of %i', (last) => {
    const input = syntheticReport();
    const steps = Array.from({ length: last }, (_, i) => i + 1);
    const methods = input.methods.map((method) => ({
      ...method,
      loss: steps.map((step) => ({ step, value: 1 / step })),
      realised: steps.map((step) => ({ step, fraction: 0.01 })),
      thresholds: steps.map((step) => ({ step, silo: 'all', value: step })),
    }));
    const page = open({ ...input, methods });
    for (const id of ['loss', 'realised', 'thresholds-1']) {
      const ticks = page.querySelectorAll(`#${id} [aria-label="x-axis tick label"] text`);
      const labels = [...ticks].map(({ textContent }) => textContent);
      expect(labels.length, id).toBeGreaterThan(0);
      expect(
        labels.filter((label) => !/^\d+$/.test(label)),
        id,
      ).toEqual([]);
    }
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

/** Text without what only lays it out. */
const plain = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('the report of an open-ended task', () => {
  const input = syntheticTranslation();
  const page = open(input);

  it('writes points as they are, never as a percentage', () => {
    const cells = [...page.querySelectorAll('#summary tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map(plain),
    );
    expect(cells.map(([metric]) => metric)).toEqual(input.rows.map(({ metric }) => metric.toFixed(1)));
    expect(cells.map(([, interval]) => interval)).toEqual(
      input.rows.map(({ low, high }) => `${low.toFixed(1)} to ${high.toFixed(1)}`),
    );
    expect(plain(page.querySelector('.headline'))).toContain('reaches 20.1 BLEU by');
    expect(plain(page.querySelector('#development details'))).not.toContain('%,');
  });

  it('has axes of points that begin at 0 and end at a round number above every interval', () => {
    for (const id of ['accuracy', 'development']) {
      const axis = plain(page.querySelector(`#${id} .wide svg`));
      expect(axis).toContain('BLEU');
      expect(axis).not.toContain('(%)');
    }
    const ticks = [...page.querySelectorAll('#accuracy .wide [aria-label="y-axis tick label"] text')].map(plain);
    expect([ticks[0], ticks[ticks.length - 1]]).toEqual(['0', '25']);
    expect(Math.max(...input.rows.map(({ high }) => high))).toBeLessThan(25);
  });

  it('puts long answers below each other: the text, what is expected, the seed, then the methods', () => {
    const groups = [...page.querySelectorAll('#samples tbody')];
    expect(groups.length).toBe(10);
    groups.forEach((group, i) => {
      const { text, expected, answers } = input.samples[i];
      const [first, ...others] = [...group.querySelectorAll('tr')];
      expect(plain(first)).toBe(text);
      expect(others.map((row) => plain(row.querySelector('th')))).toEqual(['expected', ...Object.keys(answers)]);
      expect(others.map((row) => plain(row.querySelector('td')))).toEqual(
        [expected, ...Object.values(answers)].map((answer) => (answer === '' ? '(nothing)' : answer)),
      );
    });
  });
});

describe('sample rows', () => {
  const sample = { text: 't o m a t o', expected: 'T AH M EY T OW', answers: { a: 'T AH M AA T OW', b: 'T AH' } };
  const marks = (page: Document): string[] =>
    [...page.querySelectorAll('#samples td .right, #samples td .wrong')].map(({ className }) => className);
  const withSamples = (samples: ReportInput['samples']): Document => open({ ...syntheticReport(), samples });

  it('counts every reference as right', () => {
    const references = [sample.expected, sample.answers.a];
    expect(marks(withSamples([sample]))).toEqual(['wrong', 'wrong']);
    expect(marks(withSamples([{ ...sample, references }]))).toEqual(['right', 'wrong']);
  });

  it('stand side by side while they are short', () => {
    expect(withSamples([sample]).querySelectorAll('#samples thead th').length).toBe(4);
    const long = { ...sample, answers: { ...sample.answers, b: 'T AH '.repeat(9) } };
    expect(withSamples([long]).querySelectorAll('#samples thead th').length).toBe(0);
    expect(marks(withSamples([long]))).toEqual(['wrong', 'wrong']);
  });
});
