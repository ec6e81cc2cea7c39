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
import { openModel } from '../../src/train/models.ts';
import { createOptimizer, createSchedule } from '../../src/train/optimization.ts';
import { readRun } from '../../src/train/runFolder.ts';
import { createTaskBatches } from '../../src/train/taskBatches.ts';
import { readTask } from '../../src/train/tasks.ts';

/** Hands each event of the first `steps` steps of the run in that folder to `sink`. */
export async function traceRun(path: string, steps: number, sink: (event: TraceEvent) => void): Promise<void> {
  const { config, seed: folder } = readRun(resolvePointer(path));
  if (config.method === 'full') throw wrong(path, 'a run of DST', 'full fine-tuning, which has no events of DST');
  const model = openModel(folder);
  const kernels = createKernels(config.kernels);
  const seed = kernels.memory.copyOf(model.theta);
  const problem = createProblemOf(config, kernels, createOptimizer(config), model.layout, seed);
  await runLoop(
    {
      kernels,
      parameters: model.layout,
      learner: createDstLearner(problem, config.seed, null, sink),
      schedule: createSchedule(config),
      batches: createTaskBatches(readTask(config), model.model, config).batches,
      clip: config.clip,
      dropout: config.dropout,
      seed: config.seed,
    },
    0,
    Math.min(steps, config.steps),
    () => true,
  );
}
