/**
 * docs/paper-map.md, from the tags in the code, the laws, the mutants, the vectors and the rulings.
 *
 * @module
 */
import { packageRoot } from '../../cli/package.ts';
import { findLaw } from '../../spec/laws/all.ts';
import type { Pages } from '../generate/generator.ts';
import { findHoles, joinSources } from './map.ts';
import { renderMap } from './render.ts';
import { collectSources, createFinder } from './sources.ts';

/** @throws Error naming every hole: an anchor without code, a law without a mutant, a file that is not there. */
export function mapPages(): Pages {
  const root = packageRoot();
  const sources = collectSources(root);
  const holes = findHoles(sources);
  if (holes.length > 0) throw new Error(holes.join('\n'));
  const fileOfLaw = createFinder(root, 'spec/laws');
  const fileOfMutant = createFinder(root, 'spec/mutants');
  const map = renderMap(joinSources(sources), (law) => ({
    file: fileOfLaw(law),
    kind: findLaw(law)?.kind ?? '',
    claim: findLaw(law)?.claim ?? '',
    vectors: sources.vectors.get(law) ?? 0,
    mutants: sources.mutants
      .filter(({ caughtBy }) => caughtBy.includes(law))
      .map(({ name }) => ({ name, file: fileOfMutant(name) })),
  }));
  return new Map([['docs/paper-map.md', map]]);
}
