/**
 * Puts the failure that the guide reads into it, as the built command prints it today: `npm run guide-failure`.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { GUIDE, includeFailures, printFailure } from './guide/failure.ts';

const command = new URL('../dist/cli/main.js', import.meta.url).pathname;
const page = readFileSync(GUIDE, 'utf8');
writeFileSync(
  GUIDE,
  includeFailures(page, (mutant) => printFailure(mutant, command)),
);
