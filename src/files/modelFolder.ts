/**
 * A model as a folder: config.json, model.safetensors, tokenizer.json.
 *
 * @module
 */
import { join } from 'node:path';
import { wrong } from '../errors.ts';
import { requireValidConfig } from '../nn/config.ts';
import type { DecoderConfig } from '../nn/config.ts';
import { createDecoder } from '../nn/decoder.ts';
import { elementCount } from '../tensor/shape.ts';
import { parseJson, printJson } from '../text/json.ts';
import { SPECIALS, type Tokenizer } from '../text/tokenizer.ts';
import { readTokenizer } from '../text/tokenizerJson.ts';
import { makeFolder, writeAtomically } from './atomic.ts';
import { readModelText } from './modelText.ts';
import { ofFloat32, toFloat32 } from './convert.ts';
import { nodeFileSystem } from './fileSystem.ts';
import type { FileSystem } from './fileSystem.ts';
import { keepFiles, writeKept, type KeptFiles } from './kept.ts';
import { writeSafetensors } from './safetensors.ts';
import { requireLayout, requireTensors } from './tensorSet.ts';
import { metadataOf, MODEL, readWeightFiles, tensorsOf } from './weightFiles.ts';
import type { Parameter } from '../tensor/parameter.ts';

export interface StoredModel {
  readonly config: DecoderConfig;
  /** θ, in ordinary memory. */
  readonly theta: Float32Array;
  readonly tokenizer: Tokenizer;
  /** Where each tensor lies in θ. */
  readonly parameters: readonly Parameter[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The folder's files, but for the numbers. */
  readonly kept: KeptFiles;
}

export interface ModelToWrite extends Omit<StoredModel, 'metadata' | 'kept'> {
  /** How the numbers are stored; BF16 rounds them. F32 if absent. */
  readonly dtype?: 'F32' | 'BF16';
  readonly metadata?: Readonly<Record<string, string>>;
}

const FORMAT = 'dynamic-subset-tuning/model/1';

/**
 * Writes the three files, each atomically, the tensors last: a folder with model.safetensors has all of them.
 *
 * @throws {@link InvalidInput} for what {@link readModelFolder} would refuse or read otherwise; then nothing is written.
 * @throws {@link Unavailable} if the system refuses.
 */
export function writeModelFolder(
  directory: string,
  model: ModelToWrite,
  fileSystem: FileSystem = nodeFileSystem,
): void {
  const { config, theta, tokenizer, parameters } = model;
  requireFit(tokenizer, config, 'tokenizer');
  requireLayout(parameters, createDecoder(config), theta);
  const tensors = parameters.map(({ name, shape, offset }) =>
    ofFloat32(name, shape, theta.subarray(offset, offset + elementCount(shape)), model.dtype),
  );
  const weights = writeSafetensors(tensors, { ...model.metadata, format: FORMAT });
  makeFolder(directory, fileSystem);
  writeAtomically(join(directory, 'config.json'), `${printJson(config, 'config', 2)}\n`, fileSystem);
  writeAtomically(join(directory, 'tokenizer.json'), tokenizer.json(), fileSystem);
  writeAtomically(join(directory, MODEL), weights, fileSystem);
}

/** Refuses a tokenizer that a decoder of that config cannot read. */
function requireFit(tokenizer: Tokenizer, config: DecoderConfig, where: string): void {
  if (tokenizer.vocabularySize !== config.vocabularySize)
    throw wrong(where, `${config.vocabularySize} tokens, as config.json has`, tokenizer.vocabularySize);
  if (SPECIALS.some((special, id) => tokenizer.specials[id] !== special)) {
    const first = tokenizer.specials.slice(0, SPECIALS.length).join(' ');
    throw wrong(`${where}: added_tokens`, `first ${SPECIALS.join(' ')}`, first);
  }
}

/**
 * Reads a model, whole or not at all.
 *
 * @throws {@link InvalidInput} naming the file and what is wrong with it; of the tensors it lists every one that is missing,
 * unexpected or of another shape.
 */
export function readModelFolder(directory: string, fileSystem: FileSystem = nodeFileSystem): StoredModel {
  const configPath = join(directory, 'config.json');
  const config = parseConfig(readModelText(configPath, fileSystem), configPath);
  const tokenizerPath = join(directory, 'tokenizer.json');
  const tokenizer = readTokenizer(readModelText(tokenizerPath, fileSystem), tokenizerPath);
  requireFit(tokenizer, config, tokenizerPath);
  const path = join(directory, MODEL);
  const weights = readWeightFiles(directory, fileSystem);
  const tensors = tensorsOf(weights, directory);
  const decoder = createDecoder(config);
  requireTensors(decoder.parameters, tensors, path);
  const theta = new Float32Array(decoder.size);
  for (const { name, offset } of decoder.parameters) {
    const tensor = tensors.get(name);
    if (tensor !== undefined) theta.set(toFloat32(tensor, `${path}: "${name}"`), offset);
  }
  const kept = keepFiles(directory, weights, () => true, fileSystem);
  return { config, theta, tokenizer, parameters: decoder.parameters, metadata: metadataOf(weights), kept };
}

/**
 * Writes a decoder that was tuned from one that was read: the folder that was read, with other numbers.
 *
 * @param theta - the numbers, laid out as `seed` is.
 * @throws {@link Unavailable} if the system refuses.
 */
export function writeTunedModelFolder(
  directory: string,
  seed: Pick<StoredModel, 'parameters' | 'kept'>,
  theta: Float32Array,
  fileSystem: FileSystem = nodeFileSystem,
): void {
  const values = new Map(
    seed.parameters.map(({ name, shape, offset }) => [name, theta.subarray(offset, offset + elementCount(shape))]),
  );
  writeKept(directory, seed.kept, (name) => values.get(name), fileSystem);
}

/** The type of each field; whether its value makes sense is for {@link requireValidConfig}. */
const CONFIG_FIELDS: Readonly<Record<keyof DecoderConfig, 'number' | 'string' | 'boolean'>> = {
  vocabularySize: 'number',
  modelSize: 'number',
  layers: 'number',
  heads: 'number',
  feedForwardSize: 'number',
  context: 'number',
  activation: 'string',
  tiedEmbedding: 'boolean',
  ropeBase: 'number',
  normEpsilon: 'number',
};

function parseConfig(json: string, where: string): DecoderConfig {
  const value = parseJson(json, where);
  if (!isConfig(value, where)) throw wrong(where, 'an object', typeof value);
  requireValidConfig(value);
  return value;
}

function isConfig(value: unknown, where: string): value is DecoderConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const [name, type] of Object.entries(CONFIG_FIELDS)) {
    if (typeof fields.get(name) !== type) throw wrong(`${where}: ${name}`, `a ${type}`, fields.get(name) ?? 'nothing');
  }
  for (const name of fields.keys()) {
    if (!Object.hasOwn(CONFIG_FIELDS, name))
      throw wrong(where, `the fields ${Object.keys(CONFIG_FIELDS).join(', ')}`, name);
  }
  return true;
}
