/**
 * `dst train`: one fine-tuning run.
 *
 * @module
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { wrong } from '../../src/errors.ts';
import { fromZero } from '../../src/kinds.ts';
import { resolvePointer } from '../../src/files/pointer.ts';
import { Profile } from '../../src/kernel/profile.ts';
import { finetune } from '../../src/run/finetune.ts';
import { openSeedOfRun } from '../../src/run/openModel.ts';
import type { FinetuneOptions, TrainWatcher } from '../../src/run/prepareRun.ts';
import type { TrainResult } from '../../src/run/result.ts';
import { claimRun, markLatest, readRun, releaseRun } from '../../src/run/runFolder.ts';
import { readTaskOfRun } from '../../src/run/runTask.ts';
import { record as recordIn } from '../../src/text/json.ts';
import { Interrupted, type Io } from '../io.ts';
import {
  addCommonOptions,
  addExamples,
  integerOption,
  numberOption,
  readConfigFile,
  type CommonOptions,
} from '../options.ts';
import { writeResult } from '../output.ts';
import { describeProfile } from '../profileTable.ts';
import { createProgress, during, type Progress } from '../progress.ts';
import { dataPlaceOf, PLACES, requireAgreement, requireFileAgreement, requireResumable } from '../resumed.ts';
import { defaultSeed } from '../seeds.ts';
import { goesOnBy } from '../stop.ts';
import { describeMeasure } from '../metric.ts';
import { formatMetric } from '../report/format.ts';
import { formatBytes, formatCount, formatSeconds, formatShare } from '../table.ts';
import { addThreadsOption, threadsOf, type ThreadsOption } from '../threads.ts';
import { addTrainOptions, planRun } from '../trainOptions.ts';

interface Options extends CommonOptions, ThreadsOption {
  readonly [name: string]: unknown;
  readonly out?: string;
  readonly resume?: string;
  readonly model?: string;
  readonly task?: string;
  readonly data?: string;
  readonly test?: string;
  readonly acceptData?: boolean;
  readonly checkpointSeconds: number;
  readonly checkpointSteps?: number;
  readonly latest: boolean;
  readonly profile?: boolean;
}

/** What may be another in each sitting of a run; the file of --config is looked into. */
const FREE = [...PLACES, 'config', 'checkpointSeconds', 'checkpointSteps', 'latest', 'profile'];

export function define(command: Command, io: Io): void {
  addCommonOptions(addThreadsOption(addTrainOptions(command)))
    .option('--out <folder>', 'where the run goes (default: a new folder in runs/)')
    .option('--resume <folder>', 'continue the run in that folder, to the same bits')
    .option('--accept-data', 'continue even if the data are no longer those of the run; the result says both')
    .option(
      '--checkpoint-seconds <s>',
      'seconds between two checkpoints',
      numberOption('--checkpoint-seconds', fromZero),
      15,
    )
    .option('--checkpoint-steps <n>', 'also save after every N steps', integerOption('--checkpoint-steps', 1))
    .option('--no-latest', 'leave runs/latest as it is')
    .option('--profile', 'also print which parts of a step take how much time')
    .action((options: Options, self: Command) => run(options, self, io));
  addExamples(command, [
    [
      'dst train --method dst --epsilon 0.01',
      'DST on WordNet definitions, 1 % of the parameters, at the recorded rate',
    ],
    ['dst train --task my-folder --method full --learning-rate 0.01', 'full fine-tuning on your own texts and labels'],
    ['dst train --threshold iterative --silos per-module', 'Algorithm 2, one silo a module'],
    ['dst train --task de-en --data multi30k --model seeds/t5-nano --beams 4', 'translation, on line-aligned files'],
    ['dst train --resume runs/latest', 'continue after a crash or Ctrl-C'],
  ]);
}

