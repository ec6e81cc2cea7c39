import { describe, expect, it } from 'vitest';
import { findHoles, joinSources, type Sources } from '../../scripts/paper-map/map.ts';
import { renderMap } from '../../scripts/paper-map/render.ts';
import { renderRulingTable } from '../../scripts/paper-map/rulingTable.ts';
import { readRulings } from '../../scripts/paper-map/rulings.ts';
import { toJavaScript } from '../../scripts/paper-map/javascript.ts';
import { findTags, PAGE } from '../../scripts/paper-map/tags.ts';

const CODE = `/**
 * About the file.
 *
 * @module
 */
/**
 * Keeps.
 *
 * @equation 7
 * @ruling amb-1
 * @restored
 */
export function keep(): void {}

export interface Options {
  /**
   * @table B
   * @decided
   */
  readonly distance: string;
}
`;
const RULINGS = `# Rulings
## amb-1: How many

- **Question:** How many are
  kept? \`not/a-law\`
- **Default:** ε|S|.
- **Option:** none
- **Tested by:** \`eq7/kept\`; "some test" in
  test/src/dst/keep.spec.ts.

Not \`eq7/other\`.
`;

const whole: Sources = {
  anchors: { 'eq-7': 'Keep', 'tab-b': 'Distances', 'amb-1': 'How many' },
  tags: findTags('src/dst/keep.ts', CODE.replace('@table B', '@table B\n   * @ruling amb-1')),
  laws: [{ id: 'eq7/kept', equation: 'eq-7' }],
  mutants: [{ name: 'keeps nothing', caughtBy: ['eq7/kept'] }],
  vectors: new Map([['eq7/kept', 3]]),
  rulings: readRulings(RULINGS),
  exists: () => true,
};

describe('tags', () => {
  it('finds the symbol, its line, its anchors and where it comes from', () => {
    expect(findTags('a.ts', CODE)).toEqual([
      { file: 'a.ts', line: 13, symbol: 'keep', anchors: ['eq-7', 'amb-1'], origin: 'restored' },
      { file: 'a.ts', line: 20, symbol: 'distance', anchors: ['tab-b'], origin: 'decided' },
    ]);
  });

  it('reads on the page what it states before the first colon, and the rulings that it follows', () => {
    const page =
      '/** Eq. 5 and Table 1: as Eq. 7 has it (amb-4). */\nexport function f(): void {}\n/** ε: exact (amb-18). */\nconst g = 1;\n';
    expect(findTags(PAGE, page)).toEqual([
      { file: PAGE, line: 2, symbol: 'f', anchors: ['eq-5', 'tab-1', 'amb-4'], origin: 'restored' },
      { file: PAGE, line: 4, symbol: 'g', anchors: ['amb-18'], origin: 'decided' },
    ]);
  });

  it('reads the list of a ruling, and no law that the text after it names', () => {
    expect(readRulings(RULINGS)).toEqual([
      {
        id: 'amb-1',
        title: 'How many',
        question: 'How many are kept? `not/a-law`',
        default: 'ε|S|.',
        option: 'none',
        laws: ['eq7/kept'],
        specs: ['test/src/dst/keep.spec.ts'],
      },
    ]);
  });
});

describe('the table of rulings', () => {
  it('has a row for each ruling, with a link to its anchor', () => {
    expect(renderRulingTable(readRulings(RULINGS)).split('\n').slice(2)).toEqual([
      '| [amb-1](#amb-1) | How many are kept? `not/a-law` | ε\\|S\\|. | none |',
    ]);
  });

  it.each(['Question', 'Default', 'Option'])('is not made without an item %s', (name) => {
    const rulings = readRulings(RULINGS.replace(`**${name}:**`, '**Other:**'));
    expect(() => renderRulingTable(rulings)).toThrow(
      `docs/rulings.md amb-1: expected an item ${name.toLowerCase()}, got none`,
    );
  });
});

describe('the map', () => {
  it('is whole where every anchor has code and a law, and a table those of its rulings', () => {
    expect(findHoles(whole)).toEqual([]);
    expect(joinSources(whole)[1]).toMatchObject({ laws: ['eq7/kept'], rulings: ['amb-1'] });
    const page = renderMap(joinSources(whole), () => ({
      file: 'spec/laws/eq7.ts',
      kind: 'paper',
      claim: '|δ| is kept.',
      vectors: 3,
      mutants: [{ name: 'keeps nothing', file: 'spec/mutants/wrong.ts' }],
    }));
    expect(page).toContain('[`keep`](../src/dst/keep.ts) (restored)');
    expect(page).toContain('| [eq-7](#eq-7) | Keep | 1 | 1 | – | 3 | 1 |');
    expect(page).toContain('<a id="eq-7"></a>');
    expect(page).toContain('[amb-1](rulings.md#amb-1-how-many)');
    const row =
      '| [`eq7/kept`](../spec/laws/eq7.ts) | paper | \\|δ\\| is kept. | 3 | [keeps nothing](../spec/mutants/wrong.ts) |';
    expect(page).toContain(row);
  });

  it.each<[string, Partial<Sources>]>([
    ['eq-7: expected code', { tags: [] }],
    ['eq-7: expected a law of its own', { laws: [] }],
    ['eq7/kept: expected a vector', { vectors: new Map() }],
    ['vectors: expected a law, got "eq7/gone"', { vectors: new Map([['eq7/gone', 1]]) }],
    ['amb-1: expected a section', { rulings: [] }],
    ['expected known anchors, got tab-b', { anchors: { 'eq-7': '', 'amb-1': '' } }],
    ['expected @restored or @decided', { tags: findTags('a.ts', CODE.replace('@restored', '')) }],
    ['expected a law, got "eq7/kept"', { laws: [{ id: 'eq7/other', equation: 'eq-7' }] }],
    ['eq7/kept: expected a mutant', { mutants: [] }],
    ['spec/mutants: expected a law, got "eq7/none"', { mutants: [{ name: 'x', caughtBy: ['eq7/none'] }] }],
    ['expected a file, got "test/src/dst/keep.spec.ts"', { exists: () => false }],
  ])('says "%s"', (complaint, change) => {
    expect(findHoles({ ...whole, ...change }).join('\n')).toContain(complaint);
  });
});

describe('the JavaScript adapter', () => {
  it('takes types alone: annotations, aliases, interfaces, and no ternary', async () => {
    const page = `export type V = number;
interface I { readonly a: (b: V) => void }
const f = ([a, b]: readonly [a: V, b: V], c = 2, d: (e: V) => V = (e: V): V => e): V => (a > b ? d(a) : c);
`;
    const made = await toJavaScript(page, 'dst.mjs');
    expect(made.split('\n').slice(1).join('\n').trim()).toBe(
      'const f = ([a, b], c = 2, d = (e) => e) => (a > b ? d(a) : c);',
    );
  });
});
