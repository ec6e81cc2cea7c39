/**
 * What a tuned model keeps of the folder that it was tuned from: every file that goes with the model, and its weights' files as
 * they are but for the numbers.
 *
 * @module
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Internal } from '../errors.ts';
import { makeFolder, readBytes, writeAtomically } from './atomic.ts';
import { copyBytes } from './bytes.ts';
import { ofFloat32 } from './convert.ts';
import type { FileSystem } from './fileSystem.ts';
import { writeSafetensors, type StoredTensor } from './safetensors.ts';
import type { TensorPlace } from './safetensorsHeader.ts';
import { INDEX, tensorsOf, type WeightFiles } from './weightFiles.ts';

/**
 * Files that go with a model: what its config, its tokenizer, its way to generate and its terms of use stand in. Other
 * files of a folder may be anything: the state of an optimizer, a model card with another model's scores.
 */
const COMPANION =
  /^(config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|chat_template|merges)\.(json|txt|jinja)$|\.model$|^(LICEN[CS]E|NOTICE)(\.\w+)?$/;
const CONFIG = 'config.json';

/** A folder's files, without the numbers that tuning changes. */
export interface KeptFiles {
  /** By name, config.json among them. */
  readonly companions: ReadonlyMap<string, Uint8Array>;
  readonly weights: readonly KeptWeights[];
  /** The text of the weights' index, if there is one. */
  readonly index: string | null;
}

/** A file of weights. */
export interface KeptWeights {
  readonly name: string;
  readonly head: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
  readonly places: readonly TensorPlace[];
  /** By name, the tensors that are no parameters. */
  readonly others: ReadonlyMap<string, StoredTensor>;
}

/**
 * Remembers a folder.
 *
 * @param isParameter - whether the model has that tensor; of the others the bytes are kept.
 */
export function keepFiles(
  directory: string,
  weights: WeightFiles,
  isParameter: (name: string) => boolean,
  fileSystem: FileSystem,
): KeptFiles {
  const companions = new Map<string, Uint8Array>();
  for (const name of fileSystem.readdirSync(directory).sort()) {
    const path = join(directory, name);
    if (COMPANION.test(name) && statSync(path).isFile()) companions.set(name, readBytes(path, fileSystem));
  }
  const all = tensorsOf(weights, directory);
  return {
    companions,
    weights: weights.files.map(({ name, head, metadata, places }) => ({
      name,
      head,
      metadata: Object.fromEntries(metadata),
      places,
      others: new Map(
        places.flatMap((place): [string, StoredTensor][] => {
          const tensor = isParameter(place.name) ? undefined : all.get(place.name);
          return tensor === undefined ? [] : [[place.name, { ...tensor, bytes: copyBytes(tensor.bytes) }]];
        }),
      ),
    })),
    index: weights.index,
  };
}

/**
 * Writes the folder again with other numbers, in float32: the weights last, so that a folder with them has everything.
 * If the numbers were float32 before, only their bytes differ. If they were float16 or bfloat16, which cannot hold
 * what tuning makes of them, config.json and the index follow.
 *
 * @param valuesOf - the numbers of a tensor, by its name in the files.
 */
export function writeKept(
  directory: string,
  kept: KeptFiles,
  valuesOf: (name: string) => Float32Array | undefined,
  fileSystem: FileSystem,
): void {
  makeFolder(directory, fileSystem);
  for (const [name, bytes] of kept.companions) {
    const content = name === CONFIG ? withDtype(new TextDecoder().decode(bytes)) : bytes;
    writeAtomically(join(directory, name), content, fileSystem);
  }
  let size = 0;
  for (const file of kept.weights) {
    const tensors = file.places.map(({ name, shape }) => tensorOf(file, name, shape, valuesOf));
    size += tensors.reduce((sum, { bytes }) => sum + bytes.length, 0);
    writeAtomically(join(directory, file.name), fileOf(file, tensors), fileSystem);
  }
  if (kept.index !== null) writeAtomically(join(directory, INDEX), withSize(kept.index, size), fileSystem);
}

/** The file's bytes: its own header if every number keeps its place, a new one otherwise. */
function fileOf({ head, metadata, places }: KeptWeights, tensors: readonly StoredTensor[]): readonly Uint8Array[] {
  if (tensors.some(({ dtype }, i) => dtype !== places[i].dtype)) return [writeSafetensors(tensors, metadata)];
  const order = places.map(({ begin, end }, i) => ({ begin, end, bytes: tensors[i].bytes }));
  order.sort((a, b) => a.begin - b.begin || a.end - b.end);
  return [head, ...order.map(({ bytes }) => bytes)];
}

function tensorOf(
  { name: file, others }: KeptWeights,
  name: string,
  shape: readonly number[],
  valuesOf: (name: string) => Float32Array | undefined,
): StoredTensor {
  const other = others.get(name);
  if (other !== undefined) return other;
  const values = valuesOf(name);
  if (values === undefined) throw new Internal(`${file}: expected the values of "${name}", got none`);
  return ofFloat32(name, shape, values);
}

/** The text of config.json, whose dtype, if it tells one, is what the weights now have. */
function withDtype(config: string): string {
  return config.replace(/("(?:torch_)?dtype"\s*:\s*)"[^"]*"/g, '$1"float32"');
}

/** The text of the index, whose size is that of the tensors as they are now. */
function withSize(index: string, bytes: number): string {
  return index.replace(/("total_size"\s*:\s*)\d+/, `$1${bytes}`);
}
