/**
 * Installs the Python environments that our code is compared in: `npm run peers`, or `npm run peers -- NAME …`.
 *
 * @module
 */
import { InvalidInput, Unavailable } from '../src/errors.ts';
import { environmentNames } from './peers/environments.ts';
import { install } from './peers/install.ts';

const names = process.argv.slice(2);
try {
  for (const name of names.length === 0 ? environmentNames() : names) install(name, (line) => console.error(line));
} catch (error) {
  if (!(error instanceof InvalidInput || error instanceof Unavailable)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof InvalidInput ? 2 : 3;
}
