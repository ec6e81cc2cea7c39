/**
 * A T5 1.1 as Hugging Face keeps it: config.json and tokenizer.json beside model.safetensors, or beside several files and
 * their index.
 *
 * @module
 */
import { join } from 'node:path';
import { Internal, wrong } from '../errors.ts';
import type { Parameter } from '../nn/parameters.ts';
import type { T5Config } from '../nn/t5/config.ts';
import { createT5 } from '../nn/t5/encoderDecoder.ts';
import { elementCount } from '../tensor/shape.ts';
import { parseJson, record } from '../text/json.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { readTokenizer } from '../text/tokenizerJson.ts';
import { makeFolder, readBytes, readText, writeAtomically } from './atomic.ts';
import { ofFloat32, toFloat32 } from './convert.ts';
import { nodeFileSystem, type FileSystem } from './fileSystem.ts';
import { readSafetensors, writeSafetensors, type StoredTensor } from './safetensors.ts';
import { requireTensors } from './tensorSet.ts';
import { parseT5Config, writeT5Config } from './t5Config.ts';
import { huggingFaceName, SHARED_COPIES } from './t5Names.ts';

const TOKENIZER = 'tokenizer.json';
/** What SentencePiece itself writes; it holds the pieces in another format. */
const SENTENCEPIECE = 'spiece.model';
const MODEL = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

export interface StoredT5 {
  readonly config: T5Config;
  /** θ, in ordinary memory. */
  readonly theta: Float32Array;
  /** Its tokens may be fewer than the config's: T5's embedding has rows to spare. */
  readonly tokenizer: Tokenizer;
  /** Where each tensor lies in θ. */
  readonly layout: readonly Parameter[];
  /** Of the tensors' files. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface T5ToWrite extends Omit<StoredT5, 'metadata'> {
  /** How the numbers are stored; BF16 rounds them. F32 where absent. */
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
  const config = parseT5Config(readText(configPath, fileSystem), configPath);
  const tokenizer = readFittingTokenizer(directory, config, fileSystem);
  const t5 = createT5(config);
  const { tensors, metadata } = readTensors(directory, fileSystem);
  const expected = t5.parameters.map((parameter) => ({ name: nameOf(parameter), shape: parameter.shape }));
  requireTensors(expected, tensors, directory, SHARED_COPIES);
  const theta = new Float32Array(t5.size);
  for (const parameter of t5.parameters) {
    const name = nameOf(parameter);
    const tensor = tensors.get(name);
    if (tensor !== undefined) theta.set(toFloat32(tensor, `${directory}: "${name}"`), parameter.offset);
  }
  return { config, theta, tokenizer, layout: t5.parameters, metadata };
}

/**
 * Writes config.json, tokenizer.json and model.safetensors, each atomically, the tensors last.
 *
 * @throws {@link Unavailable} where the system refuses.
 */
export function writeT5Folder(directory: string, model: T5ToWrite, fileSystem: FileSystem = nodeFileSystem): void {
  const { config, theta, tokenizer, layout, dtype, metadata } = model;
  const tensors = layout.map((parameter) => {
    const { shape, offset } = parameter;
    return ofFloat32(nameOf(parameter), shape, theta.subarray(offset, offset + elementCount(shape)), dtype);
  });
  makeFolder(directory, fileSystem);
  writeAtomically(join(directory, 'config.json'), writeT5Config(config, tokenizer.end), fileSystem);
  writeAtomically(join(directory, TOKENIZER), tokenizer.json(), fileSystem);
  const bytes = writeSafetensors(tensors, { ...metadata, format: 'pt' });
  writeAtomically(join(directory, MODEL), bytes, fileSystem);
}

/** The tokenizer beside the model, whose tokens the embedding has rows for. */
function readFittingTokenizer(directory: string, { vocabularySize }: T5Config, fileSystem: FileSystem): Tokenizer {
  const path = join(directory, TOKENIZER);
  const files = fileSystem.readdirSync(directory);
  if (files.includes(SENTENCEPIECE) && !files.includes(TOKENIZER))
    throw wrong(
      path,
      "a tokenizer.json, which Hugging Face's AutoTokenizer.from_pretrained(dir).save_pretrained(dir) makes",
      SENTENCEPIECE,
    );
  const tokenizer = readTokenizer(readText(path, fileSystem), path);
  if (tokenizer.vocabularySize > vocabularySize)
    throw wrong(path, `at most ${vocabularySize} tokens, as config.json has`, tokenizer.vocabularySize);
  return tokenizer;
}

interface Tensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The tensors of the one file, or of all files that the index names. */
function readTensors(directory: string, fileSystem: FileSystem): Tensors {
  const indexPath = join(directory, INDEX);
  const files = fileSystem.readdirSync(directory).includes(INDEX)
    ? filesOf(readText(indexPath, fileSystem), indexPath)
    : [MODEL];
  const all = new Map<string, StoredTensor>();
  const about = new Map<string, string>();
  for (const file of files) {
    const path = join(directory, file);
    const { tensors, metadata } = readSafetensors(readBytes(path, fileSystem), path);
    for (const [key, text] of metadata) about.set(key, text);
    for (const [name, tensor] of tensors) {
      if (all.has(name)) throw wrong(path, 'each tensor in one file', name);
      all.set(name, tensor);
    }
  }
  return { tensors: all, metadata: Object.fromEntries(about) };
}

/** The files of an index, `{"weight_map": {tensor: file}}`; no path leaves the folder. */
function filesOf(json: string, where: string): string[] {
  const map = record(record(parseJson(json, where), where)['weight_map'], `${where}: weight_map`);
  const files = new Set(Object.values(map).map(String));
  for (const file of files)
    if (!/^[\w.-]+\.safetensors$/.test(file)) throw wrong(`${where}: weight_map`, 'names of safetensors files', file);
  return [...files].sort();
}

function nameOf(parameter: Parameter): string {
  const name = huggingFaceName(parameter);
  if (name === undefined)
    throw new Internal(`t5Names: expected a name for every parameter, got none for ${parameter.name}`);
  return name;
}
