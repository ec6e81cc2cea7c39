/**
 * `dst demo`, the main job: fine-tunes the seed with each method, compares them, and checks the subset.
 *
 * @module
 */
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Internal } from '../../src/errors.ts';
import { makeFolder, readBytes, writeAtomically } from '../../src/files/atomic.ts';
import { evaluateMostFrequent } from '../../src/train/evaluate.ts';
import { readTrainConfig, TRAIN_DEFAULTS, type TrainConfig } from '../../src/train/config.ts';
import { openModel } from '../../src/train/models.ts';
import { beginRun, markLatest, nameRun, pathsOf } from '../../src/train/runFolder.ts';
import { readTask } from '../../src/train/taskBatches.ts';
import { checkClaims } from '../demo/claims.ts';
import { measureSeed, trainAll, type SeedMeasure, type Trained } from '../demo/compare.ts';
import { readCurves } from '../demo/curves.ts';
import { DEMO_METHODS, formatEpsilon, labelOf, SHOWN, type DemoMethod } from '../demo/methods.ts';
import { findRate, readRates, type Rate, type Rates } from '../demo/rates.ts';
import { verifySubset } from '../demo/verify.ts';
import { CheckFailed, type Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { packageVersion } from '../package.ts';
import { createPool } from '../pool.ts';
import { createProgress } from '../progress.ts';
import type { Claim, ReportInput, ResultRow } from '../report/input.ts';
import { renderReport } from '../report/page.ts';
import { defaultSeed } from '../seeds.ts';
import { formatBytes, formatCount, formatSeconds, formatShare, formatTable } from '../table.ts';

interface Options extends CommonOptions {
  readonly model?: string;
  readonly task: string;
  readonly steps?: number;
  readonly seed?: number;
  readonly measureRows?: number;
  readonly out?: string;
  readonly jobs?: number;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .option('--model <folder>', 'the seed (default: the one in seeds/)')
    .option('--task <name>', 'supersense, or a folder with train.tsv, development.tsv and test.tsv', 'supersense')
    .option('--steps <n>', 'steps of each method (default: those of the recorded sweep)', integerOption('--steps', 1))
    .option('--seed <n>', 'seed of all chance', integerOption('--seed', 0))
    .option('--measure-rows <n>', 'only the first test rows (default: all)', integerOption('--measure-rows', 1))
    .option('--out <folder>', 'where the run goes (default: a new folder in runs/)')
    .option('--jobs <n>', 'child processes at once (default: one a processor)', integerOption('--jobs', 1))
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst demo', 'the main job, as npm start runs it'],
    ['dst demo --json', 'the same, with one JSON object on stdout'],
    ['dst demo --steps 50 --measure-rows 300', 'a quick look'],
  ]);
}

