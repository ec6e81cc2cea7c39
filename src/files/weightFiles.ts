/**
 * The safetensors files of a model's folder: one, or several with an index, as Hugging Face's loader chooses them.
 *
 * @module
 */
import { join } from 'node:path';
import { wrong } from '../errors.ts';
import { parseJson, record } from '../text/json.ts';
import { readBytes } from './atomic.ts';
import { readModelText } from './modelText.ts';
import type { FileSystem } from './fileSystem.ts';
import type { StoredTensor } from './safetensors.ts';
import { readHeader, type TensorPlace } from './safetensorsHeader.ts';

export const MODEL = 'model.safetensors';
export const INDEX = 'model.safetensors.index.json';

/** One of the files. */
export interface WeightFile {
  /** Its name in the folder. */
  readonly name: string;
  /** Everything before the tensors' bytes. */
  readonly head: Uint8Array;
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the header. */
  readonly places: readonly TensorPlace[];
  /** Of the tensors, one after the other. */
  readonly data: Uint8Array;
}

export interface WeightFiles {
  readonly files: readonly WeightFile[];
  /** The index's text, if there is one that counts. */
  readonly index: string | null;
}

/**
 * Reads model.safetensors; if there is none, every file that model.safetensors.index.json names. An index beside
 * model.safetensors is left of an earlier save, and is not looked at.
 *
 * @throws {@link InvalidInput} naming the file and what is wrong with it.
 */
export function readWeightFiles(directory: string, fileSystem: FileSystem): WeightFiles {
  const there = fileSystem.readdirSync(directory);
  if (there.includes(MODEL) || !there.includes(INDEX))
    return { files: [readWeightFile(directory, MODEL, fileSystem)], index: null };
  const path = join(directory, INDEX);
  const index = readModelText(path, fileSystem);
  const files = filesOf(index, path).map((file) => readWeightFile(directory, file, fileSystem));
  return { files, index };
}

/**
 * All tensors by name.
 *
 * @throws {@link InvalidInput} if two files have the same.
 */
export function tensorsOf({ files }: WeightFiles, directory: string): Map<string, StoredTensor> {
  const all = new Map<string, StoredTensor>();
  for (const { name: file, places, data } of files) {
    for (const { name, dtype, shape, begin, end } of places) {
      if (all.has(name)) throw wrong(join(directory, file), 'each tensor in one file', name);
      all.set(name, { name, dtype, shape, bytes: data.subarray(begin, end) });
    }
  }
  return all;
}

/** What the files say about themselves. */
export function metadataOf({ files }: WeightFiles): Record<string, string> {
  return Object.fromEntries(files.flatMap(({ metadata }) => [...metadata]));
}

function readWeightFile(directory: string, name: string, fileSystem: FileSystem): WeightFile {
  const path = join(directory, name);
  const bytes = readBytes(path, fileSystem);
  const { metadata, tensors, dataStart } = readHeader(bytes, path);
  return { name, head: bytes.slice(0, dataStart), metadata, places: tensors, data: bytes.subarray(dataStart) };
}

/** The files of an index, `{"weight_map": {tensor: file}}`; no path leaves the folder. */
function filesOf(json: string, where: string): string[] {
  const map = record(record(parseJson(json, where), where)['weight_map'], `${where}: weight_map`);
  const files = new Set(Object.values(map).map(String));
  for (const file of files)
    if (!/^[\w.-]+\.safetensors$/.test(file)) throw wrong(`${where}: weight_map`, 'names of safetensors files', file);
  return [...files].sort();
}
