/**
 * What a sweep of a test's world would have recorded.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { RATES_FORMAT, ratesPath, type Rates } from '../../cli/rates.ts';
import { identifyData } from '../../src/data/identity.ts';
import { identify, type Identity } from '../../src/run/identity.ts';
import { openModel } from '../../src/run/openModel.ts';
import { readTask } from '../../src/data/tasks.ts';
import type { World } from '../src/train/fixture.ts';

/** The seed and the task of a world. */
export function identityOf(world: Pick<World, 'seed' | 'task'>): Identity {
  return identify(openModel(world.seed), readTask({ task: world.task, data: null }));
}

/** Where the rates of a world lie. */
export function pathOfRates(world: Pick<World, 'seed' | 'task'>): string {
  const task = readTask({ task: world.task, data: null });
  return ratesPath(world.seed, task.name, identifyData(task));
}

/** Puts a sweep's record beside the world's seed; returns where. */
export function writeRates(world: Pick<World, 'seed' | 'task'>, more: Partial<Rates>): string {
  const path = pathOfRates(world);
  const known = { format: RATES_FORMAT, identity: identityOf(world), task: 'task', config: {}, rates: [] };
  writeFileSync(path, JSON.stringify({ ...known, ...more }));
  return path;
}