async function run(options: Options, io: Io): Promise<void> {
  const progress = createProgress(io, options.quiet === true);
  const seed = openModel(options.model ?? defaultSeed());
  const rates = readRates(seed.folder);
  if (rates === null)
    progress.say(`note: ${seed.folder} has no rates.json; learning rates are guesses until dst sweep`);
  const configOf = planConfigs(options, seed.folder, rates);
  const shownConfig = configOf(shown());
  const task = readTask(options.task);
  const folder = options.out ?? nameRun('runs', 'demo', new Date());
  beginRun(folder, { seed: seed.folder, seedFingerprint: seed.fingerprint, config: shownConfig });
  makeFolder(join(folder, 'methods'));
  const jobs = options.jobs ?? availableParallelism();
  progress.say(
    `${task.name}: ${formatCount(task.train.length)} training rows, ${formatCount(task.test.length)} test rows; ` +
      `seed of ${formatCount(seed.theta.length)} parameters; ${DEMO_METHODS.length} methods, ${shownConfig.steps} steps each, ${jobs} at once`,
  );

  const pool = createPool(io, progress, jobs);
  const training = trainAll(pool, progress, folder, configOf);
  const measuring = measureSeed(pool, progress, shownConfig);
  const [trained, seedMeasure] = await Promise.all([training, measuring]);

  const testRows = task.test.slice(0, options.measureRows);
  const baseline = evaluateMostFrequent(task.train, testRows);
  const rows = createRows(trained, seedMeasure, baseline);
  const shownRun = find(trained, SHOWN);
  const subset = pathsOf(folder).subset;
  copyWhole(pathsOf(shownRun.folder).subset, subset);
  const exactness = verifySubset(seed.folder, subset, shownRun.result.fingerprint);
  const claims = checkClaims({ rows, count: testRows.length, rates: orderedRates(rates) });
  const report: ReportInput = {
    title: 'Dynamic Subset Tuning: the main job',
    task: task.name,
    metricName: 'accuracy',
    date: new Date().toISOString(),
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}`,
    version: packageVersion(),
    rows,
    methods: trained.map(({ method, folder: where, result }) => readCurves(method.label, where, result)),
    claims,
    samples: createSamples(trained),
    config: { ...shownConfig },
    ...exactness,
  };
  finishRun(folder, report);
  const answer = { task: task.name, rows, ...exactness, run: folder, claims };
  writeResult(io, options.json === true, answer, describe(report, folder, seed.theta.length));
  if (!exactness.applyIsExact || !exactness.revertIsExact) {
    throw new CheckFailed(`${subset}: expected apply and revert to be exact to the bit, got a difference`);
  }
}

function shown(): DemoMethod {
  const method = DEMO_METHODS.find(({ slug }) => slug === SHOWN);
  if (method === undefined) throw new Internal(`demo: expected a method ${SHOWN}, got none`);
  return method;
}

function find(trained: readonly Trained[], slug: string): Trained {
  const found = trained.find(({ method }) => method.slug === slug);
  if (found === undefined) throw new Internal(`demo: expected a run ${slug}, got none`);
  return found;
}

/** Defaults, then what the sweep recorded, then the method's own, then what the user asked for. */
function planConfigs(options: Options, model: string, rates: Rates | null): (method: DemoMethod) => TrainConfig {
  const asked = {
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.measureRows === undefined ? {} : { measureRows: options.measureRows }),
  };
  return ({ method, epsilon, guess, slug }) => {
    const config: Record<string, unknown> = { ...TRAIN_DEFAULTS, ...rates?.config, model, task: options.task, method };
    config['epsilon'] = epsilon ?? 1;
    config['learningRate'] = findRate(rates, method, epsilon)?.learningRate ?? guess;
    Object.assign(config, asked);
    config['evaluateEvery'] = Math.max(1, Math.ceil(Number(config['steps']) / 8));
    return readTrainConfig(config, `demo: ${slug}`);
  };
}

/** Full fine-tuning first, then DST from large to small ε: the order in which Fig. 9 has the rates grow. */
function orderedRates(rates: Rates | null): Rate[] {
  const order = DEMO_METHODS.filter(({ method }) => method !== 'random').sort(
    (a, b) => (b.epsilon ?? 2) - (a.epsilon ?? 2),
  );
  return order.map(({ method, epsilon }) => findRate(rates, method, epsilon)).filter((rate) => rate !== undefined);
}

function createRows(trained: readonly Trained[], seed: SeedMeasure, baseline: SeedMeasure): ResultRow[] {
  const untrained = { epsilon: null, changed: 0, realisedFraction: 0, bytes: 0, seconds: 0 };
  const measured = ({ value, low, high }: SeedMeasure): Pick<ResultRow, 'metric' | 'low' | 'high'> => ({
    metric: value,
    low,
    high,
  });
  const rows = trained.map(({ method, result }): ResultRow => {
    const { changed, realisedFraction, bytes, seconds } = result;
    return {
      method: method.label,
      epsilon: method.epsilon,
      ...measured(result.metric),
      changed,
      realisedFraction,
      bytes,
      seconds,
    };
  });
  const full = rows.filter(({ method }) => method === 'full fine-tuning');
  return [
    { method: 'most frequent class', ...untrained, ...measured(baseline) },
    { method: 'seed as it is', ...untrained, ...measured(seed) },
    ...full,
    ...rows.filter((row) => !full.includes(row)),
  ];
}

function createSamples(trained: readonly Trained[]): ReportInput['samples'] {
  const [first] = trained;
  return first.result.samples.map(({ text, expected }, i) => ({
    text,
    expected,
    answers: Object.fromEntries(
      trained.map(({ method, result }) => [labelOf(method.label, method.epsilon), result.samples[i].answer]),
    ),
  }));
}

function copyWhole(from: string, to: string): void {
  writeAtomically(to, readBytes(from));
}

function finishRun(folder: string, report: ReportInput): void {
  const paths = pathsOf(folder);
  writeAtomically(paths.result, `${JSON.stringify(report, null, 1)}\n`);
  writeAtomically(join(folder, 'report.html'), renderReport(report));
  markLatest(folder);
  writeAtomically(paths.done, '');
}

function describe(report: ReportInput, folder: string, size: number): string {
  const table = formatTable(
    [
      { heading: 'method' },
      { heading: 'ε', align: 'right' },
      { heading: 'accuracy', align: 'right' },
      { heading: '95 % interval', align: 'right' },
      { heading: 'changed', align: 'right' },
      { heading: 'realised', align: 'right' },
      { heading: 'to store', align: 'right' },
      { heading: 'time', align: 'right' },
    ],
    report.rows.map((row) => [
      row.method,
      row.epsilon === null ? '' : formatEpsilon(row.epsilon),
      formatShare(row.metric, 1),
      `${(100 * row.low).toFixed(1)} to ${(100 * row.high).toFixed(1)}`,
      formatCount(row.changed),
      row.changed === 0 ? '' : formatShare(row.realisedFraction, 3),
      row.bytes === 0 ? '' : formatBytes(row.bytes),
      row.seconds === 0 ? '' : formatSeconds(row.seconds),
    ]),
  );
  const exact = (holds: boolean): string => (holds ? 'exact to the bit' : 'NOT EXACT');
  return [
    table,
    'What the paper claims, on these rows:',
    ...report.claims.map(describeClaim),
    '',
    `${folder}/subset.safetensors: ${shownFacts(report, size)}`,
    `  applied to the seed: ${exact(report.applyIsExact)}; reverted: ${exact(report.revertIsExact)}`,
    `${folder}/report.html: the same with charts`,
    `Try: dst generate --model ${folder} --prompt "a large wild cat with a striped coat"`,
    '',
  ].join('\n');
}

function describeClaim({ anchor, claim, holds, evidence }: Claim): string {
  return `  ${holds ? 'holds         ' : 'does NOT hold '} ${anchor.padEnd(8)} ${claim} (${evidence})`;
}

function shownFacts(report: ReportInput, size: number): string {
  const { epsilon } = shown();
  const row = report.rows.find((candidate) => candidate.method === 'DST' && candidate.epsilon === epsilon);
  if (row === undefined) throw new Internal('demo: expected a row for the subset, got none');
  const times = Math.round((4 * size) / row.bytes);
  return `${formatBytes(row.bytes)}, ${times} times smaller than the model's ${formatBytes(4 * size)}`;
}
