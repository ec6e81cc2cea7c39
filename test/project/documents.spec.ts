import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { includeExamples } from '../../scripts/readme/example.ts';
import { VERSION } from '../../src/run/version.ts';
import { documents } from './pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const PAGES = documents(root);
/** Made by a command, so not there in a fresh clone. */
const MADE = ['docs/api/index.html', 'runs/latest'];
const ROOMS = /^(src|spec|test|examples|cli|docs|scripts|bench|wasm-simd|seeds|\.vscode|\.ci)\//;

/** Files that a page links to, or names in code. */
function namedPaths(page: string): string[] {
  const text = read(page).replaceAll(/```[^]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)#\s]+)|\b(?:src|srcset)="([^"]+)"/g)]
    .map(([, target, source]) => target ?? source)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(page), decodeURI(target))));
  const code = [...text.matchAll(/`([\w./-]+)`/g)].map(([, name]) => name).filter((name) => ROOMS.test(name));
  return [...new Set([...links, ...code])].filter((path) => !MADE.includes(path) && !path.includes('NNNN'));
}

describe('the documents', () => {
  it.each(PAGES)('%s names files that exist', (page) => {
    expect(namedPaths(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names files in the walk-through, so that the test above tests something', () => {
    expect(namedPaths('CONTRIBUTING.md')).toContain('src/paper.ts');
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const page of PAGES) {
      const named = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
      expect(
        named.filter((name) => !Object.hasOwn(scripts, name)),
        page,
      ).toEqual([]);
    }
  });

  it('shows examples in README as their files have them', () => {
    expect(includeExamples(read('README.md'), read)).toBe(read('README.md'));
  });

  it('keeps decisions in their form: a number of their own, a question, a choice, a reason', () => {
    const decisions = PAGES.filter((page) => page.startsWith('docs/decisions/'));
    const numbers = decisions.map((page) => /(\d{4})-[a-z0-9-]+\.md$/.exec(page)?.[1]);
    expect(new Set(numbers).size).toBe(decisions.length);
    for (const page of decisions) {
      expect(read(page), page).toMatch(/^# \S/);
      for (const part of ['Question', 'Choice', 'Why']) expect(read(page), page).toContain(`**${part}.**`);
    }
  });

  it('cites the version and the date of the release', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const citation = read('CITATION.cff');
    expect(/^version: (.*)$/m.exec(citation)?.[1]).toBe(version);
    const released = /^date-released: '?([\d-]+)'?$/m.exec(citation)?.[1];
    expect(read('CHANGELOG.md')).toContain(`## [${version}] - ${released ?? 'a date'}`);
    expect(citation).toContain('arXiv.2411.08610');
    expect(VERSION).toBe(version);
  });
});
