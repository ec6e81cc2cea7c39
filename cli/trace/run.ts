/**
 * The events of a run's first steps: the run is made again, which gives the same bits.
 *
 * @module
 */
import type { TraceEvent } from '../../src/dst/trace.ts';
import { wrong } from '../../src/errors.ts';
import { resolvePointer } from '../../src/files/pointer.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { createDstLearner, createProblemOf } from '../../src/train/dstLearner.ts';
import { runLoop } from '../../src/train/loop.ts';
import { openSeedOfRun } from '../../src/train/models.ts';
import { createOptimizer, createSchedule } from '../../src/train/optimization.ts';
import { readRun } from '../../src/train/runFolder.ts';
import { readTaskOfRun } from '../../src/train/runTask.ts';
import { createTaskBatches } from '../../src/train/taskBatches.ts';

/** Hands each event of the first `steps` steps of the run in that folder to `sink`. */
export async function traceRun(
  path: string,
  steps: number,
  sink: (event: TraceEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const folder = resolvePointer(path);
  const record = readRun(folder);
  const { config } = record;
  if (config.method === 'full') throw wrong(path, 'a run of DST', 'full fine-tuning, which has no events of DST');
  const model = openSeedOfRun(folder, record);
  const { task } = readTaskOfRun(folder, record, null, false);
  const kernels = createKernels(config.kernels);
  const seed = kernels.memory.copyOf(model.theta);
  const problem = createProblemOf(config, kernels, createOptimizer(config), model.layout, seed);
  await runLoop(
    {
      kernels,
      parameters: model.layout,
      learner: createDstLearner(problem, config.seed, null, sink),
      schedule: createSchedule(config),
      batches: createTaskBatches(task, model.model, config).batches,
      clip: config.clip,
      dropout: config.dropout,
      seed: config.seed,
    },
    0,
    Math.min(steps, config.steps),
    () => undefined,
    signal,
  );
  signal.throwIfAborted();
}
