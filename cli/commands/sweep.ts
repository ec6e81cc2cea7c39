/**
 * `dst sweep`: searches the learning rate of each method of the main job on the development split, and records it
 * beside the seed. Every run is a folder of its own, so that a broken sweep goes on where it stopped.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { unknownName } from '../../src/errors.ts';
import { makeFolder, writeAtomically } from '../../src/files/atomic.ts';
import { grantedThreads } from '../../src/kernel/threads/granted.ts';
import { canonicalJson, fingerprintOf } from '../../src/train/checkpoint.ts';
import { readTrainConfig, TRAIN_DEFAULTS, type TrainConfig } from '../../src/train/config.ts';
import { METRIC_SCALES } from '../../src/metrics/measure.ts';
import { openModel, type OpenedModel } from '../../src/train/models.ts';
import { pathsOf } from '../../src/train/runFolder.ts';
import { readTask } from '../../src/train/tasks.ts';
import { climb } from '../demo/climb.ts';
import { JUDGES, startOf, type Judge } from '../demo/judge.ts';
import { DEMO_METHODS, formatEpsilon, labelOf, methodsOf, type DemoMethod } from '../demo/methods.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, numberOption, pick, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createPool, type Pool } from '../pool.ts';
import { createProgress, type Progress } from '../progress.ts';
import { findRate, RATES_FORMAT, ratesPath, readRates, type Rate, type Rates } from '../rates.ts';
import { defaultSeed } from '../seeds.ts';
import { formatTable } from '../table.ts';
import { addThreadsOption, threadsOfJobs, type ThreadsOption } from '../threads.ts';
import { addTrainOptions } from '../trainOptions.ts';

interface Options extends CommonOptions, ThreadsOption {
  readonly [name: string]: unknown;
  readonly model?: string;
  readonly task?: string;
  readonly data?: string;
  readonly methods?: string;
  readonly trialSteps?: number;
  readonly ratePower?: number;
  readonly work: string;
  readonly jobs?: number;
}

/** Options of a run that a sweep sets itself, trial by trial. */
const SEARCHED = ['config', 'method', 'epsilon', 'learningRate', 'measure', 'evaluateEvery', 'evaluateRows'];

export function define(command: Command, io: Io): void {
  for (const option of addTrainOptions(new Command()).options)
    if (!SEARCHED.includes(option.attributeName())) command.addOption(option);
  addCommonOptions(addThreadsOption(command, 'a processor’s share'))
    .option('--methods <slugs>', `only these, with commas: ${DEMO_METHODS.map(({ slug }) => slug).join(', ')}`)
    .option('--trial-steps <n>', 'steps of a trial (default: those of the run)', integerOption('--trial-steps', 1))
    .option(
      '--rate-power <p>',
      'what is recorded is the best rate · (trial steps / steps)^p; 0: as it was found (default)',
      numberOption('--rate-power'),
    )
    .option('--work <folder>', 'where the runs go', join('runs', 'sweep'))
    .option('--jobs <n>', 'child processes at once (default: one a processor)', integerOption('--jobs', 1))
    .action((options: Options) => run(options, io));
  addExamples(command, [
    [
      'dst sweep --steps 400 --measure-rows 1000',
      'search every method with 400 steps; writes rates-supersense.json beside the seed',
    ],
    [
      'dst sweep --task de-en --data multi30k --steps 1200 --trial-steps 150 --rate-power 0.5 --beams 4',
      'search on shorter runs than those that the rates are for',
    ],
    ['dst sweep --methods dst-0.01', 'one method again; the others stay as they are'],
  ]);
}

/** Fields of a config that are not recorded with the rates: what they belong to, and what the search sets. */
const UNRECORDED = [...SEARCHED, 'model', 'task', 'data', 'measureRows'];

