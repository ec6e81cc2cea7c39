/**
 * A checkpoint: one safetensors file with everything that the next step depends on, written whole or not at all.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { wrong } from '../errors.ts';
import { readBytes, writeAtomically } from '../files/atomic.ts';
import { ofFloat32, ofFloat64, ofUint8, toFloat32, toFloat64, toUint8 } from '../files/convert.ts';
import { nodeFileSystem, type FileSystem } from '../files/fileSystem.ts';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../files/safetensors.ts';
import { integer, number } from '../kinds.ts';
import { parseJson, printJson } from '../text/json.ts';
import type { Saved, SavedVector } from '../train/learner.ts';

/** Name and version of the format, in the file's metadata. */
const FORMAT = 'dynamic-subset-tuning/checkpoint/2';

export interface Checkpoint extends Saved {
  /** Seconds of training behind it: no bit depends on them. */
  readonly seconds: number;
}

const step = integer(0);
const seconds = number('a number of at least 0', (x) => x >= 0);

/** What a checkpoint belongs to. */
export interface Origin {
  /** The fingerprint of the run's config and of what it was begun with. */
  readonly run: string;
  /** What it was made of: the {@link Identity} of a fine-tuning run, that of a corpus in pre-training. */
  readonly identity: unknown;
}

/** SHA-256 of the values' canonical JSON: what a checkpoint belongs to. */
export function fingerprintOf(...values: readonly unknown[]): string {
  return createHash('sha256').update(canonicalJson(values)).digest('hex');
}

/**
 * A config without those later fields that have their defaults, so that a run from before there were such fields keeps
 * its fingerprint.
 */
export function identifying<T extends object>(
  config: T,
  defaults: Partial<T>,
  laterFields: readonly (keyof T & string)[],
): Readonly<Record<string, unknown>> {
  const unchanged = new Set<string>(laterFields.filter((name) => config[name] === defaults[name]));
  return Object.fromEntries(Object.entries(config).filter(([name]) => !unchanged.has(name)));
}

/** JSON with the keys in order, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * Writes a checkpoint of the run of that origin.
 *
 * @throws InvalidInput for what would not be read back as it is; then nothing is written.
 */
export function writeCheckpoint(
  path: string,
  checkpoint: Checkpoint,
  { run, identity }: Origin,
  fileSystem: FileSystem = nodeFileSystem,
): void {
  const tensors = [...checkpoint.vectors].map(([name, vector]) => storedVector(name, vector));
  step(checkpoint.step, 'checkpoint: step');
  seconds(checkpoint.seconds, 'checkpoint: seconds');
  printJson(identity, 'checkpoint: identity');
  const metadata = {
    format: FORMAT,
    step: String(checkpoint.step),
    seconds: String(checkpoint.seconds),
    run,
    identity: canonicalJson(identity),
  };
  writeAtomically(path, writeSafetensors(tensors, metadata), fileSystem);
}

/**
 * Reads a checkpoint.
 *
 * @param runFingerprint - of the run to continue, or null to accept any.
 * @throws InvalidInput for a damaged file or the checkpoint of another run.
 */
export function readCheckpoint(
  path: string,
  runFingerprint: string | null,
  fileSystem: FileSystem = nodeFileSystem,
): Checkpoint & Origin {
  const { metadata, tensors } = readSafetensors(readBytes(path, fileSystem), path);
  const format = metadata.get('format') ?? 'no format';
  if (format !== FORMAT) throw wrong(path, `a checkpoint (${FORMAT})`, format);
  const run = metadata.get('run') ?? '';
  if (runFingerprint !== null && run !== runFingerprint) {
    throw wrong(path, `a checkpoint of this run (${runFingerprint.slice(0, 12)})`, run.slice(0, 12));
  }
  const vectors = new Map<string, SavedVector>();
  for (const [name, tensor] of tensors) vectors.set(name, loadedVector(tensor, `${path}: ${name}`));
  const identity = parseJson(metadata.get('identity') ?? 'null', `${path}: identity`);
  return {
    step: step(Number(metadata.get('step')), `${path}: step`),
    seconds: seconds(Number(metadata.get('seconds')), `${path}: seconds`),
    vectors,
    run,
    identity,
  };
}

function storedVector(name: string, vector: SavedVector): StoredTensor {
  if (vector instanceof Float32Array) return ofFloat32(name, [vector.length], vector);
  if (vector instanceof Float64Array) return ofFloat64(name, [vector.length], vector);
  return ofUint8(name, [vector.length], vector);
}

function loadedVector(tensor: StoredTensor, where: string): SavedVector {
  switch (tensor.dtype) {
    case 'F32':
      return toFloat32(tensor, where);
    case 'F64':
      return toFloat64(tensor, where);
    case 'U8':
      return toUint8(tensor, where);
    default:
      throw wrong(where, 'one of F32, F64, U8', tensor.dtype);
  }
}
