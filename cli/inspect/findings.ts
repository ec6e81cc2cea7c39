/**
 * What `dst inspect` finds in a path.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { measure } from '../../src/dst/feasible.ts';
import type { SiloStrategy } from '../../src/dst/notation.ts';
import { partition } from '../../src/dst/silos.ts';
import { readBytes } from '../../src/files/atomic.ts';
import { readSafetensors } from '../../src/files/safetensors.ts';
import { readSubset } from '../../src/files/subsetFile.ts';
import { SUBSET_FORMAT } from '../../src/files/subsetMetadata.ts';
import { readCheckpoint } from '../../src/run/checkpoint.ts';
import { elementCount } from '../../src/tensor/shape.ts';
import { findNonFinite } from '../../src/train/finite.ts';
import { openAnyModel, openSeedOfRun, type OpenedModel } from '../../src/run/openModel.ts';
import { isRunFolder, pathsOf, readRun } from '../../src/run/runFolder.ts';
import { factsOf, factsOfCheckpoint } from './madeOf.ts';

/** One line of the table; null if nothing was changed because there is nothing to compare with. */
export interface SiloCount {
  readonly name: string;
  readonly size: number;
  readonly changed: number | null;
  readonly fraction: number | null;
}

export interface Findings {
  readonly kind: 'model' | 'run' | 'unfinished run' | 'checkpoint' | 'subset' | 'safetensors';
  readonly facts: Readonly<Record<string, string | number>>;
  readonly silos: readonly SiloCount[];
}

/** A model's folder, or a run's. */
export function inspectFolder(folder: string, strategy: SiloStrategy, seedFolder: string | undefined): Findings {
  const paths = pathsOf(folder);
  const unfinished = isRunFolder(folder) && !existsSync(paths.subset) && !existsSync(paths.model);
  if (unfinished) return inspectUnfinished(folder);
  const model = openAnyModel(folder, seedFolder);
  const nonFinite = describeNonFinite(model);
  const { fingerprint } = model;
  const facts = { ...model.model.config, parameters: model.theta.length, fingerprint, ...nonFinite };
  if (model.run === null) {
    const silos = partition(model.parameters, strategy).map(({ name, size }) => ({
      name,
      size,
      changed: null,
      fraction: null,
    }));
    return { kind: 'model', facts: stringify(facts), silos };
  }
  const { method, epsilon, learningRate, learningRateFrom, steps } = model.run.config;
  const seed = openSeedOfRun(folder, model.run, seedFolder);
  const { changed, fraction, silos } = measure(partition(model.parameters, strategy), seed.theta, model.theta);
  const { parameters } = facts;
  const run = {
    method,
    epsilon,
    learningRate,
    learningRateFrom,
    steps,
    parameters,
    changed,
    fraction,
    fingerprint,
    ...factsOf(model.run.identity),
    ...nonFinite,
  };
  return { kind: 'run', facts: stringify(run), silos };
}

/** A fact about numbers that no command computes with, if there are any. */
function describeNonFinite({ theta, parameters }: OpenedModel): Readonly<Record<string, string>> {
  const found = findNonFinite(theta, parameters);
  return found === undefined ? {} : { notFinite: `${found.count}, the first ${found.place} = ${found.value}` };
}

/** A checkpoint, a subset, or any safetensors file. */
export function inspectFile(path: string, strategy: SiloStrategy): Findings {
  const bytes = readBytes(path);
  const { metadata, tensors } = readSafetensors(bytes, path);
  const format = metadata.get('format') ?? '';
  if (format.startsWith('dynamic-subset-tuning/checkpoint')) return inspectCheckpoint(path);
  if (format === SUBSET_FORMAT) return inspectSubset(path, bytes, strategy);
  const silos = [...tensors].map(([name, { shape }]) => {
    return { name, size: elementCount(shape), changed: null, fraction: null };
  });
  return { kind: 'safetensors', facts: Object.fromEntries(metadata), silos };
}

function inspectSubset(path: string, bytes: Uint8Array, strategy: SiloStrategy): Findings {
  const {
    subset,
    parameters,
    epsilon,
    distance,
    method,
    silos: scheme,
    seedFingerprint,
    resultFingerprint,
  } = readSubset(bytes, path);
  // Against a seed of zeros, ones at the changed indices differ exactly there.
  const seed = new Float32Array(subset.size);
  const tuned = new Float32Array(subset.size);
  for (const index of subset.indices) tuned[index] = 1;
  const { changed, fraction, silos } = measure(partition(parameters, strategy), seed, tuned);
  const facts = {
    method,
    epsilon,
    silos: scheme,
    distance,
    parameters: subset.size,
    changed,
    fraction,
    bytes: bytes.length,
    seedFingerprint: seedFingerprint.total,
    resultFingerprint,
  };
  return { kind: 'subset', facts: stringify(facts), silos };
}

function inspectCheckpoint(path: string): Findings {
  const { vectors, ...known } = readCheckpoint(path, null);
  const silos = [...vectors].map(([name, { length }]) => ({ name, size: length, changed: null, fraction: null }));
  return { kind: 'checkpoint', facts: factsOfCheckpoint(path, known), silos };
}

function inspectUnfinished(folder: string): Findings {
  const { config, identity } = readRun(folder);
  const { checkpoint } = pathsOf(folder);
  const step = existsSync(checkpoint) ? readCheckpoint(checkpoint, null).step : 0;
  const { method, epsilon, steps } = config;
  return { kind: 'unfinished run', facts: { method, epsilon, step, steps, ...factsOf(identity) }, silos: [] };
}

function stringify(facts: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]),
  );
}
