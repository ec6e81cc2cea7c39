/**
 * The seeds that come with the package.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Unavailable } from '../src/errors.ts';
import { openModel, openSeedOfRun, type OpenedModel, type OpenedSubset } from '../src/run/openModel.ts';
import { isOpenTask } from '../src/data/tasks.ts';
import { describeCall } from './hint.ts';
import type { Io } from './io.ts';
import { packageRoot } from './package.ts';

const NAMES = ['nano', 't5-nano'] as const;

/**
 * The folder of the committed seed for a task: the T5 where an answer can be any text, the decoder for labels.
 *
 * @param root - the package's folder.
 */
export function defaultSeed(task = 'supersense', io: Pick<Io, 'calledAs'> = {}, root: string = packageRoot()): string {
  const name = isOpenTask(task) ? 't5-nano' : 'nano';
  const path = pathOf(name, root);
  if (!existsSync(join(path, 'model.safetensors'))) {
    const call = describeCall(io, ['pretrain', '--model', name, '--out', path]);
    throw new Unavailable(`${path}: expected a seed, got none; ${call} makes one`);
  }
  return path;
}

/** The seed that a subset is for: the one that is named, else its run's, else the committed one that it was made of. */
export function openSeedFor(
  { artifact, run }: OpenedSubset,
  named: string | undefined,
  io: Pick<Io, 'calledAs'>,
): OpenedModel {
  if (named !== undefined) return openModel(named, undefined, '--seed');
  return run === null ? openCommittedSeed(artifact.seedFingerprint.total, io) : openSeedOfRun(run.folder, run);
}

/** The committed seed with that fingerprint; the decoder where it is none of them. */
function openCommittedSeed(fingerprint: string, io: Pick<Io, 'calledAs'>): OpenedModel {
  for (const path of NAMES.map((name) => pathOf(name, packageRoot()))) {
    if (!existsSync(join(path, 'model.safetensors'))) continue;
    const seed = openModel(path);
    if (seed.fingerprint === fingerprint) return seed;
  }
  return openModel(defaultSeed(undefined, io));
}

function pathOf(name: (typeof NAMES)[number], root: string): string {
  const path = join(root, 'seeds', name);
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