async function run(options: Options, io: Io): Promise<void> {
  const progress = createProgress(io, options.quiet === true);
  const seed = openModel(options.model ?? defaultSeed(options.task));
  const choice = { task: options.task ?? TRAIN_DEFAULTS.task, data: options.data ?? null };
  const task = readTask(choice);
  const known = readRates(seed.folder, task.name);
  const shared = pick(
    options,
    Object.keys(TRAIN_DEFAULTS).filter((name) => !UNRECORDED.includes(name)),
  );
  const base = readTrainConfig(
    {
      ...known?.config,
      ...shared,
      ...pick(options, ['measureRows']),
      ...choice,
      model: seed.folder,
      measure: 'development',
    },
    'dst sweep',
  );
  const trialSteps = options.trialSteps ?? known?.trialSteps ?? null;
  const ratePower = options.ratePower ?? known?.ratePower ?? 0;
  const shrink = ((trialSteps ?? base.steps) / base.steps) ** ratePower;
  const judge = JUDGES[METRIC_SCALES[task.metric]];
  const tried = trialSteps === null ? base : { ...base, steps: trialSteps };
  const jobs = options.jobs ?? grantedThreads();
  const pool = createPool(io, progress, jobs, threadsOfJobs(options, jobs, base.kernels));
  const methods = chooseMethods(base.task, options.methods);
  makeFolder(options.work);
  const found = await Promise.all(
    methods.map((method) =>
      search(method, tried, startOf(known, method, judge), judge, seed, options.work, pool, progress),
    ),
  );
  const scaled = found.map((rate) => ({ ...rate, learningRate: Number((rate.learningRate * shrink).toPrecision(3)) }));
  const rates = DEMO_METHODS.map(
    ({ method, epsilon }) =>
      scaled.find((rate) => rate.method === method && rate.epsilon === epsilon) ?? findRate(known, method, epsilon),
  ).filter((rate) => rate !== undefined);
  const value: Rates = {
    format: RATES_FORMAT,
    seedFingerprint: seed.fingerprint,
    task: task.name,
    config: { ...known?.config, ...shared },
    trialSteps,
    ratePower,
    judgedBy: judge.name,
    rates,
  };
  const path = ratesPath(seed.folder, task.name);
  writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
  writeResult(io, options.json === true, { path, ...value }, describe(rates, judge));
}

function chooseMethods(task: string, slugs: string | undefined): readonly DemoMethod[] {
  if (slugs === undefined) return methodsOf(task);
  const names = DEMO_METHODS.map(({ slug }) => slug);
  return slugs.split(',').map((slug) => {
    const found = DEMO_METHODS.find((method) => method.slug === slug);
    if (found === undefined) throw unknownName('--methods', names, slug);
    return found;
  });
}

async function search(
  method: DemoMethod,
  base: TrainConfig,
  start: number,
  judge: Judge,
  seed: OpenedModel,
  work: string,
  pool: Pool,
  progress: Progress,
): Promise<Rate> {
  const { best, trials } = await climb(
    start,
    async (learningRate) => {
      const config = { ...base, method: method.method, epsilon: method.epsilon ?? 1, learningRate };
      const folder = await tryRate(readTrainConfig(config, 'dst sweep'), seed, method, work, pool);
      const value = judge.measure(folder);
      progress.finish(`${labelOf(method.label, method.epsilon)} at ${learningRate}`, judge.format(value));
      return value;
    },
    judge.isBetter,
  );
  return { method: method.method, epsilon: method.epsilon, learningRate: best.learningRate, trials };
}

/** The folder of one run, which may have been made before. */
async function tryRate(
  config: TrainConfig,
  seed: OpenedModel,
  method: DemoMethod,
  work: string,
  pool: Pool,
): Promise<string> {
  const id = fingerprintOf('sweep', config, seed.fingerprint).slice(0, 12);
  const folder = join(work, `${method.slug}-${id}`);
  const paths = pathsOf(folder);
  if (!existsSync(paths.done)) {
    const begun = existsSync(paths.config);
    const configPath = join(work, `${method.slug}-${id}.json`);
    if (!begun) writeAtomically(configPath, `${canonicalJson(config)}\n`);
    const how = begun ? ['--resume', folder] : ['--config', configPath, '--out', folder];
    const name = `${labelOf(method.label, method.epsilon)} at ${config.learningRate}`;
    await pool.run({ name, arguments: ['train', ...how, '--no-latest'] });
  }
  return folder;
}

function describe(rates: readonly Rate[], judge: Judge): string {
  return formatTable(
    [
      { heading: 'method' },
      { heading: 'ε', align: 'right' },
      { heading: 'best rate', align: 'right' },
      { heading: 'trials (rate: what it was judged by)' },
    ],
    rates.map(({ method, epsilon, learningRate, trials }) => [
      method,
      epsilon === null ? '' : formatEpsilon(epsilon),
      String(learningRate),
      trials.map((trial) => `${trial.learningRate}: ${judge.format(trial.value)}`).join('  '),
    ]),
  );
}
