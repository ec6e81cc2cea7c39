/**
 * A fine-tuning run from its config to its folder: it can be stopped at any moment and continues to the same bits.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { openEventLog, truncateEvents, type EventLog } from '../files/events.ts';
import { Profile } from '../kernel/profile.ts';
import {
  callable,
  checkOptions,
  float32,
  having,
  instance,
  integer,
  list,
  optional,
  orNull,
  real,
  text,
  truth,
  type Kinds,
} from '../kinds.ts';
import { readTrainConfig } from '../train/config.ts';
import { evaluate } from '../train/evaluate.ts';
import { finishRun } from './finishRun.ts';
import { runLoop, type StepRecord } from '../train/loop.ts';
import { answererOf, prepareRun, type FinetuneOptions, type Run } from './prepareRun.ts';
import { readResult, type TrainResult } from './result.ts';
import { beginRun, pathsOf, requireNewRun, writeRun } from './runFolder.ts';

const rows = list(having('an example { text, label }', {}));

const OPTIONS: Kinds<FinetuneOptions> = {
  config: readTrainConfig,
  seed: having('a seed, as openModel gives one', { folder: text, theta: float32, fingerprint: text }),
  task: having('a task, as readTask gives one', { train: rows, development: rows, test: rows }),
  folder: (value, where) => (typeof value === 'function' ? callable(value, where) : text(value, where)),
  resume: truth,
  signal: instance(AbortSignal, 'an AbortSignal'),
  watcher: having('a watcher', {
    begun: callable,
    step: callable,
    development: callable,
    warning: callable,
    measuring: callable,
  }),
  acceptData: optional(truth),
  threads: optional(integer(1)),
  checkpointSeconds: real,
  checkpointSteps: orNull(integer(1)),
  fileSystem: optional(having('a file system', {})),
  profile: optional(instance(Profile, 'a Profile')),
};

/**
 * Runs, or continues, a fine-tuning run.
 *
 * @returns what it came to, or the step after which it was stopped.
 * @throws {@link InvalidInput} for an option that is not what it should be, before anything is written.
 */
export async function finetune(options: FinetuneOptions): Promise<TrainResult | { readonly stoppedAfter: number }> {
  checkOptions(OPTIONS, options, 'finetune');
  if (typeof options.folder === 'string') {
    const { done, result } = pathsOf(options.folder);
    if (!options.resume) requireNewRun(options.folder);
    else if (existsSync(done)) return readResult(result);
  }
  const run = prepareRun(options);
  const { config, seed, folder, watcher, signal, fileSystem } = run.options;
  const paths = pathsOf(folder);
  // Whatever is wrong with the input has been said by now: a refused run leaves nothing behind.
  if (run.record === null) beginRun(folder, seed.folder, { identity: run.identity, config }, fileSystem);
  else writeRun(folder, run.record, fileSystem);
  watcher.begun(folder);
  truncateEvents(paths.events, run.checkpoint?.step ?? -1, fileSystem);
  const log = openEventLog(paths.events, fileSystem);
  try {
    if (run.checkpoint === null)
      log.append({ step: 0, kind: 'start', size: run.seed.length, silos: run.learner.siloNames });
    const made = (record: StepRecord): void => {
      afterStep(run, log, record);
      watcher.step(record, config.steps);
      // The last step is saved too, so that a run that is stopped while it is measured has lost none.
      if (record.step === config.steps || run.checkpointer.isDue(record.step)) saveRun(run, log);
    };
    const last = await runLoop(run.loop, run.checkpoint?.step ?? 0, config.steps, made, signal);
    if (last < config.steps) {
      saveRun(run, log);
      return { stoppedAfter: last };
    }
  } finally {
    log.close();
  }
  return finishRun(run);
}

function afterStep(run: Run, log: EventLog, record: StepRecord): void {
  const { config, task, watcher } = run.options;
  const { step, loss, learningRate, gradientNorm } = record;
  const changed = run.kernels.countDifferent(run.learner.theta, run.seed);
  const thresholds = Array.from(run.learner.thresholds(), (tau) => (Number.isFinite(tau) ? tau : String(tau)));
  log.append({ step, kind: 'step', loss, learningRate, gradientNorm, changed, thresholds });
  if (run.snapshotSteps.has(step)) run.snapshots.take(step, run.seed, run.learner.theta);
  if (config.evaluateEvery > 0 && (step % config.evaluateEvery === 0 || step === config.steps)) {
    const rows = task.development.slice(0, config.evaluateRows);
    if (rows.length === 0) return;
    const evaluation = evaluate(answererOf(run), task, rows, { maximumTokens: run.maximumTokens });
    const { value, low, high, correct, count } = evaluation;
    log.append({ step, kind: 'development', value, low, high, correct, count });
    watcher.development(step, evaluation);
  }
}

function saveRun(run: Run, log: EventLog): void {
  log.sync(); // no checkpoint may be ahead of the events that led to it
  const saved = run.learner.save();
  run.checkpointer.save({ step: saved.step, vectors: new Map([...saved.vectors, ...run.snapshots.save()]) });
}
