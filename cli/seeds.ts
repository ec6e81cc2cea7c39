/**
 * The seeds that come with the package.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Unavailable } from '../src/errors.ts';
import { isOpenTask } from '../src/train/tasks.ts';
import { packageRoot } from './package.ts';

/** The folder of the committed seed for a task: the T5 where an answer can be any text, the decoder for labels. */
export function defaultSeed(task = 'supersense'): string {
  const name = isOpenTask(task) ? 't5-nano' : 'nano';
  const path = join(packageRoot(), 'seeds', name);
  if (!existsSync(join(path, 'model.safetensors'))) {
    throw new Unavailable(`${path}: expected a seed, got none; dst pretrain --model ${name} --out ${path} makes one`);
  }
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
