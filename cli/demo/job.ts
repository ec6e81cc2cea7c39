/**
 * The main job before its first step: what it is made of, whether it is new or continued.
 *
 * @module
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { TaskData } from '../../src/data/task.ts';
import { wrong } from '../../src/errors.ts';
import { resolvePointer } from '../../src/files/pointer.ts';
import { TRAIN_DEFAULTS } from '../../src/train/config.ts';
import { goOn } from '../../src/run/goOn.ts';
import { identify, type Identity } from '../../src/run/identity.ts';
import { openModel, openSeedOfRun, type OpenedModel } from '../../src/run/openModel.ts';
import {
  beginRun,
  claimRun,
  pathsOf,
  readRun,
  requireNewRun,
  writeRun,
  type RunRecord,
} from '../../src/run/runFolder.ts';
import { readTaskOfRun } from '../../src/run/runTask.ts';
import { readTask } from '../../src/data/tasks.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { findRates, judgeRates, RECORDED_RATES, type Recorded } from '../rates.ts';
import { dataPlaceOf, PLACES, requireAgreement, requireResumable } from '../resumed.ts';
import { defaultSeed } from '../seeds.ts';
import type { ThreadsOption } from '../threads.ts';
import type { DemoRequest } from './plan.ts';

/** The options of `dst demo`. */
export interface DemoOptions
  extends CommonOptions, ThreadsOption, Omit<DemoRequest, 'data' | 'test' | 'randomSeeds' | 'algorithm2'> {
  readonly data?: string;
  readonly test?: string;
  readonly randomSeed?: number;
  readonly randomSeeds?: readonly number[];
  readonly algorithm2?: boolean;
  readonly model?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly jobs?: number;
  readonly rates?: string;
  readonly acceptData?: boolean;
}

/** What is to be done, and where. */
export interface DemoJob {
  /** Null for a new one in runs/. */
  readonly folder: string | null;
  /** What it was begun with; null for a new one. */
  readonly record: RunRecord | null;
  readonly seed: OpenedModel;
  readonly task: TaskData;
  readonly identity: Identity;
  readonly request: DemoRequest;
  readonly recorded: Recorded | null;
}

/**
 * A new main job, or the one that `--resume` names.
 *
 * @param self - the command, which knows what was given.
 * @throws InvalidInput if an option says something else than the job was begun with, or its data are others.
 */
export function findJob(options: DemoOptions, self: Command, io: Io): DemoJob {
  return options.resume === undefined ? beginNew(options, io) : findOld(options.resume, options, self, io);
}

/** Writes down what the job is made of; returns its folder. */
export function openFolder(job: DemoJob, { config }: Pick<RunRecord, 'config'>): string {
  const { folder: known, record, seed, identity, recorded } = job;
  const { randomSeeds, algorithm2 } = job.request;
  const folder = known ?? claimRun('runs', 'demo', new Date());
  if (record !== null) {
    writeRun(folder, goOn(record, { folder, config: record.config, seed, identity, acceptData: true }, 0));
    return folder;
  }
  // what stands beside the seed may be searched again before all methods are begun
  const rates = recorded === null ? null : { ...recorded.rates };
  beginRun(folder, seed.folder, { identity, config, comparison: { randomSeeds, algorithm2, rates } });
  return folder;
}

function beginNew(options: DemoOptions, io: Io): DemoJob {
  if (options.acceptData === true) throw wrong('--accept-data', '--resume, to continue a run', 'a new run');
  const { task: name, data = null, test = null, steps, measureRows, algorithm2 = false, out = null } = options;
  if (options.randomSeed !== undefined && options.randomSeeds !== undefined)
    throw wrong('--random-seed', 'nothing beside --random-seeds', options.randomSeed);
  if (out !== null) requireNewRun(out);
  const randomSeeds = options.randomSeeds ?? [options.randomSeed ?? TRAIN_DEFAULTS.randomSeed];
  const request = { task: name, data, test, steps, randomSeeds, algorithm2, measureRows };
  const seed = openModel(options.model ?? defaultSeed(name, io));
  const task = readTask(request);
  const identity = identify(seed, task);
  const recorded = findRates(seed.folder, task, identity, options.rates);
  return { folder: out, record: null, seed, task, identity, request, recorded };
}

/** What may be another in each sitting of the main job. */
const FREE = ['jobs', ...PLACES];

function findOld(path: string, options: DemoOptions, self: Command, io: Io): DemoJob {
  const folder = resolvePointer(path);
  const record = readRun(folder);
  requireResumable('demo', folder, record, io);
  const { acceptData = false, out } = options;
  const isSame = out !== undefined && resolve(out) === resolve(folder);
  const { randomSeeds, algorithm2 } = record.comparison ?? {
    randomSeeds: [record.config.randomSeed],
    algorithm2: false,
  };
  const chance = { randomSeeds, randomSeed: randomSeeds.length === 1 ? randomSeeds[0] : randomSeeds, algorithm2 };
  requireAgreement(self, { ...record.config, ...chance, out: isSame ? out : folder }, FREE, folder);
  const seed = openSeedOfRun(folder, record, options.model, '--model');
  const { task, choice, config } = readTaskOfRun(
    folder,
    record,
    dataPlaceOf(record, given(self)),
    acceptData,
    options.test,
  );
  const { steps, measureRows } = config;
  const request = {
    ...choice,
    test: config.test,
    steps,
    randomSeeds,
    algorithm2,
    ...(measureRows === null ? {} : { measureRows }),
  };
  const identity = identify(seed, task);
  const recorded = recordedIn(folder, record, identity);
  return { folder, record: { ...record, config }, seed, task, identity, request, recorded };
}

/** The task as far as the user named it: --task has a default. */
function given(self: Command): { readonly task?: string; readonly data?: string } {
  const isGiven = self.getOptionValueSource('task') === 'cli';
  const { task, data }: DemoOptions = self.opts();
  return { ...(isGiven ? { task } : {}), ...(data === undefined ? {} : { data }) };
}

/** The rates that all methods of a main job begin with, as they were when it began. */
function recordedIn(folder: string, { comparison }: RunRecord, identity: Identity): Recorded | null {
  const rates = comparison?.rates ?? null;
  if (rates === null) return null;
  const where = `${pathsOf(folder).config}: comparison.rates`;
  return judgeRates(where, RECORDED_RATES(rates, where), identity);
}
