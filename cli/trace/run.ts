/**
 * The events of a run's first steps: the run is made again, which gives the same bits.
 *
 * @module
 */
import type { Command } from 'commander';
import type { TraceEvent } from '../../src/dst/trace.ts';
import { wrong } from '../../src/errors.ts';
import { resolvePointer } from '../../src/files/pointer.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { runLoop } from '../../src/train/loop.ts';
import { METHODS } from '../../src/train/methods.ts';
import { openSeedOfRun } from '../../src/run/openModel.ts';
import { createOptimizer, createSchedule } from '../../src/train/optimization.ts';
import { readRun } from '../../src/run/runFolder.ts';
import { readTaskOfRun } from '../../src/run/runTask.ts';
import { createTaskBatches } from '../../src/train/taskBatches.ts';
import { during, type Progress } from '../progress.ts';
import { dataPlaceOf, PLACES, requireAgreement } from '../resumed.ts';

/** How much of a run is traced, and where its parts lie now. */
export interface TraceOptions {
  readonly steps: number;
  readonly seed?: string;
  readonly task?: string;
  readonly data?: string;
  readonly acceptData?: boolean;
}

/**
 * Hands each event of the first steps of the run in that folder to `sink`.
 *
 * @throws InvalidInput if an option says something else than the run was made with, or its data are others now.
 */
export async function traceRun(
  path: string,
  options: TraceOptions,
  self: Command,
  sink: (event: TraceEvent) => void,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const folder = resolvePointer(path);
  const record = readRun(folder);
  const { config } = record;
  const method = METHODS[config.method];
  if (method.mask === null) throw wrong(path, 'a run of DST', `${method.label}, which has no events of DST`);
  requireAgreement(self, { ...config }, ['run', 'steps', 'seed', ...PLACES], folder);
  const model = during(progress, 'reading the seed', () => openSeedOfRun(folder, record, options.seed));
  const { task } = during(progress, 'reading the data', () =>
    readTaskOfRun(folder, record, dataPlaceOf(record, options), options.acceptData ?? false),
  );
  const kernels = createKernels(config.kernels);
  const seed = kernels.memory.copyOf(model.theta);
  const learner = method.create({
    config,
    kernels,
    optimizer: createOptimizer(config),
    parameters: model.parameters,
    seed,
    saved: null,
    trace: sink,
  });
  const { batches } = during(progress, 'reading the texts as tokens', () =>
    createTaskBatches(task, model.model, config),
  );
  await runLoop(
    {
      kernels,
      parameters: model.parameters,
      learner,
      schedule: createSchedule(config),
      batches,
      clip: config.clip,
      dropout: config.dropout,
      randomSeed: config.randomSeed,
    },
    0,
    Math.min(options.steps, config.steps),
    () => undefined,
    signal,
  );
  signal.throwIfAborted();
}
