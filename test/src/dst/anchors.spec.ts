import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readRulings } from '../../../scripts/paper-map/rulings.ts';
import { ANCHORS } from '../../../src/dst/anchors.ts';

const source = new URL('../../../src/dst/', import.meta.url);
const files = readdirSync(source).map((name) => ({ name, text: readFileSync(new URL(name, source), 'utf8') }));
const rulings = readFileSync(new URL('../../../docs/rulings.md', import.meta.url), 'utf8');

/** The anchors that the tags of a text cite. */
function cited(text: string): string[] {
  const found: string[] = [];
  for (const [, tag, what] of text.matchAll(/@(equation|algorithm|table|appendix|ruling) (\S+)/g)) {
    const prefix = { equation: 'eq-', algorithm: 'alg-', table: 'tab-', appendix: 'app-', ruling: '' }[tag];
    found.push(`${prefix ?? '?'}${what.toLowerCase()}`);
  }
  return found;
}

test('every tag of the code cites an anchor, and every equation, algorithm, table and appendix is cited', () => {
  const all = new Set(files.flatMap(({ text }) => cited(text)));
  expect([...all].filter((anchor) => !(anchor in ANCHORS))).toEqual([]);
  expect(Object.keys(ANCHORS).filter((anchor) => !anchor.startsWith('amb-') && !all.has(anchor))).toEqual([]);
});

test('every ruling has a section of docs/rulings.md with its id and title, in order', () => {
  const sections = [...rulings.matchAll(/^## (amb-\d+): (.*)$/gm)].map(([, id, title]) => [id, title]);
  expect(sections).toEqual(Object.entries(ANCHORS).filter(([id]) => id.startsWith('amb-')));
});

test('every ruling has a question, a default, an option, an anchor, a row of the table, and a law or a test', () => {
  const read = readRulings(rulings);
  expect(read.length).toBeGreaterThan(20);
  for (const { id, question, default: taken, option, laws, specs } of read) {
    expect(question, id).toContain('?');
    expect(taken, id).not.toBe('');
    expect(option, id).not.toBe('');
    expect(laws.length + specs.length, id).toBeGreaterThan(0);
    expect(rulings.split(`<a id="${id}"></a>`), id).toHaveLength(2);
  }
  const rows = [...rulings.matchAll(/^\| \[(amb-\d+)\]\(#(amb-\d+)\) \|/gm)].map(([, id, target]) => [id, target]);
  expect(rows).toEqual(read.map(({ id }) => [id, id]));
});

test('every tagged export says whether it is restored or decided', () => {
  for (const { name, text } of files) {
    for (const [comment] of text.matchAll(/\/\*\*(?:(?!\*\/)[^])*\*\//g)) {
      if (cited(comment).length === 0) continue;
      expect(comment.match(/@(restored|decided)\b/g) ?? [], `${name}: ${comment}`).toHaveLength(1);
    }
  }
});

test('step.ts, Algorithm 1 as it runs, is one page: at most 100 lines', () => {
  const lines = files
    .find(({ name }) => name === 'step.ts')
    ?.text.trimEnd()
    .split('\n').length;
  expect(lines).toBeLessThanOrEqual(100);
});

test('nothing in src/dst is a generator: who looks on is an observer, and no step is left hanging', () => {
  expect(files.filter(({ text }) => /function\*|\byield\b/.test(text)).map(({ name }) => name)).toEqual([]);
});
