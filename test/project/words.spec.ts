import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { complaints, linesOfComments, MOST_WORDS, sentencesOfPage, sentencesOfStrings } from './words.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const inFolder = (folder: string, end: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(end));

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'spec/README.md',
  'test/README.md',
  'docs/README.md',
  'docs/rulings.md',
  'docs/glossary.md',
  'docs/methods.md',
  'docs/adafactor-dialects.md',
  'docs/survivors.md',
  'docs/translation.md',
  'docs/main-job.md',
  'docs/performance.md',
  'docs/performance/memory.md',
  'docs/performance/selection.md',
  'docs/performance/threads.md',
  'docs/conformance/protocol.md',
  'docs/conformance/records.md',
  'docs/conformance/vectors.md',
  ...inFolder('docs/guides', '.md'),
];

describe('the words of the documents', () => {
  it.each(PAGES)('of %s are plain, and its sentences short', (page) => {
    const found = sentencesOfPage(read(page));
    expect(found.length).toBeGreaterThan(3);
    expect(complaints(page, found)).toEqual([]);
  });
});

it.each(['src', 'spec', 'cli', 'html', 'bench', 'scripts'])(
  'the messages of %s have plain words and short sentences',
  (folder) => {
    const found = inFolder(folder, '.ts').map((path) => ({ path, sentences: sentencesOfStrings(path, read(path)) }));
    expect(found.flatMap(({ sentences }) => sentences).length).toBeGreaterThan(50);
    expect(found.flatMap(({ path, sentences }) => complaints(path, sentences))).toEqual([]);
  },
);

it.each(['src', 'spec', 'cli', 'html', 'bench', 'scripts', 'examples'])(
  'the comments of %s have plain words',
  (folder) => {
    const found = inFolder(folder, '.ts')
      .filter((path) => !path.includes('node_modules'))
      .map((path) => ({ path, lines: linesOfComments(read(path)) }));
    expect(found.flatMap(({ lines }) => lines).length).toBeGreaterThan(5);
    expect(found.flatMap(({ path, lines }) => complaints(path, lines))).toEqual([]);
  },
);

describe('a page', () => {
  const long = `${'word '.repeat(MOST_WORDS)}word.`;

  it.each([
    ['a word of the table', 'This goes on.\n', ['p:1: expected continue, got "goes on": This goes on.']],
    ['a word on two lines', 'Fine.\n\nThis goes\non.\n', ['p:3: expected continue, got "goes on": This goes on.']],
    ['a condition with "where"', 'Fine. Where x is 0, stop.\n', ['p:1: expected if, when, got "Where']],
    ['a word between signs', 'a < b goes on > c\n', ['p:1: expected continue, got "goes on": a < b goes on > c']],
    ['a cell', '| a | b |\n|---|---|\n| c | so many |\n', ['p:3: expected that many, the number, got "so many"']],
    ['a long sentence', `Fine.\n\n- ${long}\n`, [`p:3: expected at most ${MOST_WORDS} words, got ${MOST_WORDS + 1}`]],
  ])('is complained of for %s', (_, page, wanted) => {
    const found = complaints('p', sentencesOfPage(page));
    expect(found).toHaveLength(wanted.length);
    for (const [i, part] of wanted.entries()) expect(found[i]).toContain(part);
  });

  it.each([
    ['a question', 'Where is it?\n'],
    ['code', '```sh\ngoes on\n```\n\nSay `goes on`.\n'],
    ['cells', `| ${'word '.repeat(MOST_WORDS)} | word \\| word |\n|---|--:|\n| word | word |\n`],
    ['an address', '[here](https://example.org/for/goes%20on/house)\n'],
    ['two sentences', `${'word '.repeat(MOST_WORDS)}\n\nWord.\n`],
    ['a list', `- ${'word '.repeat(MOST_WORDS)}\n- ${'word '.repeat(MOST_WORDS)}\n`],
  ])('may have %s', (_, page) => {
    expect(complaints('p', sentencesOfPage(page))).toEqual([]);
  });
});

it('finds the texts of a program, with its values as words, and no names or paths', () => {
  const source =
    "import x from './goes on a b.ts';\nconst a = 'run-goes';\nf(`${name} goes on\nwith ${x}`, 'so many of them');\n";
  expect(complaints('f', sentencesOfStrings('f.ts', source)).map((text) => text.slice(0, 40))).toEqual([
    'f:1: expected continue, got "goes on": .',
    'f:3: expected continue, got "goes on": V',
    'f:4: expected that many, the number, got',
  ]);
});

it('finds the comments of a program, and judges their words', () => {
  const source =
    "/**\n * Goes on.\n *\n * @throws {@link InvalidInput} where x is 0.\n */\nconst a = 'so many of them'; // fine\n";
  expect(complaints('f', linesOfComments(source))).toEqual([
    'f:2: expected continue, got "Goes on": * Goes on.',
    'f:4: expected if, got "{@link InvalidInput} where": * @throws {@link InvalidInput} where x is 0.',
  ]);
});
