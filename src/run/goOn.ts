/**
 * What a run that is continued must have in common with how it was begun, and what is written down if it has not.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { describeOtherData } from '../data/identity.ts';
import { leadsTo, placeOf } from '../files/place.ts';
import { fingerprintOf } from './checkpoint.ts';
import type { TrainConfig } from '../train/config.ts';
import { withFormerName } from '../train/randomSeed.ts';
import { findOtherData, findOtherSeed, type Identity, type SeedParts } from './identity.ts';
import type { EarlierIdentity, RunRecord } from './runFolder.ts';
import { folderOfTask } from '../data/tasks.ts';

/** Fields that say where things lie, or where a value comes from; what they lead to has an identity of its own. */
const NO_BITS: readonly (keyof TrainConfig)[] = ['model', 'task', 'data', 'test', 'learningRateFrom'];

/** The fields of a config that a run's bits depend on, beside its seed and its data. */
export function decisiveFields(config: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !NO_BITS.some((field) => field === name)));
}

/** Those fields as fingerprints have them. */
export function fingerprintedFields(config: TrainConfig): Readonly<Record<string, unknown>> {
  return decisiveFields(withFormerName(config));
}

/** What the checkpoints of a run are known by: its config, and what it was begun with. */
export function runFingerprintOf({
  config,
  identity,
  earlier,
}: Pick<RunRecord, 'config' | 'identity' | 'earlier'>): string {
  const { seed, tokenizer, data } = earlier.at(0)?.identity ?? identity;
  const splits = data === null ? null : [data.train, data.development, data.test];
  return fingerprintOf('train', fingerprintedFields(config), seed, tokenizer, splits);
}

/** What continues a run. */
export interface Sitting extends Pick<RunRecord, 'config' | 'identity'> {
  /** The run's folder. */
  readonly folder: string;
  readonly seed: SeedParts & { readonly folder: string };
  /** Whether other data than the run's are what the user wants. */
  readonly acceptData: boolean;
}

/**
 * Refuses to continue with another seed, other data or another config.
 *
 * @throws InvalidInput naming what differs: the fingerprints, the splits with their rows, the field of the config.
 */
export function requireSameRun(record: RunRecord, { folder, config, seed, identity, acceptData }: Sitting): void {
  const other = findOtherSeed(record.identity, seed, folder, seed.folder);
  if (other !== null) throw other;
  const data = identity.data === null ? null : findOtherData(record.identity, identity.data, folder);
  if (data !== null && !acceptData) throw data;
  const [then, now] = [decisiveFields(record.config), decisiveFields(config)];
  for (const [name, value] of Object.entries(then)) {
    if (now[name] !== value) throw wrong(`${folder}: ${name}`, `${String(value)}, as the run was begun`, now[name]);
  }
}

/**
 * A run's record when it is continued: with today's identity and places, and what the steps up to `step` were made of where
 * that was something else.
 *
 * @param step - the last one that is not made again.
 */
export function goOn(record: RunRecord, { folder, config, seed, identity }: Sitting, step: number): RunRecord {
  const { earlier } = record;
  const changed = step > (earlier.at(-1)?.untilStep ?? 0) && !isSame(record.identity, identity);
  const isMoved = config.task !== record.config.task || config.data !== record.config.data;
  const dataFolder = isMoved ? folderOfTask(config) : null;
  return {
    ...record,
    seed: leadsTo(record.seed, folder, seed.folder) ? record.seed : placeOf(seed.folder, folder),
    data: dataFolder === null ? record.data : placeOf(dataFolder, folder),
    identity,
    earlier: changed ? [...earlier, { untilStep: step, identity: record.identity }] : earlier,
    config,
  };
}

/** What a result must say of a run that continued with something else, in words. */
export function describeEarlier({ earlier, identity }: Pick<RunRecord, 'earlier' | 'identity'>): string[] {
  return earlier.map((then: EarlierIdentity, i) => {
    const next = earlier.at(i + 1)?.identity ?? identity;
    return `after step ${then.untilStep} the run continued with ${describeChange(then.identity, next)}`;
  });
}

function describeChange(then: Identity, now: Identity): string {
  const data = then.data === null || now.data === null ? '' : describeOtherData(then.data, now.data);
  return [
    ...(data === '' ? [] : [`other data: ${data}`]),
    ...(then.code === now.code ? [] : [`version ${now.code ?? 'unknown'} instead of ${then.code ?? 'an unknown one'}`]),
  ].join('; ');
}

function isSame(then: Identity, now: Identity): boolean {
  return describeChange(then, now) === '';
}
