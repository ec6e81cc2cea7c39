/**
 * A run's folder: config.json, events.jsonl, checkpoint.safetensors while it runs, subset.safetensors or model/,
 * result.json, and DONE last. `latest` beside it points to the newest one.
 *
 * @module
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { wrong } from '../errors.ts';
import { makeFolder, readText, writeAtomically } from '../files/atomic.ts';
import { nodeFileSystem, type FileSystem } from '../files/fileSystem.ts';
import { pointTo } from '../files/pointer.ts';
import { parseJson } from '../text/json.ts';
import { readTrainConfig, type TrainConfig } from './config.ts';
import { readRecord, text, type Fields } from '../kinds.ts';

/** Name and version of config.json. */
const FORMAT = 'dynamic-subset-tuning/run/1';

/** What config.json says. */
export interface RunRecord {
  readonly format: string;
  /** The seed's folder; in the file relative to the run's, so that both can move together. */
  readonly seed: string;
  /** The seed's fingerprint: 64 hexadecimal digits. */
  readonly seedFingerprint: string;
  readonly config: TrainConfig;
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
 * A name for a new run that sorts by time: `2026-11-23-190512-dst`, with a number behind it where that is taken.
 */
export function nameRun(root: string, label: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const base = join(root, `${stamp}-${label}`);
  for (let i = 1; ; i++) {
    const path = i === 1 ? base : `${base}-${i}`;
    if (!existsSync(path)) return path;
  }
}

/** @throws InvalidInput where the folder already holds something. */
export function requireNewRun(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw wrong('--out', 'a new or an empty folder (or --resume)', folder);
  }
}

/** Makes the folder of a new run and writes its config.json. */
export function beginRun(
  folder: string,
  record: Omit<RunRecord, 'format'>,
  fileSystem: FileSystem = nodeFileSystem,
): void {
  requireNewRun(folder);
  makeFolder(folder, fileSystem);
  const seed = relative(resolve(folder), resolve(record.seed));
  const value = { format: FORMAT, ...record, seed };
  writeAtomically(pathsOf(folder).config, `${JSON.stringify(value, null, 2)}\n`, fileSystem);
}

const FIELDS: Fields<RunRecord> = {
  format: (value, where) => {
    if (value !== FORMAT) throw wrong(where, FORMAT, value);
    return FORMAT;
  },
  seed: text,
  seedFingerprint: text,
  config: (value, where) => readTrainConfig(value, where),
};

/** Reads a run's config.json; `seed` comes back as a path that can be opened from here. */
export function readRun(folder: string): RunRecord {
  const { config } = pathsOf(folder);
  if (!existsSync(config)) throw wrong(folder, 'the folder of a run, with a config.json', 'none');
  const record = readRecord(FIELDS, {}, parseJson(readText(config), config), config);
  return { ...record, seed: isAbsolute(record.seed) ? record.seed : join(folder, record.seed) };
}

/** Whether the folder holds a run (and not, say, a model). */
export function isRunFolder(folder: string): boolean {
  const { config } = pathsOf(folder);
  if (!existsSync(config)) return false;
  const value = parseJson(readText(config), config);
  return typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT;
}

/** Points `latest`, beside the run, to it. */
export function markLatest(folder: string): void {
  pointTo(join(dirname(resolve(folder)), 'latest'), resolve(folder));
}
