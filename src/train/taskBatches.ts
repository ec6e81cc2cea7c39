/**
 * A task as batches: which examples a step sees is a pure function of the seed and the step.
 *
 * @module
 */
import { indicesOfStep } from '../data/order.ts';
import type { Split, TaskData } from '../data/task.ts';
import { wrong } from '../errors.ts';
import type { MicroBatch, TextModel } from '../models/textModel.ts';

/**
 * Checks that rows that are to be measured can be read, before anything is done with them.
 *
 * @throws InvalidInput naming the first row that cannot.
 */
export function checkRows(task: TaskData, split: Split, count: number | null, model: TextModel): void {
  model.requireReadable(task[split].slice(0, count ?? undefined), `task ${task.name}: ${split}`);
}

/** What fine-tuning is fed with. */
export interface TaskBatches {
  /** The micro-batches of a step, which counts from 1. */
  readonly batches: (step: number) => readonly MicroBatch[];
  /** Training rows that are longer than the context and left out. */
  readonly leftOut: number;
}

/**
 * The micro-batches of each step of fine-tuning.
 *
 * @throws InvalidInput if the training split is empty, an example does not fit into the context and the task does not
 * let it be left out, or none fits.
 */
export function createTaskBatches(
  task: TaskData,
  model: TextModel,
  sizes: { readonly batch: number; readonly accumulation: number; readonly randomSeed: number },
): TaskBatches {
  const where = `task ${task.name}: train`;
  const dataset = model.dataset(task.train, task.tooLong, where);
  if (dataset.count === 0)
    throw wrong(where, 'at least one example that fits into the context', `none of ${dataset.leftOut}`);
  const atOnce = Math.ceil(sizes.batch / sizes.accumulation);
  return {
    batches: (step) => dataset.batches([...indicesOfStep(step, sizes.batch, dataset.count, sizes.randomSeed)], atOnce),
    leftOut: dataset.leftOut,
  };
}
