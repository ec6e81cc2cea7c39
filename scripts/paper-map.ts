/**
 * Makes docs/paper-map.md, or with `--check` fails where it is stale or has holes.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findHoles, joinSources } from './paper-map/map.ts';
import { renderMap } from './paper-map/render.ts';
import { collectSources, createLawFinder } from './paper-map/sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = new URL('../docs/paper-map.md', import.meta.url);
const sources = collectSources(root);
const fileOf = createLawFinder(root);
const text = renderMap(joinSources(sources), (law) => ({
  file: fileOf(law),
  mutants: sources.mutants.filter(({ caughtBy }) => caughtBy.includes(law)).length,
}));
const complaints = [...findHoles(sources)];
if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text)
    complaints.push('docs/paper-map.md: expected the present map, got an old one (npm run paper-map)');
} else {
  writeFileSync(page, text);
}
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
