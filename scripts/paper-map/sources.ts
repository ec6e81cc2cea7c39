/**
 * Collects what the map is made from, out of the repository.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAWS } from '../../spec/laws/all.ts';
import { MUTANTS } from '../../spec/mutants/all.ts';
import type { Dtype } from '../../spec/implementation.ts';
import { readVectors } from '../../spec/vectors/files.ts';
import { lawOf } from '../../spec/vectors/vector.ts';
import type { Vector } from '../../spec/vectors/vector.ts';
import { ANCHORS } from '../../src/dst/anchors.ts';
import type { Sources } from './map.ts';
import { readRulings } from './rulings.ts';
import { findTags, PAGE } from './tags.ts';

/** @param root - the repository's root. */
export function collectSources(root: string): Sources {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const code = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .sort();
  return {
    anchors: ANCHORS,
    tags: [PAGE, ...code.filter((path) => path !== PAGE)].flatMap((path) => findTags(path, read(path))),
    laws: LAWS,
    mutants: MUTANTS,
    vectors: countByLaw(readVectorsFor(root, 'float32')),
    rulings: readRulings(read('docs/rulings.md')),
    exists: (path) => existsSync(join(root, path)),
  };
}

/** The committed vectors of one number format. */
export function readVectorsFor(root: string, wanted: Dtype): readonly Vector[] {
  return readVectors(join(root, 'vectors')).find(({ dtype }) => dtype === wanted)?.vectors ?? [];
}

function countByLaw(vectors: readonly Vector[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const law of vectors.map(lawOf)) counts.set(law, (counts.get(law) ?? 0) + 1);
  return counts;
}

/** The file of a folder whose text holds a name as a string: that of a law's id, or of a mutant's name. */
export function createFinder(root: string, folder: string): (name: string) => string | undefined {
  const files = readdirSync(join(root, folder))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') }));
  return (name) => files.find(({ text }) => text.includes(`'${name}'`))?.path;
}
