/**
 * Puts the table of AdaFactor's dialects into docs/adafactor-dialects.md: `npm run dialects`.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { includeDialects } from './dialects/table.ts';

const PATH = 'docs/adafactor-dialects.md';
writeFileSync(PATH, includeDialects(readFileSync(PATH, 'utf8')));
