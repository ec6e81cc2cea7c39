/**
 * A world with a run in it: what the specs of refused inputs and outputs begin from.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { call } from './call.ts';

/** The world, the config of a run of two steps, and the subset of that run. */
export interface TrainedWorld {
  readonly world: World;
  readonly configPath: string;
  readonly subset: string;
}

export async function createTrainedWorld(): Promise<TrainedWorld> {
  const world = createWorld();
  const configPath = join(world.root, 'config.json');
  writeFileSync(configPath, JSON.stringify(smallConfig(world, { steps: 2 })));
  const run = join(world.root, 'run');
  expect((await call(['train', '--config', configPath, '--out', run, '--no-latest'])).code).toBe(0);
  return { world, configPath, subset: join(run, 'subset.safetensors') };
}
