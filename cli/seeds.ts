/**
 * The seeds that come with the package.
 *
 * @module
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Unavailable } from '../src/errors.ts';
import { packageRoot } from './package.ts';

/** The folder of the committed seed: the only one in seeds/, or the first by name. */
export function defaultSeed(): string {
  const folder = join(packageRoot(), 'seeds');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const found = names.find((name) => existsSync(join(folder, name, 'model.safetensors')));
  if (found === undefined) {
    throw new Unavailable(`${folder}: expected a seed, got none; dst pretrain --out ${join(folder, 'base')} makes one`);
  }
  const path = join(folder, found);
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
