/**
 * Collects what the map is made from, out of the repository.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAWS } from '../../spec/laws/all.ts';
import { MUTANTS } from '../../spec/mutants/all.ts';
import { ANCHORS } from '../../src/dst/anchors.ts';
import type { Sources } from './map.ts';
import { readRulings } from './rulings.ts';
import { findTags } from './tags.ts';

/** @param root - the repository's root. */
export function collectSources(root: string): Sources {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const code = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .sort();
  return {
    anchors: ANCHORS,
    tags: code.flatMap((path) => findTags(path, read(path))),
    laws: LAWS,
    mutants: MUTANTS,
    rulings: readRulings(read('docs/rulings.md')),
    exists: (path) => existsSync(join(root, path)),
  };
}

/** The file that defines a law: the one whose text holds its id. */
export function createLawFinder(root: string): (law: string) => string | undefined {
  const files = readdirSync(join(root, 'spec/laws'))
    .sort()
    .map((name) => ({ path: `spec/laws/${name}`, text: readFileSync(join(root, 'spec/laws', name), 'utf8') }));
  return (law) => files.find(({ text }) => text.includes(`'${law}'`))?.path;
}
