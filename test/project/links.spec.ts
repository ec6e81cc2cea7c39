import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { fragmentOf, placesOf } from '../../scripts/docs/headings.ts';
import { documents } from './pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Link {
  readonly link: string;
  readonly target: string;
  readonly place: string;
}

/** Links of a document to a place in this or in another document. */
function placesAskedFor(page: string): Link[] {
  const text = read(page).replaceAll(/```[^]*?```/g, '');
  return [...text.matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g)]
    .map(([, path, place]) => ({
      link: `${path}#${place}`,
      target: path === '' ? page : normalize(join(dirname(page), decodeURI(path))),
      place: decodeURI(place),
    }))
    .filter(({ target }) => target.endsWith('.md'));
}

const PAGES = documents(root);

describe('links within the documents', () => {
  it.each(PAGES)('of %s lead to a heading or an anchor that is there', (page) => {
    const dead = placesAskedFor(page).filter(({ target, place }) => !placesOf(read(target)).has(place));
    expect(dead.map(({ link }) => link)).toEqual([]);
  });

  it('are there, so that the test above tests something', () => {
    expect(PAGES.flatMap(placesAskedFor).length).toBeGreaterThan(50);
  });
});

describe('the places of a document', () => {
  it.each([
    ['Two threads', 'two-threads'],
    ['amb-13: Which θ feeds the step size of AdaFactor', 'amb-13-which-θ-feeds-the-step-size-of-adafactor'],
    ['What `dst --json` prints', 'what-dst---json-prints'],
    ['a_b (c): d!', 'a_b-c-d'],
  ])('has %s at %s', (heading, place) => {
    expect(placesOf(`# ${heading}\n`)).toEqual(new Set([place]));
  });

  it('numbers equal headings, takes anchors, and passes over code', () => {
    const text = '## Why\n\n```sh\n# not one\n```\n\n## Why\n<a id="eq-6"></a>\n### [Why](x.md)\n';
    expect([...placesOf(text)]).toEqual(['eq-6', 'why', 'why-1', 'why-2']);
    expect(fragmentOf('not one')).toBe('not-one');
  });
});

describe('links of the built pages', async () => {
  const address = pathToFileURL(join(root, 'scripts/docs/links.mjs')).href;
  const { findDeadLinks } = (await import(address)) as { findDeadLinks: (folder: string) => string[] };
  const folder = mkdtempSync(join(tmpdir(), 'dst-links-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const dead = (body: string): string[] => {
    writeFileSync(join(folder, 'page.html'), `<p id="here">${body}</p>`);
    writeFileSync(join(folder, 'other.html'), '<p id="place" class="x">text</p>');
    return findDeadLinks(folder);
  };

  it.each([
    'other.html',
    'other.html#place',
    '#here',
    'other.html?q=1#place',
    './other.html',
    'https://example.org/x#y',
    '#',
  ])('%s leads somewhere', (link) => {
    expect(dead(`<a href="${link}">x</a>`)).toEqual([]);
  });

  it.each(['another.html', 'other.html#plac', '#there', 'folder/other.html', '../other.html', 'other.html#x'])(
    '%s leads nowhere',
    (link) => {
      expect(dead(`<a href="${link}">x</a>`)).toEqual([`page.html: ${link}`]);
      if (!link.includes('#')) expect(dead(`<img alt="x" src="${link}">`)).toEqual([`page.html: ${link}`]);
    },
  );
});
