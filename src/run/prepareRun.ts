/**
 * A fine-tuning run, made ready: everything is read and checked, nothing has been written.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import type { TaskData } from '../data/task.ts';
import { wrong } from '../errors.ts';
import { nodeFileSystem, type FileSystem } from '../files/fileSystem.ts';
import { createKernels } from '../kernel/create.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { Memory } from '../kernel/memory.ts';
import type { Profile } from '../kernel/profile.ts';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { TrainConfig } from '../train/config.ts';
import { longestAnswer, type Answerer, type Evaluation } from '../train/evaluate.ts';
import { describeEarlier, goOn, requireSameRun, runFingerprintOf } from './goOn.ts';
import { identify, type Identity } from './identity.ts';
import { Checkpointer } from './checkpointer.ts';
import type { Learner } from '../train/learner.ts';
import type { Loop, StepRecord } from '../train/loop.ts';
import { METHODS } from '../train/methods.ts';
import type { OpenedModel } from './openModel.ts';
import { createOptimizer, createSchedule } from '../train/optimization.ts';
import { profiledLearner, profiledOptimizer } from '../train/profiled.ts';
import { pathsOf, readRun, type RunRecord } from './runFolder.ts';
import { Snapshots } from './snapshots.ts';
import { checkRows, createTaskBatches } from '../train/taskBatches.ts';
import { checkTexts } from '../train/textWarnings.ts';

/** What somebody who watches is told. */
export interface TrainWatcher {
  /** Everything was read and checked; from here on the run's folder is there. */
  begun(folder: string): void;
  step(record: StepRecord, steps: number): void;
  development(step: number, evaluation: Evaluation): void;
  warning(words: string): void;
  /** The final measurement: how many of its rows are answered, first 0, and then after each token. */
  measuring(answered: number, rows: number): void;
}

export interface FinetuneOptions {
  readonly config: TrainConfig;
  readonly seed: OpenedModel;
  readonly task: TaskData;
  /**
   * Where the run goes: a new or an empty folder, or with `resume` that of the run. A function makes the folder of a new run:
   * it is called once everything has been read and checked, so that whatever ends the process before leaves none.
   */
  readonly folder: string | (() => string);
  readonly resume: boolean;
  /** Continue even with other data than those that the run was begun with; the result then says both. */
  readonly acceptData?: boolean;
  readonly signal: AbortSignal;
  readonly watcher: TrainWatcher;
  /** How many work on one kernel, 1 by default; no bit of the run depends on it, so it is no part of the config. */
  readonly threads?: number;
  readonly checkpointSeconds: number;
  /** Also save after this many steps; null for no. */
  readonly checkpointSteps: number | null;
  readonly fileSystem?: FileSystem;
  /** Is told where the steps' time goes, if it is given. No bit of the run depends on it. */
  readonly profile?: Profile | undefined;
}

/** Snapshots of the changed set that a run takes. */
const SNAPSHOTS = 10;

/** A run at work. */
export interface Run {
  /** What it was asked for with; its folder is there. */
  readonly options: FinetuneOptions & { readonly folder: string; readonly fileSystem: FileSystem };
  readonly kernels: Kernels;
  /** θ⁰ in the kernels' memory. */
  readonly seed: Float32Array;
  readonly learner: Learner;
  readonly warnings: readonly string[];
  readonly loop: Loop;
  /** The most tokens of an answer. */
  readonly maximumTokens: number;
  readonly snapshots: Snapshots;
  readonly snapshotSteps: ReadonlySet<number>;
  readonly checkpointer: Checkpointer;
  readonly checkpoint: Checkpoint | null;
  readonly identity: Identity;
  /** The record of a run that is continued, brought up to date; null for a new one. */
  readonly record: RunRecord | null;
}

/**
 * Makes a run ready.
 *
 * @throws InvalidInput for whatever is wrong with its config, its seed, its task or its checkpoint.
 */
export function prepareRun(options: FinetuneOptions): Run {
  const { config, seed: opened, task, watcher } = options;
  const { model } = opened;
  const identity = identify(opened, task);
  const { fingerprint, checkpoint, record } = options.resume
    ? readBegun(options, identity)
    : { fingerprint: runFingerprintOf({ config, identity, earlier: [] }), checkpoint: null, record: null };
  checkRows(task, config.measure, config.measureRows, model);
  if (config.evaluateEvery > 0) checkRows(task, 'development', config.evaluateRows, model);
  const { profile } = options;
  const plain = createKernels(config.kernels, new Memory(), { threads: options.threads ?? 1 });
  const kernels = profile?.kernels(plain) ?? plain;
  const seed = kernels.memory.copyOf(opened.theta);
  const optimizer = profiledOptimizer(createOptimizer(config), profile);
  const method = METHODS[config.method];
  const made = method.create({
    config,
    kernels,
    optimizer,
    parameters: model.parameters,
    seed,
    saved: checkpoint,
  });
  const learner = profiledLearner(made, method.profiledAs, profile);
  const { batches, leftOut } = createTaskBatches(task, model, config);
  const warnings = [
    ...(record === null ? [] : describeEarlier(record)),
    ...(task.notes ?? []),
    ...checkTexts(model, task),
    ...(leftOut === 0 ? [] : [`${leftOut} training rows are longer than the context and left out`]),
    ...learner.warnings,
  ];
  for (const warning of warnings) watcher.warning(warning);
  const snapshots = new Snapshots(seed.length);
  if (checkpoint !== null) snapshots.restore(checkpoint.vectors);
  const folder = typeof options.folder === 'string' ? options.folder : options.folder();
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  return {
    options: { ...options, folder, fileSystem },
    kernels,
    seed,
    learner,
    warnings,
    loop: {
      kernels,
      parameters: model.parameters,
      learner,
      schedule: createSchedule(config),
      batches,
      clip: config.clip,
      dropout: config.dropout,
      randomSeed: config.randomSeed,
      profile,
    },
    maximumTokens: longestAnswer(model, task),
    snapshots,
    snapshotSteps: method.stores === 'subset' ? Snapshots.steps(SNAPSHOTS, config.steps) : new Set(),
    checkpointer: new Checkpointer({
      path: pathsOf(folder).checkpoint,
      origin: { run: fingerprint, identity },
      everySeconds: options.checkpointSeconds,
      everySteps: options.checkpointSteps,
      secondsBefore: checkpoint?.seconds ?? 0,
      fileSystem,
    }),
    checkpoint,
    identity,
    record,
  };
}

/** What a run that is continued left: what its checkpoints are known by, its checkpoint, and its record brought up to date. */
function readBegun(
  { folder, config, seed, acceptData = false }: FinetuneOptions,
  identity: Identity,
): { readonly fingerprint: string; readonly checkpoint: Checkpoint | null; readonly record: RunRecord } {
  if (typeof folder !== 'string') throw wrong('finetune: folder', 'that of the run to continue', folder);
  const sitting = { folder, config, seed, identity, acceptData };
  const begun = readRun(folder);
  requireSameRun(begun, sitting);
  const fingerprint = runFingerprintOf(begun);
  const { checkpoint: path } = pathsOf(folder);
  const checkpoint = existsSync(path) ? readCheckpoint(path, fingerprint) : null;
  return { fingerprint, checkpoint, record: goOn(begun, sitting, checkpoint?.step ?? 0) };
}

/** The model as it is now. */
export function answererOf({ options, kernels, learner }: Run): Answerer {
  return { model: options.seed.model, kernels, theta: learner.theta };
}
