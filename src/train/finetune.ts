/**
 * A fine-tuning run from its config to its folder: it can be stopped at any moment and goes on to the same bits.
 *
 * @module
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Example, TaskData } from '../data/task.ts';
import { findWarnings } from '../dst/warnings.ts';
import { wrong } from '../errors.ts';
import { writeAtomically } from '../files/atomic.ts';
import { openEventLog, truncateEvents, type EventLog } from '../files/events.ts';
import { nodeFileSystem, type FileSystem } from '../files/fileSystem.ts';
import { fingerprint } from '../files/fingerprint.ts';
import { writeModelFolder } from '../files/modelFolder.ts';
import { createArtifact, writeSubset } from '../files/subsetFile.ts';
import { createKernels } from '../kernel/create.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { fingerprintOf, readCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { TrainConfig } from './config.ts';
import { createDstLearner, createProblemOf } from './dstLearner.ts';
import { evaluate, type Answerer, type Evaluation } from './evaluate.ts';
import { Keeper } from './keeper.ts';
import { createFullLearner, type Learner } from './learner.ts';
import { runLoop, type StepRecord } from './loop.ts';
import type { OpenedModel } from './models.ts';
import { createOptimizer, createSchedule } from './optimization.ts';
import { computePlacement, readResult, type TrainResult } from './result.ts';
import { beginRun, pathsOf, requireNewRun } from './runFolder.ts';
import { Snapshots } from './snapshots.ts';
import { createTaskBatches } from './taskBatches.ts';

/** What somebody who watches is told. */
export interface TrainWatcher {
  /** Everything was read and checked; from here on the run's folder is there. */
  begun(): void;
  step(record: StepRecord, steps: number): void;
  development(step: number, evaluation: Evaluation): void;
  warning(words: string): void;
  /** The final measurement begins. */
  measuring(): void;
}

export interface FinetuneOptions {
  readonly config: TrainConfig;
  readonly seed: OpenedModel;
  readonly task: TaskData;
  /** Where the run goes: a new or an empty folder, or with `resume` that of the run. */
  readonly folder: string;
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly watcher: TrainWatcher;
  readonly checkpointSeconds: number;
  /** Also save every so many steps; null for no. */
  readonly checkpointSteps: number | null;
  readonly fileSystem?: FileSystem;
}

/** Snapshots of the changed set that a run takes. */
const SNAPSHOTS = 10;
/** Test rows whose answers are kept to be shown. */
const SAMPLES = 12;

/**
 * Runs, or goes on with, a fine-tuning run.
 *
 * @returns what it came to, or the step after which it was stopped.
 */
export async function finetune(options: FinetuneOptions): Promise<TrainResult | { readonly stoppedAfter: number }> {
  const paths = pathsOf(options.folder);
  if (options.resume && existsSync(paths.done)) return readResult(paths.result);
  const { config, seed, folder, watcher, signal } = options;
  if (!options.resume) requireNewRun(folder);
  const run = prepare(options);
  // Whatever is wrong with the input has been said by now: a refused run leaves nothing behind.
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  if (!options.resume) beginRun(folder, { seed: seed.folder, seedFingerprint: seed.fingerprint, config }, fileSystem);
  watcher.begun();
  truncateEvents(paths.events, run.checkpoint?.step ?? -1, fileSystem);
  const log = openEventLog(paths.events, fileSystem);
  try {
    if (run.checkpoint === null) log.append({ step: 0, kind: 'start', size: run.seed.length, silos: run.siloNames });
    const last = await runLoop(run.loop, run.checkpoint?.step ?? 0, config.steps, (record) => {
      afterStep(options, run, log, record);
      watcher.step(record, config.steps);
      if (signal.aborted || run.keeper.isDue(record.step)) saveRun(run, log);
      return !signal.aborted;
    });
    if (last < config.steps) return { stoppedAfter: last };
  } finally {
    log.close();
  }
  return finish(options, run);
}

interface Run {
  readonly kernels: Kernels;
  /** θ⁰ in the kernels' memory. */
  readonly seed: Float32Array;
  readonly learner: Learner;
  readonly siloNames: readonly string[];
  readonly warnings: readonly string[];
  readonly loop: Parameters<typeof runLoop>[0];
  readonly snapshots: Snapshots;
  readonly snapshotSteps: ReadonlySet<number>;
  readonly keeper: Keeper;
  readonly checkpoint: Checkpoint | null;
}

