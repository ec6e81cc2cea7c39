/**
 * A T5 1.1 as Hugging Face keeps it: config.json and tokenizer.json beside model.safetensors, or beside several files and
 * their index.
 *
 * @module
 */
import { join } from 'node:path';
import { Internal, wrong } from '../errors.ts';
import type { T5Config } from '../nn/t5/config.ts';
import { createT5 } from '../nn/t5/encoderDecoder.ts';
import { elementCount } from '../tensor/shape.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { readTokenizer } from '../text/tokenizerJson.ts';
import { makeFolder, writeAtomically } from './atomic.ts';
import { readModelText } from './modelText.ts';
import { ofFloat32, toFloat32 } from './convert.ts';
import { nodeFileSystem, type FileSystem } from './fileSystem.ts';
import { keepFiles, writeKept, type KeptFiles } from './kept.ts';
import { writeSafetensors } from './safetensors.ts';
import { requireLayout, requireTensors } from './tensorSet.ts';
import { parseT5Config, writeT5Config } from './t5Config.ts';
import { huggingFaceName } from './t5Names.ts';
import { findTies, requireOwnTables } from './t5Ties.ts';
import { metadataOf, MODEL, readWeightFiles, tensorsOf } from './weightFiles.ts';
import type { Parameter } from '../tensor/parameter.ts';

const TOKENIZER = 'tokenizer.json';
/** What SentencePiece itself writes; it holds the pieces in another format. */
const SENTENCEPIECE = 'spiece.model';

export interface StoredT5 {
  /** Whether tables are tied is what the files hold; the rest is config.json's. */
  readonly config: T5Config;
  /** θ, in ordinary memory. */
  readonly theta: Float32Array;
  /** Its tokens may be fewer than the config's: T5's embedding has rows to spare. */
  readonly tokenizer: Tokenizer;
  /** Where each tensor lies in θ. */
  readonly parameters: readonly Parameter[];
  /** Of the tensors' files. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The folder's files, but for the numbers. */
  readonly kept: KeptT5;
}

/** The files of a T5's folder. */
export interface KeptT5 extends KeptFiles {
  /** Tensors that are another by another name. */
  readonly copies: ReadonlyMap<string, string>;
}

