/**
 * The architecture, enforced: who may call whom, no cycles, small files, and code and laws for every anchor.
 * A failure names the file and the rule that it broke.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  findBarrels,
  findCitedAnchors,
  findCycles,
  findDrawers,
  findForbiddenImports,
  findLongFiles,
  findMethodComparisons,
  findUntagged,
  PLUMBING,
} from './rules.ts';
import { findExports, findImports, readSources } from './sources.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { METHODS } from '../../src/train/methods.ts';
import { METHOD_NAMES } from '../../src/train/names.ts';

const root = new URL('../../', import.meta.url);
const folders = ['src', 'html', 'spec', 'cli', 'bench', 'scripts', 'examples', 'test', 'wasm-simd/assembly'];
const sources = readSources(
  root,
  folders.filter((folder) => existsSync(new URL(folder, root))),
);

/** What must have code and a law of its own. */
const ANCHORS = [...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `eq-${n}`), 'alg-1', 'alg-2', 'tab-1'];

describe('the house', () => {
  it('reads all of it', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.map(({ path }) => path)).toContain('src/dst/step.ts');
  });

  it('lets every room import only what lies below it', () => {
    expect(findForbiddenImports(sources)).toEqual([]);
  });

  it('has no cycles, of types neither', () => {
    expect(findCycles(sources)).toEqual([]);
  });

  it('imports only files that are there', () => {
    const broken = sources.flatMap((source) =>
      findImports(source)
        .filter(({ isFile, target }) => isFile && !existsSync(new URL(target, root)))
        .map(({ target }) => `${source.path}: expected a file, got ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('keeps its files short', () => {
    expect(findLongFiles(sources)).toEqual([]);
  });

  it('has no drawers and but one barrel', () => {
    expect(findDrawers(sources)).toEqual([]);
    expect(findBarrels(sources)).toEqual([]);
  });
});

/** What a method is known by. */
const METHOD_WORDS = METHOD_NAMES.flatMap((name) => [name, METHODS[name].label]);

describe('a method of fine-tuning', () => {
  it('is a row of one table: nothing else compares with its name or its label', () => {
    const product = sources.filter(({ path }) => /^(src|spec|cli|bench|scripts|html)\//.test(path));
    expect(findMethodComparisons(product, METHOD_WORDS)).toEqual([]);
  });
});

describe('the paper', () => {
  it('is cited by every export of src/dst, with its origin', () => {
    expect(findUntagged(sources)).toEqual([]);
    const all = sources.flatMap((source) => findExports(source).map(({ name }) => `${source.path}: ${name}`));
    expect([...PLUMBING.keys()].filter((name) => !all.includes(name))).toEqual([]);
  });

  it('has code for every anchor', () => {
    const cited = findCitedAnchors(sources);
    expect(ANCHORS.filter((anchor) => !cited.has(anchor))).toEqual([]);
  });

  it('has a law for every anchor', () => {
    const held = new Set<string>(LAWS.map(({ equation }) => equation));
    expect(ANCHORS.filter((anchor) => !held.has(anchor))).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it('find a forbidden import, of a type or of a value', () => {
    const text = "import type { Parameter } from '../dst/notation.ts';";
    expect(findForbiddenImports([{ path: 'src/nn/decoder.ts', text }])[0]).toMatch(
      /^src\/nn\/decoder.ts: expected nn to see .*, got types of src\/dst\/notation.ts$/,
    );
    expect(findForbiddenImports([{ path: 'src/dst/step.ts', text: "import fs from 'left-pad';" }])).toEqual([
      'src/dst/step.ts: expected no package in dst, got left-pad',
    ]);
    expect(findForbiddenImports([{ path: 'src/attic/x.ts', text: '' }])).toHaveLength(1);
    expect(
      findForbiddenImports([{ path: 'spec/laws/x.ts', text: "import { a } from '../../src/errors.ts';" }]),
    ).toHaveLength(1);
  });

  it('let src/dst see the optimizer’s type, and no more of it', () => {
    const load = (text: string): string[] => findForbiddenImports([{ path: 'src/dst/step.ts', text }]);
    expect(load("import type { Optimizer } from '../optim/optimizer.ts';")).toEqual([]);
    expect(load("import { type Optimizer } from '../optim/optimizer.ts';")).toEqual([]);
    expect(load("import { optimizer } from '../optim/optimizer.ts';")).toHaveLength(1);
    expect(load("import type { AdafactorOptions } from '../optim/adafactor.ts';")).toHaveLength(1);
    expect(load("export const x = await import('../nn/decoder.ts');")).toHaveLength(1);
    expect(load("export type X = import('../nn/decoder.ts').Decoder;")).toHaveLength(1);
  });

  it('find a cycle through types', () => {
    const cycle = [
      { path: 'src/dst/a.ts', text: "import type { B } from './b.ts';" },
      { path: 'src/dst/b.ts', text: "export type { A } from './a.ts';" },
    ];
    expect(findCycles(cycle)).toEqual([
      'src/dst/a.ts: expected no cycle, got src/dst/a.ts → src/dst/b.ts → src/dst/a.ts',
    ]);
  });

  it.each([
    ["if (config.method === 'full') x();", 1],
    ["const isFull = 'full fine-tuning' !== row.label;", 1],
    ["const rate = run['method'] == 'no-churn' ? 1 : 2;", 1],
    ["switch (method) { case 'full': break; case 'dst': break; }", 2],
    ["const isDst = ['dst', 'random'].includes(method);", 2],
    ["if (moment.kind === 'full' || problem.mask !== 'random') x();", 0],
    ["const full = ofMethod(rows, 'full');", 0],
    ["if (command === 'train') x();", 0],
  ])('find a comparison with a method: %s', (text, count) => {
    expect(findMethodComparisons([{ path: 'cli/a.ts', text }], METHOD_WORDS)).toHaveLength(count);
  });

  it('find long files, drawers, barrels and untagged exports', () => {
    expect(findLongFiles([{ path: 'src/a.ts', text: 'x\n'.repeat(401) }])).toHaveLength(1);
    expect(findDrawers([{ path: 'cli/utils.ts', text: '' }])).toHaveLength(1);
    expect(findBarrels([{ path: 'src/nn/index.ts', text: "export * from './decoder.ts';" }])).toHaveLength(1);
    const tagged = '/**\n * Eq.\n *\n * @equation 7\n * @restored\n */\nexport function f(): void {}\n';
    const load = (text: string): string[] => findUntagged([{ path: 'src/dst/a.ts', text }]);
    expect(load(tagged)).toEqual([]);
    expect(load(tagged.replace('@restored', ''))).toHaveLength(1);
    expect(load(tagged.replace('@equation 7', ''))).toHaveLength(1);
    expect(load('export const x = 1;')).toHaveLength(1);
    expect(load('export interface X {}')).toEqual([]);
  });
});
