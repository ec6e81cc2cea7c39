/**
 * `dst demo`, the main job: fine-tunes the seed with each method, compares them, and checks the subset.
 *
 * @module
 */
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Internal } from '../../src/errors.ts';
import { readBytes, writeAtomically } from '../../src/files/atomic.ts';
import { printJson } from '../../src/text/json.ts';
import { grantedThreads } from '../../src/kernel/threads/granted.ts';
import { evaluateMostFrequent } from '../../src/train/evaluate.ts';
import { METRIC_SCALES } from '../../src/metrics/measure.ts';
import { markLatest, pathsOf } from '../../src/run/runFolder.ts';
import { checkClaims } from '../demo/claims.ts';
import { measureSeed, trainAll, type Trained } from '../demo/compare.ts';
import { readCurves } from '../demo/curves.ts';
import { methodsOf, SHOWN, type DemoMethod } from '../demo/methods.ts';
import { findJob, openFolder, type DemoOptions } from '../demo/job.ts';
import { planConfigs } from '../demo/plan.ts';
import { rateNoteOf } from '../sweep/bracket.ts';
import { describeSearch } from '../demo/rateClaim.ts';
import { describeRatesNote } from '../demo/ratesNote.ts';
import { othersOf } from '../demo/others.ts';
import { createRows, createSamples, measuredOf } from '../demo/rows.ts';
import type { SeedMeasure } from '../demo/seedMeasure.ts';
import { verifySubset } from '../demo/verify.ts';
import { describeDemo, titleOf } from '../demo/words.ts';
import { CheckFailed, type Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, randomSeedsOption } from '../options.ts';
import { writeResult } from '../output.ts';
import { packageVersion } from '../package.ts';
import { createPool } from '../pool.ts';
import { createProgress, during } from '../progress.ts';
import { REPORT_FORMAT, type Metric, type ReportInput } from '../report/input.ts';
import { renderReport } from '../report/page.ts';
import { goesOnBy } from '../stop.ts';
import { formatCount } from '../table.ts';
import { addThreadsOption, threadsOf, threadsOfJobs } from '../threads.ts';
import { TASK_CHOICES, TEST_CHOICES, wordsOf } from '../trainOptions.ts';

export function define(command: Command, io: Io): void {
  addCommonOptions(addThreadsOption(command, 'a processor’s share'))
    .option('--model <folder>', 'the seed (default: the one in seeds/ for the task)')
    .option('--task <name>', TASK_CHOICES, 'supersense')
    .option('--data <folder>', 'of two languages: train, val and test, line-aligned, .gz or not')
    .option('--test <name>', TEST_CHOICES)
    .option('--steps <n>', 'steps of each method (default: those of the recorded sweep)', integerOption('--steps', 1))
    .option('--random-seed <n>', 'seed of all random numbers', integerOption('--random-seed', 0))
    .option('--random-seeds <list>', 'several, with commas: each method is trained with each', randomSeedsOption)
    .option('--algorithm-2', 'also DST at ε = 1 % with the iterative threshold of Algorithm 2, beside exact selection')
    .option('--measure-rows <n>', 'only the first test rows (default: all)', integerOption('--measure-rows', 1))
    .option('--out <folder>', 'where the run goes (default: a new folder in runs/)')
    .option('--resume <folder>', 'continue the main job in that folder, with the options that it was begun with')
    .option('--rates <file>', 'what a sweep recorded (default: rates-TASK-HASH.json beside the seed)')
    .option('--jobs <n>', 'child processes at once (default: one a processor)', integerOption('--jobs', 1))
    .option('--accept-data', 'with --resume: if the data have changed, train every method again on the present data')
    .action((options: DemoOptions, self: Command) => run(options, self, io));
  addExamples(command, [
    ['dst demo', 'the main job, as npm start runs it'],
    ['dst demo --json', 'the same, with one JSON object on stdout'],
    ['dst demo --task de-en --data multi30k', 'translation: a T5 on sentences and their translations'],
    ['dst demo --random-seeds 1,2,3 --algorithm-2', 'what can be quoted: three random seeds, and Algorithm 2'],
    ['dst demo --steps 50 --measure-rows 300', 'a quick look'],
  ]);
}

