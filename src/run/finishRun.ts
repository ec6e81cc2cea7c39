/**
 * The end of a fine-tuning run: its subset or model, its measurement, result.json, and DONE last.
 *
 * @module
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from '../data/task.ts';
import { wrong } from '../errors.ts';
import { writeAtomically } from '../files/atomic.ts';
import { fingerprint } from '../files/fingerprint.ts';
import { createArtifact, writeSubset } from '../files/subsetFile.ts';
import { scoreRows } from '../metrics/rowScores.ts';
import { countElements } from '../tensor/shape.ts';
import { printJson } from '../text/json.ts';
import { evaluate } from '../train/evaluate.ts';
import { findLossWarnings, readLosses } from '../train/losses.ts';
import { epsilonOf, METHODS } from '../train/methods.ts';
import { answererOf, type Run } from './prepareRun.ts';
import { computePlacement, RESULT_FORMAT, type TrainResult } from './result.ts';
import { recordRows } from './rowRecord.ts';
import { pathsOf } from './runFolder.ts';

/** Test rows whose answers are kept to be shown. */
const SAMPLES = 12;

/** Stores and measures a run whose steps are all made. */
export function finishRun(run: Run): TrainResult {
  const { config, seed: model, task, folder, watcher, fileSystem } = run.options;
  const paths = pathsOf(folder);
  const seconds = run.checkpointer.seconds;
  const theta = run.learner.theta;
  const bytes = store(run);
  // From the events, which have the steps of every sitting: a run that was continued warns in the same words.
  const lossWarnings = findLossWarnings(readLosses(paths.events, fileSystem), config.learningRate);
  for (const warning of lossWarnings) watcher.warning(warning);
  const rows = rowsToMeasure(run);
  const watch = (answered: number): void => watcher.measuring(answered, rows.length);
  watch(0);
  const { beams, lengthPenalty } = config;
  const search = { beams, lengthPenalty, maximumTokens: run.maximumTokens };
  const { answers, ...metric } = evaluate(answererOf(run), task, rows, { ...search, watch });
  const shown = rows.slice(0, SAMPLES);
  const untuned = { ...answererOf(run), theta: run.seed };
  const before = evaluate(untuned, task, shown, search).answers;
  const placement = computePlacement(run.kernels, model.parameters, run.seed, theta);
  const changed = placement.reduce((sum, part) => sum + part.changed, 0);
  const result: TrainResult = {
    format: RESULT_FORMAT,
    method: config.method,
    epsilon: epsilonOf(config),
    learningRate: config.learningRate,
    learningRateFrom: config.learningRateFrom,
    steps: config.steps,
    task: task.name,
    identity: run.identity,
    earlier: run.record?.earlier ?? [],
    split: config.measure,
    metric,
    rows: recordRows(scoreRows(task.metric, answers, rows)),
    size: theta.length,
    changed,
    realisedFraction: changed / theta.length,
    bytes,
    seconds,
    placement,
    overlap: run.snapshots.table(),
    samples: shown.map(({ text, label, references }, i) => ({
      text,
      expected: label,
      answer: answers[i],
      before: before[i],
      ...(references === undefined ? {} : { references }),
    })),
    fingerprint: fingerprint(theta, model.parameters).total,
    warnings: [...run.warnings, ...lossWarnings],
  };
  writeAtomically(paths.result, `${printJson(result, 'result.json', 2)}\n`, fileSystem);
  writeAtomically(paths.done, '', fileSystem);
  rmSync(paths.checkpoint, { force: true });
  return result;
}

/** Writes what the method stores; returns the bytes of it. */
function store(run: Run): number {
  const { config, seed: model, folder, fileSystem } = run.options;
  const paths = pathsOf(folder);
  const { stores, trains } = METHODS[config.method];
  switch (stores) {
    case 'model': {
      model.model.writeTuned(paths.model, run.learner.theta, fileSystem);
      const weights = readdirSync(paths.model).filter((name) => name.endsWith('.safetensors'));
      return weights.reduce((sum, name) => sum + statSync(join(paths.model, name)).size, 0);
    }
    case 'subset': {
      const { silos, distance, method } = config;
      // Without an ε of its own, a method may change all of some tensors: that is its share.
      const share = countElements(model.model.parameters.filter(trains)) / run.seed.length;
      const about = { epsilon: String(epsilonOf(config) ?? share), silos, distance, method };
      const bytes = writeSubset(createArtifact(run.seed, run.learner.theta, model.parameters, about));
      writeAtomically(paths.subset, bytes, fileSystem);
      return bytes.length;
    }
  }
}

function rowsToMeasure({ options: { config, task } }: Run): readonly Example[] {
  const rows = config.measure === 'test' ? task.test : task.development;
  if (rows.length === 0) throw wrong(`task ${task.name}: ${config.measure}`, 'at least one example', 'none');
  return config.measureRows === null ? rows : rows.slice(0, config.measureRows);
}
