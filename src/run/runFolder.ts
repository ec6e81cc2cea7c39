/**
 * A run's folder: config.json, events.jsonl, checkpoint.safetensors while it runs, subset.safetensors or model/,
 * result.json, and DONE last. `latest` beside it points to the newest one.
 *
 * @module
 */
import { existsSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { wrong } from '../errors.ts';
import {
  makeFolder,
  makeNewFolder,
  notNew,
  readText,
  requireNewFolder,
  writeAtomically,
  writeNew,
} from '../files/atomic.ts';
import { nodeFileSystem, type FileSystem } from '../files/fileSystem.ts';
import { placeOf, type Place } from '../files/place.ts';
import { pointTo } from '../files/pointer.ts';
import { parseJson, printJson, record as recordIn } from '../text/json.ts';
import { readTrainConfig, type TrainConfig } from '../train/config.ts';
import { integer, list, oneOf, orNull, readRecord, text, truth, type Check, type Fields } from '../kinds.ts';
import { FORMER_RUNS } from './formerRuns.ts';
import { IDENTITY, type Identity } from './identity.ts';
import { folderOfTask } from '../data/tasks.ts';

/** Name and version of config.json. */
const FORMAT = 'dynamic-subset-tuning/run/3';
/** What else may be asked for if a folder is not new. */
const OR_RESUME = ' (or --resume)';

/** What config.json says. */
export interface RunRecord {
  readonly format: string;
  /** Where the seed lies. */
  readonly seed: Place;
  /** Where the task's files lie; null for a task that comes with a package. */
  readonly data: Place | null;
  readonly identity: Identity;
  /** What the run was made of before it continued with other data or other code: up to which step, and what. */
  readonly earlier: readonly EarlierIdentity[];
  readonly config: TrainConfig;
  /** If several methods are compared, what the configs of their runs do not tell; null for a run by itself. */
  readonly comparison: ComparisonRecord | null;
}

/** What a comparison of methods is, beside the config that they share. */
export interface ComparisonRecord {
  /** Random seeds that each method is trained with. */
  readonly randomSeeds: readonly number[];
  /** Whether DST with the iterative threshold is among the methods. */
  readonly algorithm2: boolean;
  /** The rates that a sweep had recorded when the comparison began, as in its file; null for none. */
  readonly rates: Readonly<Record<string, unknown>> | null;
}

/** What the steps of a run up to one, and after those of the entry before, were made of. */
export interface EarlierIdentity {
  readonly untilStep: number;
  readonly identity: Identity;
}

/** The paths in a run's folder. */
export function pathsOf(
  folder: string,
): Readonly<Record<'config' | 'events' | 'checkpoint' | 'subset' | 'model' | 'result' | 'done', string>> {
  return {
    config: join(folder, 'config.json'),
    events: join(folder, 'events.jsonl'),
    checkpoint: join(folder, 'checkpoint.safetensors'),
    subset: join(folder, 'subset.safetensors'),
    model: join(folder, 'model'),
    result: join(folder, 'result.json'),
    done: join(folder, 'DONE'),
  };
}

/**
 * Makes an empty folder for a new run, whose name sorts by time: `2026-11-23-190512-dst`, with a number behind it if
 * that is taken. Two runs that ask in the same second get two folders.
 *
 * @throws {@link Unavailable} if the system refuses.
 */
export function claimRun(root: string, label: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const base = join(root, `${stamp}-${label}`);
  makeFolder(root);
  for (let i = 1; ; i++) {
    const path = i === 1 ? base : `${base}-${i}`;
    if (makeNewFolder(path)) return path;
  }
}

/** Takes back the folder of a run that never began, and the one around it if that is left empty. */
export function releaseRun(folder: string): void {
  for (const path of [folder, dirname(folder)]) {
    if (!existsSync(path) || readdirSync(path).length > 0) return;
    rmdirSync(path);
  }
}

/** @throws InvalidInput if the folder already holds something, but for what a process left that was killed as it began. */
export function requireNewRun(folder: string): void {
  requireNewFolder('--out', folder, OR_RESUME);
}

/**
 * Makes the folder of a new run and writes its config.json: with it the run has begun.
 *
 * @param seedFolder - where the seed was read.
 * @throws InvalidInput if another run has begun there, be it in the same moment.
 */
export function beginRun(
  folder: string,
  seedFolder: string,
  {
    identity,
    config,
    comparison = null,
  }: Pick<RunRecord, 'identity' | 'config'> & Partial<Pick<RunRecord, 'comparison'>>,
  fileSystem: FileSystem = nodeFileSystem,
): void {
  requireNewRun(folder);
  makeFolder(folder, fileSystem);
  const dataFolder = folderOfTask(config);
  const seed = placeOf(seedFolder, folder);
  // a task that a program made of its own has no folder
  const data = dataFolder !== null && existsSync(dataFolder) ? placeOf(dataFolder, folder) : null;
  const record = { format: FORMAT, seed, data, identity, earlier: [], config, comparison };
  if (!writeNew(pathsOf(folder).config, printRun(record), fileSystem)) throw notNew('--out', folder, OR_RESUME);
}

/** Writes a run's config.json, in the format of today. */
export function writeRun(folder: string, record: RunRecord, fileSystem: FileSystem = nodeFileSystem): void {
  writeAtomically(pathsOf(folder).config, printRun(record), fileSystem);
}

function printRun(record: RunRecord): string {
  return `${printJson({ ...record, format: FORMAT }, 'config.json', 2)}\n`;
}

const PLACE: Fields<Place> = { relative: text, absolute: text };
const place: Check<Place> = (value, where) => readRecord(PLACE, {}, value, where);

const EARLIER: Fields<EarlierIdentity> = { untilStep: integer(1), identity: IDENTITY };
const COMPARISON: Fields<ComparisonRecord> = {
  randomSeeds: list(integer(0)),
  algorithm2: truth,
  rates: orNull(recordIn),
};

const FIELDS: Fields<RunRecord> = {
  format: oneOf([FORMAT]),
  seed: place,
  data: orNull(place),
  identity: IDENTITY,
  earlier: list((value, where) => readRecord(EARLIER, {}, value, where)),
  config: (value, where) => readTrainConfig(value, where),
  comparison: orNull((value, where) => readRecord(COMPARISON, { rates: null }, value, where)),
};

/** Reads a run's config.json. */
export function readRun(folder: string): RunRecord {
  const { config: path } = pathsOf(folder);
  if (!existsSync(path)) throw wrong(folder, 'the folder of a run, with a config.json', 'none');
  const value = recordIn(parseJson(readText(path), path), path);
  const former = formerOf(value['format']);
  const today = former === undefined ? value : { ...former(value, folder, path), format: FORMAT };
  return readRecord(FIELDS, { comparison: null }, today, path);
}

/** Whether it is a comparison of methods, each with a run of its own. One from before that was recorded has their folder. */
export function isComparison(folder: string, { comparison }: Pick<RunRecord, 'comparison'>): boolean {
  return comparison !== null || existsSync(join(folder, 'methods'));
}

/** Whether the folder holds a run (and not, say, a model). */
export function isRunFolder(folder: string): boolean {
  const { config } = pathsOf(folder);
  if (!existsSync(config) || !statSync(config).isFile()) return false;
  const value = parseJson(readText(config), config);
  return typeof value === 'object' && value !== null && 'format' in value && isRunFormat(value.format);
}

function isRunFormat(format: unknown): boolean {
  return format === FORMAT || formerOf(format) !== undefined;
}

function formerOf(format: unknown): (typeof FORMER_RUNS)[string] | undefined {
  return typeof format === 'string' && Object.hasOwn(FORMER_RUNS, format) ? FORMER_RUNS[format] : undefined;
}

/** Points `latest`, beside the run, to it. */
export function markLatest(folder: string): void {
  pointTo(join(dirname(resolve(folder)), 'latest'), resolve(folder));
}
