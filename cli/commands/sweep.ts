/**
 * `dst sweep`: searches the learning rate of each method of the main job on the development split, and records it
 * beside the seed. Every run is a folder of its own, so that a sweep that was stopped continues there.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describeOtherData, identifyData } from '../../src/data/identity.ts';
import type { TaskData } from '../../src/data/task.ts';
import { unknownName, wrong } from '../../src/errors.ts';
import { makeFolder, requireWritable, writeAtomically } from '../../src/files/atomic.ts';
import { grantedThreads } from '../../src/kernel/threads/granted.ts';
import { printJson } from '../../src/text/json.ts';
import { canonicalJson, fingerprintOf } from '../../src/run/checkpoint.ts';
import { readTrainConfig, TRAIN_DEFAULTS, type TrainConfig } from '../../src/train/config.ts';
import { fingerprintedFields } from '../../src/run/goOn.ts';
import { identify, type Identity } from '../../src/run/identity.ts';
import { guessLearningRate } from '../../src/train/learningRate.ts';
import { METRIC_SCALES } from '../../src/metrics/measure.ts';
import { openModel, type OpenedModel } from '../../src/run/openModel.ts';
import { pathsOf } from '../../src/run/runFolder.ts';
import { readTask, type TaskChoice } from '../../src/data/tasks.ts';
import { climb } from '../sweep/climb.ts';
import { JUDGES, type Judge } from '../sweep/judge.ts';
import { DEMO_METHODS, formatEpsilon, labelOf, methodsOf, type DemoMethod } from '../demo/methods.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, numberOption, pick, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createPool, type Pool } from '../pool.ts';
import { createProgress, during, type Progress } from '../progress.ts';
import { findRate, findRates, RATES_FORMAT, ratesPath, type Rate, type Rates } from '../rates.ts';
import { defaultSeed } from '../seeds.ts';
import { goesOnBy } from '../stop.ts';
import { formatTable } from '../table.ts';
import { addThreadsOption, threadsOfJobs, type ThreadsOption } from '../threads.ts';
import { addTrainOptions, wordsOf } from '../trainOptions.ts';

interface Options extends CommonOptions, ThreadsOption {
  readonly [name: string]: unknown;
  readonly model?: string;
  readonly task?: string;
  readonly data?: string;
  readonly test?: string;
  readonly methods?: string;
  readonly trialSteps?: number;
  readonly ratePower?: number;
  readonly work: string;
  readonly jobs?: number;
  readonly rates?: string;
}

/** Options of a run that a sweep sets itself, trial by trial. */
const SEARCHED = ['config', 'rates', 'method', 'epsilon', 'learningRate', 'measure', 'evaluateEvery', 'evaluateRows'];

export function define(command: Command, io: Io): void {
  for (const option of addTrainOptions(new Command()).options)
    if (!SEARCHED.includes(option.attributeName())) command.addOption(option);
  addCommonOptions(addThreadsOption(command, 'a processor’s share'))
    .option('--methods <ids>', `only these, with commas: ${DEMO_METHODS.map(({ id }) => id).join(', ')}`)
    .option('--trial-steps <n>', 'steps of a trial (default: those of the run)', integerOption('--trial-steps', 1))
    .option(
      '--rate-power <p>',
      'what is recorded is the best rate · (trial steps / steps)^p; 0: as it was found (default)',
      numberOption('--rate-power'),
    )
    .option('--rates <file>', 'where they are recorded (default: rates-TASK-HASH.json beside the seed)')
    .option('--work <folder>', 'where the runs go', join('runs', 'sweep'))
    .option('--jobs <n>', 'child processes at once (default: one a processor)', integerOption('--jobs', 1))
    .action((options: Options) => run(options, io));
  addExamples(command, [
    [
      'dst sweep --steps 400 --measure-rows 1000',
      'search every method with 400 steps; writes rates-supersense-HASH.json beside the seed',
    ],
    [
      'dst sweep --task de-en --data multi30k --steps 1200 --trial-steps 150 --rate-power 0.5 --beams 4',
      'search on shorter runs than those that the rates are for',
    ],
    ['dst sweep --methods dst-0.01', 'one method again; the others stay as they are'],
  ]);
}

/** Fields of a config that are not recorded with the rates: what they belong to, and what the search sets. */
const UNRECORDED = [...SEARCHED, 'model', 'task', 'data', 'test', 'measureRows'];

