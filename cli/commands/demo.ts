/**
 * `dst demo`, the main job: fine-tunes the seed with each method, compares them, and checks the subset.
 *
 * @module
 */
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { TaskData } from '../../src/data/task.ts';
import { Internal } from '../../src/errors.ts';
import { makeFolder, readBytes, writeAtomically } from '../../src/files/atomic.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import { grantedThreads } from '../../src/kernel/threads/granted.ts';
import { resolvePointer } from '../../src/files/pointer.ts';
import { evaluateMostFrequent } from '../../src/train/evaluate.ts';
import { METRIC_SCALES } from '../../src/metrics/measure.ts';
import { identify } from '../../src/train/identity.ts';
import { openModel, openSeedOfRun, type OpenedModel } from '../../src/train/models.ts';
import { beginRun, markLatest, nameRun, pathsOf, readRun } from '../../src/train/runFolder.ts';
import { readTaskOfRun } from '../../src/train/runTask.ts';
import { readTask } from '../../src/train/tasks.ts';
import { checkClaims } from '../demo/claims.ts';
import { measureSeed, trainAll, type Trained } from '../demo/compare.ts';
import { readCurves } from '../demo/curves.ts';
import { methodsOf, SHOWN, slugOf } from '../demo/methods.ts';
import { orderedRates, planConfigs, type DemoRequest } from '../demo/plan.ts';
import { createRows, createSamples } from '../demo/rows.ts';
import type { SeedMeasure } from '../demo/seedMeasure.ts';
import { verifySubset } from '../demo/verify.ts';
import { describeDemo, titleOf } from '../demo/words.ts';
import { CheckFailed, type Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { packageVersion } from '../package.ts';
import { createPool } from '../pool.ts';
import { createProgress } from '../progress.ts';
import { findRates } from '../rates.ts';
import type { Metric, ReportInput } from '../report/input.ts';
import { renderReport } from '../report/page.ts';
import { defaultSeed } from '../seeds.ts';
import { formatCount } from '../table.ts';
import { addThreadsOption, threadsOf, threadsOfJobs, type ThreadsOption } from '../threads.ts';
import { TASK_CHOICES } from '../trainOptions.ts';

interface Options extends CommonOptions, ThreadsOption, Omit<DemoRequest, 'data'> {
  readonly data?: string;
  readonly model?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly jobs?: number;
  readonly rates?: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(addThreadsOption(command, 'a processor’s share'))
    .option('--model <folder>', 'the seed (default: the one in seeds/ for the task)')
    .option('--task <name>', TASK_CHOICES, 'supersense')
    .option('--data <folder>', 'of two languages: train, val and test, line-aligned, .gz or not')
    .option('--steps <n>', 'steps of each method (default: those of the recorded sweep)', integerOption('--steps', 1))
    .option('--seed <n>', 'seed of all chance', integerOption('--seed', 0))
    .option('--measure-rows <n>', 'only the first test rows (default: all)', integerOption('--measure-rows', 1))
    .option('--out <folder>', 'where the run goes (default: a new folder in runs/)')
    .option('--resume <folder>', 'go on with the main job in that folder, with what it was begun with')
    .option('--rates <file>', 'what a sweep recorded (default: rates-TASK-HASH.json beside the seed)')
    .option('--jobs <n>', 'child processes at once (default: one a processor)', integerOption('--jobs', 1))
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst demo', 'the main job, as npm start runs it'],
    ['dst demo --json', 'the same, with one JSON object on stdout'],
    ['dst demo --task de-en --data multi30k', 'translation: a T5 on sentences and their translations'],
    ['dst demo --steps 50 --measure-rows 300', 'a quick look'],
  ]);
}