async function run(options: DemoOptions, self: Command, io: Io): Promise<void> {
  const progress = createProgress(io, options.quiet === true);
  const job = during(progress, 'reading the seed and the data', () => findJob(options, self, io));
  const { seed, task, request, identity, recorded } = job;
  const ownRates = recorded?.differs.length === 0 ? recorded.rates : null;
  const { randomSeeds: randomSeeds, algorithm2 } = request;
  const methods = methodsOf(request.task, algorithm2);
  const metric: Metric = { metricName: task.metric, metricScale: METRIC_SCALES[task.metric] };
  const configOf = planConfigs(request, seed.folder, recorded);
  const shownConfig = configOf(findShown(methods, ({ id }) => id));
  const jobs = options.jobs ?? grantedThreads();
  const threads = threadsOfJobs(options, jobs, shownConfig.kernels);
  const folder = openFolder(job, { config: shownConfig });
  goesOnBy(io, options.resume === undefined ? ['demo', '--resume', folder] : undefined);
  const note = describeRatesNote(recorded, shownConfig);
  if (note !== null) progress.say(note);
  progress.say(
    `${task.name}: ${formatCount(task.train.length)} training rows, ${formatCount(task.test.length)} test rows; ` +
      `seed of ${formatCount(seed.theta.length)} parameters; ${methods.length} methods, ${shownConfig.steps} steps each, ${randomSeeds.length > 1 ? `${randomSeeds.length} random seeds, ` : ''}${jobs} at once`,
  );

  const pool = createPool(io, progress, jobs, threads);
  const [trained, seedMeasure] = await Promise.all([
    trainAll(pool, progress, {
      folder,
      methods,
      randomSeeds: randomSeeds,
      metric,
      configOf,
      identity,
      words: ['--model', seed.folder, ...wordsOf(request)],
      jobs,
      lastThreads: threadsOf(options, shownConfig.kernels),
    }),
    measureSeed(pool, progress, shownConfig, metric),
  ]);

  io.signal.throwIfAborted();
  const testRows = task.test.slice(0, shownConfig.measureRows ?? undefined);
  const baseline = task.labels.length === 0 ? null : evaluateMostFrequent(task.train, testRows);
  const noteOf = ({ method, epsilon }: DemoMethod): string | null => rateNoteOf(ownRates, method, epsilon);
  const rows = createRows(task.metric, trained, noteOf, seedMeasure, baseline);
  const [shown] = findShown(trained, ({ method }) => method.id).runs;
  const { subset } = pathsOf(folder);
  writeAtomically(subset, readBytes(pathsOf(shown.folder).subset));
  const exactness = verifySubset(seed.folder, subset, shown.result.fingerprint);
  const claims = checkClaims({
    metric: task.metric,
    methods: trained.map(measuredOf),
    seed: seedMeasure,
    search: ownRates,
  });
  const search = ownRates === null ? null : describeSearch(ownRates);
  const report = createReport(task.name, { ...shownConfig }, trained, seedMeasure, {
    rows,
    claims,
    search,
    identity,
    others: othersOf(trained, identity),
    ...metric,
    ...exactness,
  });
  finishRun(folder, report);
  const shownRow = findShown(rows, ({ id }) => id);
  const answer = { task: task.name, identity, others: report.others, rows, ...exactness, run: folder, claims };
  writeResult(io, options.json === true, answer, describeDemo(report, folder, shownRow, seed.theta.length, io));
  if (!exactness.applyIsExact || !exactness.revertIsExact) {
    throw new CheckFailed(`${subset}: expected apply and revert to be exact to the bit, got a difference`);
  }
}

type Found = Pick<
  ReportInput,
  'rows' | 'claims' | 'search' | 'identity' | 'others' | 'metricName' | 'metricScale' | 'applyIsExact' | 'revertIsExact'
>;

/** The one whose subset stands at the top of the folder. */
function findShown<T>(list: readonly T[], idOf: (element: T) => string | null): T {
  const found = list.find((element) => idOf(element) === SHOWN);
  if (found === undefined) throw new Internal(`demo: expected ${SHOWN}, got nothing of that name`);
  return found;
}

function createReport(
  task: string,
  config: ReportInput['config'],
  trained: readonly Trained[],
  seed: SeedMeasure,
  found: Found,
): ReportInput {
  return {
    format: REPORT_FORMAT,
    title: titleOf(task),
    task,
    date: new Date().toISOString(),
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}`,
    version: packageVersion(),
    methods: trained.map(({ method, runs: [{ folder, result }] }) => readCurves(method.label, folder, result)),
    samples: createSamples(trained, seed.answers),
    config,
    ...found,
  };
}

function finishRun(folder: string, report: ReportInput): void {
  const paths = pathsOf(folder);
  writeAtomically(paths.result, `${printJson(report, 'result.json', 1)}\n`);
  writeAtomically(join(folder, 'report.html'), renderReport(report));
  markLatest(folder);
  writeAtomically(paths.done, '');
}