async function run(options: Options, io: Io): Promise<void> {
  const progress = createProgress(io, options.quiet === true);
  const choice = { task: options.task ?? TRAIN_DEFAULTS.task, data: options.data ?? null, test: options.test ?? null };
  const { seed, task, identity } = during(progress, 'reading the seed and the data', () => {
    const seed = openModel(options.model ?? defaultSeed(options.task, io));
    const task = readTask(choice);
    return { seed, task, identity: identify(seed, task) };
  });
  const path = options.rates ?? ratesPath(seed.folder, task.name, identifyData(task));
  requireWritable(path);
  const known = findKnown(path, seed, task, identity);
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
    'sweep',
  );
  const trialSteps = options.trialSteps ?? known?.trialSteps ?? null;
  const ratePower = options.ratePower ?? known?.ratePower ?? 0;
  const shrink = ((trialSteps ?? base.steps) / base.steps) ** ratePower;
  const judge = JUDGES[METRIC_SCALES[task.metric]];
  const tried = trialSteps === null ? base : { ...base, steps: trialSteps };
  const jobs = options.jobs ?? grantedThreads();
  const pool = createPool(io, progress, jobs, threadsOfJobs(options, jobs, base.kernels));
  const methods = chooseMethods(base.task, options.methods);
  const config = { ...known?.config, ...shared };
  if (known !== null) requireSameSearch(known, { config, trialSteps, ratePower }, methods, path);
  makeFolder(options.work);
  goesOnBy(io);
  const sought = { seed, task, identity, choice, judge, work: options.work };
  const found = await Promise.all(methods.map((method) => search(method, tried, sought, pool, progress)));
  const scaled = found.map((rate) => ({ ...rate, learningRate: Number((rate.learningRate * shrink).toPrecision(3)) }));
  const rates = DEMO_METHODS.map(
    ({ method, epsilon }) =>
      scaled.find((rate) => rate.method === method && rate.epsilon === epsilon) ?? findRate(known, method, epsilon),
  ).filter((rate) => rate !== undefined);
  const value: Rates = {
    format: RATES_FORMAT,
    identity,
    task: task.name,
    config,
    trialSteps,
    ratePower,
    judgedBy: judge.name,
    rates,
  };
  writeAtomically(path, `${printJson(value, path, 2)}\n`);
  writeResult(io, options.json === true, { path, ...value }, describe(rates, judge));
}

/**
 * What is on record already, whose other methods stay as they are.
 *
 * @throws InvalidInput if that is of another seed or of other data.
 */
function findKnown(path: string, seed: OpenedModel, task: TaskData, identity: Identity): Rates | null {
  if (!existsSync(path)) return null;
  const known = findRates(seed.folder, task, identity, path);
  if (known === null || known.differs.length === 0) return known?.rates ?? null;
  const { data } = known.rates.identity;
  const splits = data === null ? '' : describeOtherData(data, identifyData(task));
  const got = `rates of ${known.differs.join(' and ')}${splits === '' ? '' : `: ${splits}`}`;
  throw wrong(path, 'the rates of this seed and these data (--rates names another file)', got);
}

/** A record has one config: methods that are not searched again must have been searched with the same. */
function requireSameSearch(
  known: Rates,
  now: Pick<Rates, 'config' | 'trialSteps' | 'ratePower'>,
  methods: readonly DemoMethod[],
  path: string,
): void {
  const kept = known.rates.filter(
    ({ method, epsilon }) => !methods.some((each) => each.method === method && each.epsilon === epsilon),
  );
  const { config, trialSteps, ratePower } = known;
  const then = canonicalJson({ config, trialSteps, ratePower });
  if (kept.length === 0 || then === canonicalJson(now)) return;
  throw wrong(path, `a search of all methods, or one as the others were searched, with ${then}`, canonicalJson(now));
}

function chooseMethods(task: string, ids: string | undefined): readonly DemoMethod[] {
  if (ids === undefined) return methodsOf(task);
  const names = DEMO_METHODS.map(({ id }) => id);
  return ids.split(',').map((id) => {
    const found = DEMO_METHODS.find((method) => method.id === id);
    if (found === undefined) throw unknownName('--methods', names, id);
    return found;
  });
}

/** What the trials are made of, and where they go. */
interface Sought {
  readonly seed: OpenedModel;
  readonly task: TaskData;
  readonly identity: Identity;
  readonly choice: TaskChoice;
  readonly judge: Judge;
  readonly work: string;
}

/** From the method's guess, whatever is on record: a search that is repeated takes the same way. */
async function search(
  method: DemoMethod,
  base: TrainConfig,
  sought: Sought,
  pool: Pool,
  progress: Progress,
): Promise<Rate> {
  const { judge } = sought;
  const searched = { ...base, method: method.method, epsilon: method.epsilon ?? 1 };
  const { best, trials } = await climb(
    guessLearningRate(searched),
    async (learningRate) => {
      const config = readTrainConfig({ ...searched, learningRate, learningRateFrom: 'given' }, 'sweep');
      const value = judge.measure(await tryRate(config, method, sought, pool));
      progress.finish(`${labelOf(method)} at ${learningRate}`, judge.format(value));
      return value;
    },
    judge.isBetter,
  );
  return { method: method.method, epsilon: method.epsilon, learningRate: best.learningRate, trials };
}

/** The folder of one run, which may have been made before: of this seed, these data and this code, wherever they lay. */
async function tryRate(config: TrainConfig, method: DemoMethod, sought: Sought, pool: Pool): Promise<string> {
  const { seed, task, identity, choice, work } = sought;
  const key = fingerprintOf('sweep', fingerprintedFields(config), task.name, identity).slice(0, 12);
  const folder = join(work, `${method.id}-${key}`);
  const paths = pathsOf(folder);
  if (!existsSync(paths.done)) {
    const begun = existsSync(paths.config);
    const configPath = join(work, `${method.id}-${key}.json`);
    if (!begun) writeAtomically(configPath, `${canonicalJson(config)}\n`);
    const how = begun
      ? ['--resume', folder, '--model', seed.folder, ...wordsOf(choice)]
      : ['--config', configPath, '--out', folder];
    const name = `${labelOf(method)} at ${config.learningRate}`;
    await pool.run({ name, command: 'train', arguments: [...how, '--no-latest'] });
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