async function run(options: Options, self: Command, io: Io): Promise<void> {
  const progress = createProgress(io, options.quiet === true);
  if (options.resume !== undefined) goesOnBy(io);
  const { resume } = options;
  const plan = during(progress, 'reading the seed and the data', () =>
    resume === undefined ? beginNew(options, progress, io) : findOld(resume, options, self, io),
  );
  progress.wait('reading the texts as tokens');
  const profile = options.profile === true ? new Profile() : undefined;
  const threads = threadsOf(options, plan.config.kernels);
  const { folder, result } = await inFolder(plan, (place) =>
    finetune({
      ...plan,
      folder: place,
      threads,
      profile,
      signal: io.signal,
      watcher: createWatcher(progress, plan.config.method, (folder) => {
        progress.wait(null);
        if (!plan.resume) goesOnBy(io, ['train', '--resume', folder]);
        if (options.latest) markLatest(folder);
      }),
      checkpointSeconds: options.checkpointSeconds,
      checkpointSteps: options.checkpointSteps ?? null,
    }),
  );
  progress.wait(null); // a run that was done before has not begun
  // Also of a run that was done before: its page may be what a crash left out.
  const { writeRunPage } = await import('../compare/report.ts');
  writeRunPage(folder);
  progress.finish(plan.config.method, '');
  const table = profile?.table();
  writeResult(
    io,
    options.json === true,
    { run: folder, ...result, ...(table === undefined ? {} : { profile: table }) },
    describe(folder, result) + (table === undefined ? '' : `\n${describeProfile(table)}`),
  );
}

interface Plan extends Pick<FinetuneOptions, 'config' | 'seed' | 'task' | 'resume' | 'acceptData'> {
  /** Null for a new one in runs/. */
  readonly folder: string | null;
}

/** Gives a run its folder: a new one in runs/ is made when the run begins. One that never began leaves none. */
async function inFolder(
  { folder: known, config }: Plan,
  work: (place: FinetuneOptions['folder']) => ReturnType<typeof finetune>,
): Promise<{ folder: string; result: TrainResult }> {
  let folder = known ?? '';
  const claim = (): string => (folder = claimRun('runs', config.method, new Date()));
  try {
    const result = await work(known ?? claim);
    if (!('stoppedAfter' in result)) return { folder, result };
    throw new Interrupted(`stopped after step ${result.stoppedAfter}`);
  } finally {
    if (known === null && folder !== '') releaseRun(folder);
  }
}

function beginNew(options: Options, progress: Progress, io: Io): Plan {
  if (options.acceptData === true) throw wrong('--accept-data', '--resume, to continue a run', 'a new run');
  const { config, seed, task, notes } = planRun(options, (name) => defaultSeed(name, io));
  for (const note of notes) progress.say(`note: ${note}`);
  return { config, seed, task, folder: options.out ?? null, resume: false };
}

function findOld(path: string, options: Options, self: Command, io: Io): Plan {
  const folder = resolvePointer(path);
  const record = readRun(folder);
  requireResumable('train', folder, record, io);
  const { acceptData = false, model, out, config: file } = options;
  const isSame = typeof out === 'string' && resolve(out) === resolve(folder);
  requireAgreement(self, { ...record.config, out: isSame ? out : folder }, FREE, folder);
  if (typeof file === 'string')
    requireFileAgreement(recordIn(readConfigFile(file), file), { ...record.config }, file, folder);
  const seed = openSeedOfRun(folder, record, model, '--model');
  const { task, config } = readTaskOfRun(folder, record, dataPlaceOf(record, options), acceptData, options.test);
  return { config, seed, task, folder, resume: true, acceptData };
}

function createWatcher(progress: Progress, job: string, begun: (folder: string) => void): TrainWatcher {
  let development = '';
  return {
    begun,
    step: ({ step, loss }, total) =>
      progress.update(job, { done: step, total, note: `loss ${loss.toFixed(3)}${development}` }),
    development(_, { value, scale }) {
      development = `  development ${formatMetric(value, scale, ' ')}`;
    },
    warning: (words) => progress.say(`warning: ${words}`),
    measuring: (done, total) => progress.update(job, { done, total, note: 'measuring' }),
  };
}

function describe(folder: string, result: TrainResult): string {
  const { metric, split, learningRate, learningRateFrom, changed, size, realisedFraction, bytes, seconds } = result;
  return [
    folder,
    `  ${`${split} ${metric.metric}`.padEnd(14)} ${describeMeasure(metric)}`,
    `  learning rate  ${learningRate} (${learningRateFrom})`,
    `  changed        ${formatCount(changed)} of ${formatCount(size)} parameters (${formatShare(realisedFraction, 3)})`,
    `  to store       ${formatBytes(bytes)}`,
    `  trained in     ${formatSeconds(seconds)}`,
    '',
  ].join('\n');
}
