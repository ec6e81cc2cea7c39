/**
 * A training run as specs make it: in silence, with a checkpoint only when it is stopped.
 *
 * @module
 */
import { readTask } from '../../../src/data/tasks.ts';
import { openModel } from '../../../src/run/openModel.ts';
import { finetune } from '../../../src/run/finetune.ts';
import type { FinetuneOptions } from '../../../src/run/prepareRun.ts';
import type { TrainConfig } from '../../../src/train/config.ts';
import type { TrainResult } from '../../../src/run/result.ts';
import { silentWatcher } from './fixture.ts';

/** Runs a config in a folder; `more` takes the place of what every such run has. */
export function trainIn(
  folder: string,
  config: TrainConfig,
  more: Partial<FinetuneOptions> = {},
): ReturnType<typeof finetune> {
  return finetune({
    config,
    seed: more.seed ?? openModel(config.model),
    task: more.task ?? readTask(config),
    folder,
    resume: false,
    signal: new AbortController().signal,
    watcher: silentWatcher,
    checkpointSeconds: Infinity,
    checkpointSteps: null,
    ...more,
  });
}

/** The same to its end. */
export async function resultOfRun(...run: Parameters<typeof trainIn>): Promise<TrainResult> {
  const found = await trainIn(...run);
  if ('stoppedAfter' in found) throw new Error(`expected the run to end, got a stop after ${found.stoppedAfter} steps`);
  return found;
}

/** What {@link trainIn} may be given to stop it after a step as Ctrl-C does. */
export function stopAfter(stop: number): Pick<FinetuneOptions, 'signal' | 'watcher'> {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    watcher: { ...silentWatcher, step: ({ step }) => (step >= stop ? controller.abort() : undefined) },
  };
}