function prepare(options: FinetuneOptions): Run {
  const { config, seed: model, task, watcher } = options;
  const paths = pathsOf(options.folder);
  const runFingerprint = fingerprintOf('train', config, model.fingerprint);
  const checkpoint =
    options.resume && existsSync(paths.checkpoint) ? readCheckpoint(paths.checkpoint, runFingerprint) : null;
  const kernels = createKernels(config.kernels);
  const seed = kernels.memory.copyOf(model.theta);
  const optimizer = createOptimizer(config);
  const problem = config.method === 'full' ? null : createProblemOf(config, kernels, optimizer, model.layout, seed);
  const warnings = problem === null ? [] : findWarnings(problem);
  for (const warning of warnings) watcher.warning(warning);
  const learner =
    problem === null
      ? createFullLearner(kernels, optimizer, model.layout, seed, checkpoint)
      : createDstLearner(problem, config.seed, checkpoint);
  const snapshots = new Snapshots(seed.length);
  if (checkpoint !== null) snapshots.restore(checkpoint.vectors);
  return {
    kernels,
    seed,
    learner,
    siloNames: problem?.silos.map(({ name }) => name) ?? [],
    warnings,
    loop: {
      kernels,
      decoder: model.decoder,
      learner,
      schedule: createSchedule(config),
      batches: createTaskBatches(task, model.tokenizer, model.decoder.config.context, config),
      clip: config.clip,
      dropout: config.dropout,
      seed: config.seed,
    },
    snapshots,
    snapshotSteps: problem === null ? new Set() : Snapshots.steps(SNAPSHOTS, config.steps),
    keeper: new Keeper({
      path: paths.checkpoint,
      runFingerprint,
      everySeconds: options.checkpointSeconds,
      everySteps: options.checkpointSteps,
      secondsBefore: checkpoint?.seconds ?? 0,
      fileSystem: options.fileSystem ?? nodeFileSystem,
    }),
    checkpoint,
  };
}

function afterStep(options: FinetuneOptions, run: Run, log: EventLog, record: StepRecord): void {
  const { config, task, watcher } = options;
  const { step, loss, learningRate, gradientNorm } = record;
  const changed = run.kernels.countDifferent(run.learner.theta, run.seed);
  const thresholds = Array.from(run.learner.thresholds(), (tau) => (Number.isFinite(tau) ? tau : String(tau)));
  log.append({ step, kind: 'step', loss, learningRate, gradientNorm, changed, thresholds });
  if (run.snapshotSteps.has(step)) run.snapshots.take(step, run.seed, run.learner.theta);
  if (config.evaluateEvery > 0 && (step % config.evaluateEvery === 0 || step === config.steps)) {
    const rows = task.development.slice(0, config.evaluateRows);
    if (rows.length === 0) return;
    const evaluation = evaluate(answererOf(options, run), rows, task.labels);
    const { value, low, high, correct, count } = evaluation;
    log.append({ step, kind: 'development', value, low, high, correct, count });
    watcher.development(step, evaluation);
  }
}

function saveRun(run: Run, log: EventLog): void {
  log.sync(); // no checkpoint may be ahead of the events that led to it
  const saved = run.learner.save();
  run.keeper.save({ step: saved.step, vectors: new Map([...saved.vectors, ...run.snapshots.save()]) });
}

function answererOf(options: FinetuneOptions, run: Run): Answerer {
  const { decoder, tokenizer } = options.seed;
  return { kernels: run.kernels, decoder, theta: run.learner.theta, tokenizer };
}

function finish(options: FinetuneOptions, run: Run): TrainResult {
  const { config, seed: model, task, folder, watcher } = options;
  const paths = pathsOf(folder);
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  const seconds = run.keeper.seconds;
  const theta = run.learner.theta;
  const bytes = store(options, run, fileSystem);
  watcher.measuring();
  const rows = rowsToMeasure(task, config);
  const evaluation = evaluate(answererOf(options, run), rows, task.labels);
  const { value, low, high, correct, count, answers } = evaluation;
  const placement = computePlacement(run.kernels, model.layout, run.seed, theta);
  const changed = placement.reduce((sum, part) => sum + part.changed, 0);
  const result: TrainResult = {
    method: config.method,
    epsilon: config.method === 'full' ? null : config.epsilon,
    learningRate: config.learningRate,
    steps: config.steps,
    task: task.name,
    split: config.measure,
    metric: { value, low, high, correct, count },
    size: theta.length,
    changed,
    realisedFraction: changed / theta.length,
    bytes,
    seconds,
    placement,
    overlap: run.snapshots.table(),
    samples: rows.slice(0, SAMPLES).map(({ text, label }, i) => ({ text, expected: label, answer: answers[i] })),
    fingerprint: fingerprint(theta, model.layout).total,
    warnings: run.warnings,
  };
  writeAtomically(paths.result, `${JSON.stringify(result, null, 2)}\n`, fileSystem);
  writeAtomically(paths.done, '', fileSystem);
  rmSync(paths.checkpoint, { force: true });
  return result;
}

/** Writes the subset, or the whole model after full fine-tuning; returns the bytes of it. */
function store(options: FinetuneOptions, run: Run, fileSystem: FileSystem): number {
  const { config, seed: model, folder } = options;
  const paths = pathsOf(folder);
  if (config.method === 'full') {
    const { decoder, tokenizer, layout } = model;
    writeModelFolder(paths.model, { config: decoder.config, theta: run.learner.theta, tokenizer, layout }, fileSystem);
    return statSync(join(paths.model, 'model.safetensors')).size;
  }
  const about = {
    epsilon: String(config.epsilon),
    silos: config.silos,
    distance: config.distance,
    method: config.method,
  };
  const bytes = writeSubset(createArtifact(run.seed, run.learner.theta, model.layout, about));
  writeAtomically(paths.subset, bytes, fileSystem);
  return bytes.length;
}

function rowsToMeasure(task: TaskData, config: TrainConfig): readonly Example[] {
  const rows = config.measure === 'test' ? task.test : task.development;
  if (rows.length === 0) throw wrong(`task ${task.name}: ${config.measure}`, 'at least one example', 'none');
  return config.measureRows === null ? rows : rows.slice(0, config.measureRows);
}
