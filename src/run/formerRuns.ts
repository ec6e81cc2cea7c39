/**
 * The config.json of a run in a former format, as one of today's.
 *
 * @module
 */
import { relative, resolve } from 'node:path';
import { folderOfTask } from '../data/tasks.ts';
import { record as recordIn, textOf } from '../text/json.ts';
import { readTrainConfig } from '../train/config.ts';
import { withRandomSeed } from '../train/randomSeed.ts';

type Stored = Readonly<Record<string, unknown>>;

/** What each former format lacks. */
export const FORMER_RUNS: Readonly<Record<string, (value: Stored, folder: string, where: string) => Stored>> = {
  'dynamic-subset-tuning/run/1': withIdentity,
  'dynamic-subset-tuning/run/2': withRandomSeeds,
};

/** It names its seed's folder, and of its data the path alone. */
function withIdentity(value: Stored, folder: string, where: string): Stored {
  const config = readTrainConfig(withRandomSeed(value['config']), `${where}: config`);
  const seed = textOf(value['seed'], `${where}: seed`);
  const fingerprint = textOf(value['seedFingerprint'], `${where}: seedFingerprint`);
  const data = folderOfTask(config);
  return {
    seed: { relative: seed, absolute: resolve(folder, seed) },
    data: data === null ? null : { relative: relative(resolve(folder), resolve(data)), absolute: resolve(data) },
    identity: { seed: fingerprint, tokenizer: null, data: null, code: null },
    earlier: [],
    config,
  };
}

/** It calls random seeds `seed` and `seeds`. */
function withRandomSeeds({ comparison = null, ...value }: Stored, _folder: string, where: string): Stored {
  const config = withRandomSeed(value['config']);
  if (comparison === null) return { ...value, config };
  const { seeds: randomSeeds, ...others } = recordIn(comparison, `${where}: comparison`);
  return { ...value, config, comparison: { ...others, randomSeeds } };
}
