/**
 * This package: where it lies, and what it is called.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Internal } from '../src/errors.ts';
import { VERSION } from '../src/run/version.ts';

/** The folder with package.json, whether this runs from the sources or from dist/. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Internal('package: expected a package.json above the command, got none');
    folder = parent;
  }
  return folder;
}

/** The version in package.json. */
export function packageVersion(): string {
  return VERSION;
}

/** What child processes run: this command where it is built, the one in dist/ where this is the sources. */
export function builtCommand(): string {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts') ? join(packageRoot(), 'dist', 'cli', 'main.js') : join(dirname(here), 'main.js');
}
