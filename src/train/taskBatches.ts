/**
 * A task as batches: which examples a step sees is a pure function of the seed and the step.
 *
 * @module
 */
import { indicesOfStep } from '../data/order.ts';
import { batchPacked, checkLengths } from '../data/rows.ts';
import type { TaskData } from '../data/task.ts';
import { readFolder } from '../data/folder.ts';
import { readSupersense } from '../data/supersense.ts';
import { wrong } from '../errors.ts';
import type { Batch } from '../nn/batch.ts';
import { encodeExample } from '../text/document.ts';
import type { Tokenizer } from '../text/tokenizer.ts';

/** The tasks that need no folder. */
export const TASK_NAMES = ['supersense'] as const;

export const SPLITS = ['train', 'development', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** The task of that name, or the one in that folder. */
export function readTask(task: string): TaskData {
  return task === 'supersense' ? readSupersense() : readFolder(task);
}

/**
 * Checks that rows that are to be measured fit into the context, before anything is done with them.
 *
 * @throws InvalidInput naming the first row that does not.
 */
export function checkRows(
  task: TaskData,
  split: Split,
  count: number | null,
  tokenizer: Tokenizer,
  context: number,
): void {
  const rows = task[split].slice(0, count ?? undefined);
  const sequences = rows.map(({ text, label }) => encodeExample(tokenizer, text, label));
  checkLengths(sequences, context, 'refuse', `task ${task.name}: ${split}`);
}

/** Places a packed row has at least, so that short examples share one. */
const LEAST_LENGTH = 64;

/**
 * The micro-batches of each step of fine-tuning.
 *
 * @throws InvalidInput where the training split is empty, or an example does not fit into the context.
 */
export function createTaskBatches(
  task: TaskData,
  tokenizer: Tokenizer,
  context: number,
  sizes: { readonly batch: number; readonly accumulation: number; readonly seed: number },
): (step: number) => readonly Batch[] {
  if (task.train.length === 0) throw wrong(`task ${task.name}: train`, 'at least one example', 'none');
  const encoded = task.train.map(({ text, label }) => encodeExample(tokenizer, text, label));
  const sequences = checkLengths(encoded, context, 'refuse', `task ${task.name}: train`);
  const part = Math.ceil(sizes.batch / sizes.accumulation);
  return (step) => {
    const chosen = [...indicesOfStep(step, sizes.batch, sequences.length, sizes.seed)].map((i) => sequences[i]);
    const batches: Batch[] = [];
    for (let start = 0; start < chosen.length; start += part) {
      const members = chosen.slice(start, start + part);
      const longest = Math.max(...members.map(({ tokens }) => tokens.length));
      batches.push(batchPacked(members, Math.min(context, Math.max(longest, LEAST_LENGTH)), context));
    }
    return batches;
  };
}
