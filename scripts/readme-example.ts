/**
 * Puts the example with bare vectors into README as it stands in its file: `npm run readme-example`.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { includeExamples } from './readme/example.ts';

writeFileSync(
  'README.md',
  includeExamples(readFileSync('README.md', 'utf8'), (path) => readFileSync(path, 'utf8')),
);
