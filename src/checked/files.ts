/**
 * Files, for callers from JavaScript.
 *
 * @module
 */
import * as library from '../index.ts';
import {
  anyText,
  bytes,
  everyField,
  float32,
  having,
  ignored,
  iterable,
  list,
  oneOf,
  optional,
  text,
} from '../kinds.ts';
import { PRETRAIN_PRESETS } from '../pretrain/pretrainConfig.ts';
import { guard } from './guard.ts';
import { aFileSystem, aTokenizer, places } from './things.ts';

const where = anyText;
const fileSystem = optional(aFileSystem);
const [seed, theta] = [float32, float32];
const anArtifact = having('an artifact, as createArtifact makes one', {
  subset: having('a subset', { values: float32 }),
  parameters: places,
  seedFingerprint: having('a fingerprint', { total: anyText }),
});
const aModel = having('a model to write', {
  config: having('a config', {}),
  theta: float32,
  tokenizer: aTokenizer,
  parameters: places,
});

export const writeAtomically = guard('writeAtomically', library.writeAtomically, {
  path: text,
  data: (value, where) =>
    typeof value === 'string' ? value : Array.isArray(value) ? list(bytes)(value, where) : bytes(value, where),
  fileSystem,
});
export const readSafetensors = guard('readSafetensors', library.readSafetensors, { bytes, where });
export const writeSafetensors = guard('writeSafetensors', library.writeSafetensors, {
  tensors: iterable,
  metadata: optional(everyField(anyText)),
});
export const fingerprint = guard('fingerprint', library.fingerprint, { theta: float32, parameters: places });
export const createArtifact = guard('createArtifact', library.createArtifact, {
  seed,
  theta,
  parameters: places,
  about: ignored, // createArtifact looks at it itself
});
export const writeSubset = guard('writeSubset', library.writeSubset, {
  artifact: anArtifact,
  encoding: optional(oneOf(['gap', 'flat'])),
});
export const readSubset = guard('readSubset', library.readSubset, { bytes, where });
export const applyArtifact = guard('applyArtifact', library.applyArtifact, {
  seed,
  parameters: places,
  artifact: anArtifact,
  where,
});
export const revertArtifact = guard('revertArtifact', library.revertArtifact, {
  theta,
  seed,
  parameters: places,
  artifact: anArtifact,
  where,
});
export const readModelFolder = guard('readModelFolder', library.readModelFolder, { directory: text, fileSystem });
export const writeModelFolder = guard('writeModelFolder', library.writeModelFolder, {
  directory: text,
  model: aModel,
  fileSystem,
});
export const readT5Folder = guard('readT5Folder', library.readT5Folder, { directory: text, fileSystem });
export const writeT5Folder = guard('writeT5Folder', library.writeT5Folder, {
  directory: text,
  model: aModel,
  fileSystem,
});
export const openModel = guard('openModel', library.openModel, { path: text });
export const readTrainConfig = guard('readTrainConfig', library.readTrainConfig, { value: ignored, where });
export const readPretrainConfig = guard('readPretrainConfig', library.readPretrainConfig, {
  value: ignored,
  where,
  preset: optional(oneOf(Object.keys(PRETRAIN_PRESETS))),
});
