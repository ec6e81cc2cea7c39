/**
 * The seeds that come with the package.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Unavailable } from '../src/errors.ts';
import { openModel, openSeedOfRun, type OpenedModel, type OpenedSubset } from '../src/train/models.ts';
import { isOpenTask } from '../src/train/tasks.ts';
import { packageRoot } from './package.ts';

const NAMES = ['nano', 't5-nano'] as const;

/** The folder of the committed seed for a task: the T5 where an answer can be any text, the decoder for labels. */
export function defaultSeed(task = 'supersense'): string {
  const name = isOpenTask(task) ? 't5-nano' : 'nano';
  const path = pathOf(name);
  if (!existsSync(join(path, 'model.safetensors'))) {
    throw new Unavailable(`${path}: expected a seed, got none; dst pretrain --model ${name} --out ${path} makes one`);
  }
  return path;
}

/** The seed that a subset is for: the one that is named, else its run's, else the committed one that it was made of. */
export function openSeedFor({ artifact, run }: OpenedSubset, named: string | undefined): OpenedModel {
  if (named !== undefined) return openModel(named);
  return run === null ? openCommittedSeed(artifact.seedFingerprint.total) : openSeedOfRun(run.folder, run);
}

/** The committed seed with that fingerprint; the decoder where it is none of them. */
function openCommittedSeed(fingerprint: string): OpenedModel {
  for (const path of NAMES.map(pathOf)) {
    if (!existsSync(join(path, 'model.safetensors'))) continue;
    const seed = openModel(path);
    if (seed.fingerprint === fingerprint) return seed;
  }
  return openModel(defaultSeed());
}

function pathOf(name: (typeof NAMES)[number]): string {
  const path = join(packageRoot(), 'seeds', name);
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