export interface T5ToWrite extends Omit<StoredT5, 'metadata' | 'kept'> {
  /** How the numbers are stored; BF16 rounds them. F32 if absent. */
  readonly dtype?: 'F32' | 'BF16';
  /** Beside `format`, which Hugging Face's own reader asks for. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Reads a T5 1.1, whole or not at all. F32, and F16 and BF16 widened, which is exact.
 *
 * @throws {@link InvalidInput} naming the file and what is wrong with it; of the tensors it lists every one that is missing,
 * unexpected or of another shape.
 */
export function readT5Folder(directory: string, fileSystem: FileSystem = nodeFileSystem): StoredT5 {
  const configPath = join(directory, 'config.json');
  const written = parseT5Config(readModelText(configPath, fileSystem), configPath);
  const tokenizer = readFittingTokenizer(directory, written, fileSystem);
  const weights = readWeightFiles(directory, fileSystem);
  const { tensors, copies, unused, tiedEmbedding, ownEmbeddings } = findTies(tensorsOf(weights, directory), directory);
  const { scaledLogits, ...sizes } = written;
  const config: T5Config = {
    ...sizes,
    tiedEmbedding,
    ...(scaledLogits === tiedEmbedding ? {} : { scaledLogits }),
    ...(ownEmbeddings.length === 0 ? {} : { ownEmbeddings }),
  };
  const t5 = createT5(config);
  const expected = t5.parameters.map((parameter) => ({ name: nameOf(parameter), shape: parameter.shape }));
  requireTensors(expected, tensors, directory);
  const theta = new Float32Array(t5.size);
  for (const parameter of t5.parameters) {
    const name = nameOf(parameter);
    const tensor = tensors.get(name);
    if (tensor !== undefined) theta.set(toFloat32(tensor, `${directory}: "${name}"`), parameter.offset);
  }
  const kept = { ...keepFiles(directory, weights, (name) => !unused.includes(name), fileSystem), copies };
  return { config, theta, tokenizer, parameters: t5.parameters, metadata: metadataOf(weights), kept };
}

/**
 * Writes config.json, tokenizer.json and model.safetensors, each atomically, the tensors last.
 *
 * @throws {@link InvalidInput} for a tokenizer, a layout or a vector that is not the config's, or a table that would be read back as the shared
 * one; then nothing is written.
 * @throws {@link Unavailable} if the system refuses.
 */
export function writeT5Folder(directory: string, model: T5ToWrite, fileSystem: FileSystem = nodeFileSystem): void {
  const { config, theta, tokenizer, parameters, dtype, metadata } = model;
  requireTokens(tokenizer, config, 'tokenizer');
  requireLayout(parameters, createT5(config), theta);
  const tensors = parameters.map((parameter) =>
    ofFloat32(nameOf(parameter), parameter.shape, valuesOf(theta, parameter), dtype),
  );
  requireOwnTables(tensors, directory);
  const bytes = writeSafetensors(tensors, { ...metadata, format: 'pt' });
  makeFolder(directory, fileSystem);
  writeAtomically(join(directory, 'config.json'), writeT5Config(config, tokenizer.end), fileSystem);
  writeAtomically(join(directory, TOKENIZER), tokenizer.json(), fileSystem);
  writeAtomically(join(directory, MODEL), bytes, fileSystem);
}

/**
 * Writes a T5 that was tuned from one that was read: the folder that was read, with other numbers.
 *
 * @param theta - the numbers, laid out as `seed` is.
 * @throws {@link InvalidInput} for a table that would be read back as the shared one; then nothing is written.
 * @throws {@link Unavailable} if the system refuses.
 */
export function writeTunedT5Folder(
  directory: string,
  seed: Pick<StoredT5, 'parameters' | 'kept'>,
  theta: Float32Array,
  fileSystem: FileSystem = nodeFileSystem,
): void {
  const parameters = new Map(seed.parameters.map((parameter) => [nameOf(parameter), parameter]));
  const values = (name: string): Float32Array | undefined => {
    const parameter = parameters.get(seed.kept.copies.get(name) ?? name);
    return parameter === undefined ? undefined : valuesOf(theta, parameter);
  };
  const tensors = seed.parameters.map((parameter) =>
    ofFloat32(nameOf(parameter), parameter.shape, valuesOf(theta, parameter)),
  );
  requireOwnTables(tensors, directory);
  writeKept(directory, seed.kept, values, fileSystem);
}

function valuesOf(theta: Float32Array, { offset, shape }: Parameter): Float32Array {
  return theta.subarray(offset, offset + elementCount(shape));
}

/** The tokenizer beside the model, whose tokens the embedding has rows for. */
function readFittingTokenizer(
  directory: string,
  { vocabularySize }: Pick<T5Config, 'vocabularySize'>,
  fileSystem: FileSystem,
): Tokenizer {
  const path = join(directory, TOKENIZER);
  const files = fileSystem.readdirSync(directory);
  if (files.includes(SENTENCEPIECE) && !files.includes(TOKENIZER))
    throw wrong(
      path,
      "a tokenizer.json, which Hugging Face's AutoTokenizer.from_pretrained(dir).save_pretrained(dir) makes",
      SENTENCEPIECE,
    );
  const tokenizer = readTokenizer(readModelText(path, fileSystem), path);
  requireTokens(tokenizer, { vocabularySize }, path);
  return tokenizer;
}

function requireTokens(
  tokenizer: Tokenizer,
  { vocabularySize }: Pick<T5Config, 'vocabularySize'>,
  where: string,
): void {
  if (tokenizer.vocabularySize > vocabularySize)
    throw wrong(where, `at most ${vocabularySize} tokens, as config.json has`, tokenizer.vocabularySize);
}

function nameOf(parameter: Parameter): string {
  const name = huggingFaceName(parameter);
  if (name === undefined)
    throw new Internal(`t5Names: expected a name for every parameter, got none for ${parameter.name}`);
  return name;
}
