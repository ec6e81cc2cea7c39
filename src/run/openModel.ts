/**
 * Opening what a user calls a model: a model's folder, or a run's, which is its seed with a subset put in.
 *
 * @module
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unknownName, wrong } from '../errors.ts';
import { readBytes } from '../files/atomic.ts';
import { readModelText } from '../files/modelText.ts';
import { fingerprint } from '../files/fingerprint.ts';
import { readModelFolder } from '../files/modelFolder.ts';
import { readT5Folder } from '../files/t5Folder.ts';
import { nowhere, pathsOfPlace, readFirst } from '../files/place.ts';
import { resolvePointer } from '../files/pointer.ts';
import { INDEX, MODEL } from '../files/weightFiles.ts';
import { applyArtifact, readSubset, type SubsetArtifact } from '../files/subsetFile.ts';
import { createDecoder } from '../nn/decoder.ts';
import { createT5 } from '../nn/t5/encoderDecoder.ts';
import { parseJson } from '../text/json.ts';
import { createDecoderModel } from '../models/decoderModel.ts';
import { findOtherSeed } from './identity.ts';
import { isRunFolder, pathsOf, readRun, type RunRecord } from './runFolder.ts';
import { requireFinite } from '../train/finite.ts';
import { createT5Model } from '../models/t5Model.ts';
import type { TextModel } from '../models/textModel.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** A model that has been read. */
export interface OpenedModel {
  /** Where it was read from, pointers followed. */
  readonly folder: string;
  readonly model: TextModel;
  /** θ, in ordinary memory. */
  readonly theta: Float32Array;
  readonly parameters: readonly Parameter[];
  /** 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** The run that it comes from, if it comes from one. */
  readonly run: RunRecord | null;
  /** The folder whose files hold these very parameters; null if they are a seed's with a subset put in. */
  readonly files: string | null;
}

/**
 * Opens a model's folder, a run's folder or a pointer to one (`runs/latest`).
 *
 * @param seedFolder - where the seed of a run lies, if not where it lay.
 * @param flag - the option that names the folder, for the error.
 * @throws InvalidInput if there is none, a subset does not belong to its seed, or a parameter is NaN or infinite.
 */
export function openModel(path: string, seedFolder?: string, flag = '--model'): OpenedModel {
  const opened = openAnyModel(path, seedFolder, flag);
  requireFinite(path, opened.theta, opened.parameters);
  return opened;
}

/** As {@link openModel}, with whatever numbers there are: to look at, not to compute with. */
export function openAnyModel(path: string, seedFolder?: string, flag = '--model'): OpenedModel {
  const folder = followPointer(path, flag);
  if (isRunFolder(folder)) return openRun(folder, seedFolder);
  if (seedFolder !== undefined) throw wrong('--seed', 'a run, whose seed it is', path);
  const { model, theta } = readModel(folder, path);
  const parameters = model.parameters;
  return {
    folder,
    model,
    theta,
    parameters,
    fingerprint: fingerprint(theta, parameters).total,
    run: null,
    files: folder,
  };
}

function readModel(folder: string, path: string): Pick<OpenedModel, 'model' | 'theta'> {
  if (isT5Folder(folder)) {
    const { config, theta, tokenizer, kept } = readT5Folder(folder);
    return { model: createT5Model(createT5(config), tokenizer, kept), theta };
  }
  if (![MODEL, INDEX].some((file) => existsSync(join(folder, file)))) {
    throw wrong(path, `a folder with a ${MODEL}, or that of a run`, 'neither');
  }
  const { config, theta, tokenizer, kept } = readModelFolder(folder);
  return { model: createDecoderModel(createDecoder(config), tokenizer, kept), theta };
}

/** A subset that has been read. */
export interface OpenedSubset {
  /** The file that it was read from. */
  readonly path: string;
  readonly artifact: SubsetArtifact;
  /** The run that made it and its folder, if that was named. */
  readonly run: (RunRecord & { readonly folder: string }) | null;
}

/**
 * Opens the file of a subset, a run's folder, which has one, or a pointer to either.
 *
 * @throws InvalidInput if there is none, such as in a run that has not ended or that tuned all parameters.
 */
export function openSubset(path: string): OpenedSubset {
  if (!existsSync(path)) throw wrong(path, 'the file of a subset, or the folder of a run', 'none');
  const found = resolvePointer(path);
  if (!statSync(found).isDirectory()) return { path, artifact: readSubset(readBytes(found), path), run: null };
  if (!isRunFolder(found)) throw wrong(path, 'the file of a subset, or the folder of a run', 'another folder');
  const run = readRun(found);
  const { subset, model } = pathsOf(found);
  if (!existsSync(subset)) {
    const got = existsSync(model) ? 'full fine-tuning, which has none' : 'one that has not ended';
    throw wrong(path, 'a run with a subset', got);
  }
  return { path: subset, artifact: readSubset(readBytes(subset), subset), run: { ...run, folder: found } };
}

function openRun(folder: string, seedFolder: string | undefined): OpenedModel {
  const run = readRun(folder);
  const paths = pathsOf(folder);
  if (existsSync(paths.model)) {
    if (seedFolder !== undefined) openSeedOfRun(folder, run, seedFolder); // not needed, but not swallowed either
    return { ...openAnyModel(paths.model), folder, run };
  }
  if (!existsSync(paths.subset)) throw wrong(folder, 'a finished run, with its subset', 'neither subset nor model');
  const seed = openSeedOfRun(folder, run, seedFolder);
  const theta = applyArtifact(seed.theta, seed.parameters, openSubset(paths.subset).artifact, paths.subset);
  return { ...seed, folder, theta, fingerprint: fingerprint(theta, seed.parameters).total, run, files: null };
}

/**
 * The seed of a run: where the user says that it lies, else where it lay, as seen from the run's folder or by its whole
 * path.
 *
 * @param folder - the run's.
 * @param flag - the option that names another place, for the error.
 * @throws InvalidInput if it is nowhere, or another: with both fingerprints.
 */
export function openSeedOfRun(
  folder: string,
  { seed, identity }: RunRecord,
  seedFolder?: string,
  flag = '--seed',
): OpenedModel {
  if (seedFolder !== undefined) followPointer(seedFolder, flag);
  const paths = seedFolder === undefined ? pathsOfPlace(seed, folder) : [seedFolder];
  return readFirst(
    paths,
    (path) => openModel(path, undefined, flag),
    (found, path) => findOtherSeed(identity, found, folder, path),
    () => nowhere(`${folder}: the seed of the run`, paths, flag),
  );
}

/** Whether the folder holds a T5 as Hugging Face keeps it: its config.json says so. */
function isT5Folder(folder: string): boolean {
  const path = join(folder, 'config.json');
  if (!existsSync(path)) return false;
  const value = parseJson(readModelText(path), path);
  return typeof value === 'object' && value !== null && 'model_type' in value;
}

function followPointer(path: string, flag: string): string {
  if (!existsSync(path)) throw wrong(flag, 'a folder that exists', path);
  const folder = resolvePointer(path);
  if (!statSync(folder).isDirectory()) throw wrong(flag, 'a folder', path);
  return folder;
}

/** The tensor of that name, or an error with the nearest. */
export function findParameter(parameters: readonly Parameter[], name: string): Parameter {
  const found = parameters.find((parameter) => parameter.name === name);
  if (found === undefined)
    throw unknownName(
      'parameter',
      parameters.map((parameter) => parameter.name),
      name,
    );
  return found;
}
