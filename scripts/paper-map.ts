/**
 * Makes docs/paper-map.md and what else is made from the paper's page, or with `--check` fails if that is stale or has holes.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findLaw } from '../spec/laws/all.ts';
import { MUTANTS } from '../spec/mutants/all.ts';
import { toJavaScript } from './paper-map/javascript.ts';
import { findHoles, joinSources } from './paper-map/map.ts';
import { renderFates, tryMutants } from './paper-map/mutants.ts';
import { renderMap } from './paper-map/render.ts';
import { collectSources, createFinder, readVectorsFor } from './paper-map/sources.ts';
import { PAGE } from './paper-map/tags.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = collectSources(root);
const fileOfLaw = createFinder(root, 'spec/laws');
const fileOfMutant = createFinder(root, 'spec/mutants');
const page = readFileSync(new URL(`../${PAGE}`, import.meta.url), 'utf8');
const map = renderMap(joinSources(sources), (law) => ({
  file: fileOfLaw(law),
  kind: findLaw(law)?.kind ?? '',
  claim: findLaw(law)?.claim ?? '',
  vectors: sources.vectors.get(law) ?? 0,
  mutants: sources.mutants
    .filter(({ caughtBy }) => caughtBy.includes(law))
    .map(({ name }) => ({ name, file: fileOfMutant(name) })),
}));
const pages = new Map([
  ['docs/paper-map.md', map],
  ['adapters/javascript/dst.mjs', await toJavaScript(page, 'adapters/javascript/dst.mjs')],
  ['docs/conformance/mutants-on-vectors.md', renderFates(await tryMutants(MUTANTS, readVectorsFor(root, 'float32')))],
]);
const complaints = [...findHoles(sources)];
for (const [path, text] of pages) {
  const file = new URL(`../${path}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    complaints.push(`${path}: expected the present page, got an old one (npm run paper-map)`);
  }
}
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
