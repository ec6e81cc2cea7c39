/**
 * What the package ships: what its modules import, and which of them do something when they are imported.
 */
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { findActing, findUndeclaredPackages } from './shipped.ts';
import { readSources } from './sources.ts';

const root = new URL('../../', import.meta.url);
/** Built into dist/. */
const built = readSources(root, ['src', 'html', 'spec', 'cli']);
/** Shipped as they are. */
const plain = [...readSources(root, ['examples']), ...readSources(root, ['adapters'], '.mjs')];

describe('what ships', () => {
  it('imports nothing that is not installed with it', () => {
    const dependencies = Object.keys(manifest.dependencies);
    expect(findUndeclaredPackages(built, dependencies)).toEqual([]);
    expect(findUndeclaredPackages(plain, [...dependencies, manifest.name])).toEqual([]);
  });

  it('says in package.json which modules do something when they are imported', () => {
    const acting = findActing(built).map((path) => `./dist/${path.replace(/ts$/, 'js')}`);
    expect(acting.length).toBeGreaterThan(0);
    const named = manifest.sideEffects.filter((path) => path.startsWith('./dist/'));
    expect(acting.sort()).toEqual(named.sort());
    const folders = manifest.sideEffects.flatMap((path) => (path.endsWith('/**') ? [path.slice(0, -2)] : []));
    const unnamed = findActing(plain).filter((path) => !folders.some((folder) => `./${path}`.startsWith(folder)));
    expect(unnamed).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it('find a package that is not declared, of a type or of a value', () => {
    const load = (text: string): string[] => findUndeclaredPackages([{ path: 'src/a.ts', text }], ['ajv', '@a/b']);
    expect(load("import x from 'ajv/dist/2020.js'; import y from '@a/b/c'; import fs from 'node:fs';")).toEqual([]);
    expect(load("import type { Node } from 'typescript';")).toEqual([
      'src/a.ts: expected a package of dependencies, got typescript',
    ]);
    expect(load("export const x = await import('vite');")).toHaveLength(1);
    expect(load("import y from '@a/c';")).toHaveLength(1);
  });

  it('find a module that does something when it is imported', () => {
    const load = (text: string): string[] => findActing([{ path: 'src/a.ts', text }]);
    expect(load("import { a } from './b.ts'; export const x = f(); function f() {} export class A {}")).toEqual([]);
    for (const text of ["import './b.ts';", 'f();', 'if (x) f();', 'for (;;) f();', 'x.y = 1;'])
      expect(load(text), text).toHaveLength(1);
  });
});