async function run(options: Options, io: Io): Promise<void> {
  const progress = createProgress(io, options.quiet === true);
  const { folder, seed, task, request } = options.resume === undefined ? beginNew(options) : findOld(options.resume);
  const identity = identify(seed, task);
  const recorded = findRates(seed.folder, task, identity, options.rates);
  const methods = methodsOf(request.task);
  const metric: Metric = { metricName: task.metric, metricScale: METRIC_SCALES[task.metric] };
  const configOf = planConfigs(request, seed.folder, recorded);
  const shownConfig = configOf(findShown(methods, ({ slug }) => slug));
  const jobs = options.jobs ?? grantedThreads();
  const threads = threadsOfJobs(options, jobs, shownConfig.kernels);
  if (options.resume === undefined) {
    beginRun(folder, seed.folder, { identity, config: shownConfig });
    makeFolder(join(folder, 'methods'));
  }
  if (recorded !== null && recorded.differs.length > 0)
    progress.say(`note: ${recorded.path} is of ${recorded.differs.join(' and ')}: its rates are guesses here`);
  progress.say(
    `${task.name}: ${formatCount(task.train.length)} training rows, ${formatCount(task.test.length)} test rows; ` +
      `seed of ${formatCount(seed.theta.length)} parameters; ${methods.length} methods, ${shownConfig.steps} steps each, ${jobs} at once`,
  );

  const pool = createPool(io, progress, jobs, threads);
  const [trained, seedMeasure] = await Promise.all([
    trainAll(pool, progress, {
      folder,
      methods,
      metric,
      configOf,
      jobs,
      lastThreads: threadsOf(options, shownConfig.kernels),
    }),
    measureSeed(pool, progress, shownConfig, metric),
  ]);

  const testRows = task.test.slice(0, shownConfig.measureRows ?? undefined);
  const baseline = task.labels.length === 0 ? null : evaluateMostFrequent(task.train, testRows);
  const rows = createRows(trained, seedMeasure, baseline);
  const shown = findShown(trained, ({ method }) => method.slug);
  const { subset } = pathsOf(folder);
  writeAtomically(subset, readBytes(pathsOf(shown.folder).subset));
  const exactness = verifySubset(seed.folder, subset, shown.result.fingerprint);
  const claims = checkClaims({
    rows,
    count: testRows.length,
    metricScale: metric.metricScale,
    rates: orderedRates(recorded?.rates ?? null),
  });
  const report = createReport(task.name, shownConfig, trained, seedMeasure, { rows, claims, ...metric, ...exactness });
  finishRun(folder, report);
  const shownRow = findShown(rows, ({ method, epsilon }) => slugOf(method, epsilon));
  const answer = { task: task.name, rows, ...exactness, run: folder, claims };
  writeResult(io, options.json === true, answer, describeDemo(report, folder, shownRow, seed.theta.length));
  if (!exactness.applyIsExact || !exactness.revertIsExact) {
    throw new CheckFailed(`${subset}: expected apply and revert to be exact to the bit, got a difference`);
  }
}

interface Plan {
  readonly folder: string;
  readonly seed: OpenedModel;
  readonly task: TaskData;
  readonly request: DemoRequest;
}

function beginNew(options: Options): Plan {
  const folder = options.out ?? nameRun('runs', 'demo', new Date());
  const { task, data = null, steps, seed, measureRows } = options;
  const request = { task, data, steps, seed, measureRows };
  return { folder, seed: openModel(options.model ?? defaultSeed(task)), task: readTask(request), request };
}

function findOld(path: string): Plan {
  const folder = resolvePointer(path);
  const record = readRun(folder);
  const { task, choice, config } = readTaskOfRun(folder, record, null, false);
  const { steps, seed, measureRows } = config;
  const request = { ...choice, steps, seed, ...(measureRows === null ? {} : { measureRows }) };
  return { folder, seed: openSeedOfRun(folder, record, null, '--model'), task, request };
}

type Found = Pick<ReportInput, 'rows' | 'claims' | 'metricName' | 'metricScale' | 'applyIsExact' | 'revertIsExact'>;

/** The one whose subset stands at the top of the folder. */
function findShown<T>(list: readonly T[], slugOf: (element: T) => string): T {
  const found = list.find((element) => slugOf(element) === SHOWN);
  if (found === undefined) throw new Internal(`demo: expected ${SHOWN}, got nothing of that name`);
  return found;
}

function createReport(
  task: string,
  config: TrainConfig,
  trained: readonly Trained[],
  seed: SeedMeasure,
  found: Found,
): ReportInput {
  return {
    title: titleOf(task),
    task,
    date: new Date().toISOString(),
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}`,
    version: packageVersion(),
    methods: trained.map(({ method, folder, result }) => readCurves(method.label, folder, result)),
    samples: createSamples(trained, seed.answers),
    config: { ...config },
    ...found,
  };
}

function finishRun(folder: string, report: ReportInput): void {
  const paths = pathsOf(folder);
  writeAtomically(paths.result, `${JSON.stringify(report, null, 1)}\n`);
  writeAtomically(join(folder, 'report.html'), renderReport(report));
  markLatest(folder);
  writeAtomically(paths.done, '');
}
