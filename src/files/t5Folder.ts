/**
 * A T5 1.1 as Hugging Face keeps it: config.json beside model.safetensors, or beside several files and their index.
 * The tokenizer is read apart, since T5's is another than ours.
 *
 * @module
 */
import { join } from 'node:path';
import { Internal, InvalidInput, wrong } from '../errors.ts';
import type { Parameter } from '../nn/parameters.ts';
import type { T5Config } from '../nn/t5/config.ts';
import { createT5 } from '../nn/t5/encoderDecoder.ts';
import { elementCount } from '../tensor/shape.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { readTokenizer } from '../text/tokenizerJson.ts';
import { makeFolder, readBytes, readText, writeAtomically } from './atomic.ts';
import { ofFloat32, toFloat32 } from './convert.ts';
import { nodeFileSystem, type FileSystem } from './fileSystem.ts';
import { readSafetensors, writeSafetensors, type StoredTensor } from './safetensors.ts';
import { requireTensors } from './tensorSet.ts';
import { parseT5Config, writeT5Config } from './t5Config.ts';
import { huggingFaceName, SHARED_COPIES } from './t5Names.ts';

const MODEL = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

export interface StoredT5 {
  readonly config: T5Config;
  /** θ, in ordinary memory. */
  readonly theta: Float32Array;
  /** Where each tensor lies in θ. */
  readonly layout: readonly Parameter[];
  readonly tokenizer: Tokenizer;
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
  const t5 = createT5(config);
  const tensors = readTensors(directory, fileSystem);
  const expected = t5.parameters.map((parameter) => ({ name: nameOf(parameter), shape: parameter.shape }));
  requireTensors(expected, tensors, directory, SHARED_COPIES);
  const theta = new Float32Array(t5.size);
  for (const parameter of t5.parameters) {
    const name = nameOf(parameter);
    const tensor = tensors.get(name);
    if (tensor !== undefined) theta.set(toFloat32(tensor, `${directory}: "${name}"`), parameter.offset);
  }
  const tokenizerPath = join(directory, 'tokenizer.json');
  const tokenizer = readTokenizer(readText(tokenizerPath, fileSystem), tokenizerPath);
  return { config, theta, layout: t5.parameters, tokenizer };
}

/** Writes config.json and model.safetensors, each atomically, the tensors last. */
export function writeT5Folder(
  directory: string,
  {
    config,
    theta,
    layout,
    tokenizer,
    metadata = {},
    dtype = 'F32',
  }: StoredT5 & { metadata?: Readonly<Record<string, string>>; dtype?: 'F32' | 'BF16' },
  fileSystem: FileSystem = nodeFileSystem,
): void {
  const tensors = layout.map((parameter) => {
    const { shape, offset } = parameter;
    return ofFloat32(nameOf(parameter), shape, theta.subarray(offset, offset + elementCount(shape)), dtype);
  });
  makeFolder(directory, fileSystem);
  writeAtomically(join(directory, 'config.json'), writeT5Config(config), fileSystem);
  writeAtomically(join(directory, 'tokenizer.json'), tokenizer.json(), fileSystem);
  // `format` is what Hugging Face's own reader asks for.
  writeAtomically(join(directory, MODEL), writeSafetensors(tensors, { ...metadata, format: 'pt' }), fileSystem);
}

/** The tensors of the one file, or of all files that the index names. */
function readTensors(directory: string, fileSystem: FileSystem): Map<string, StoredTensor> {
  const indexPath = join(directory, INDEX);
  const files = fileSystem.readdirSync(directory).includes(INDEX)
    ? filesOf(readText(indexPath, fileSystem), indexPath)
    : [MODEL];
  const all = new Map<string, StoredTensor>();
  for (const file of files) {
    const path = join(directory, file);
    for (const [name, tensor] of readSafetensors(readBytes(path, fileSystem), path).tensors) {
      if (all.has(name)) throw wrong(path, 'each tensor in one file', name);
      all.set(name, tensor);
    }
  }
  return all;
}

/** The files of an index, `{"weight_map": {tensor: file}}`; no path leaves the folder. */
function filesOf(json: string, where: string): string[] {
  const value = parseJson(json, where);
  const map: unknown = typeof value === 'object' && value !== null && 'weight_map' in value ? value.weight_map : null;
  if (typeof map !== 'object' || map === null) throw wrong(`${where}: weight_map`, 'an object', String(map));
  const files = new Set(Object.values(map).map(String));
  for (const file of files)
    if (!/^[\w.-]+\.safetensors$/.test(file)) throw wrong(`${where}: weight_map`, 'names of safetensors files', file);
  return [...files].sort();
}

function parseJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new InvalidInput(`${where}: expected JSON, got "${json.slice(0, 40)}"`, { cause });
  }
}

function nameOf(parameter: Parameter): string {
  const name = huggingFaceName(parameter);
  if (name === undefined)
    throw new Internal(`t5Names: expected a name for every parameter, got none for ${parameter.name}`);
  return name;
}
