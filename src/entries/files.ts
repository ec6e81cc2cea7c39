/**
 * Files: safetensors, subsets, and the folders of models, ours and T5's. Readers check all that they read; writers exchange a file in
 * one step, so that none is ever half written.
 *
 * @example
 * ```ts
 * const scale = { name: 'scale', dtype: 'F32', shape: [2], bytes: new Uint8Array(8) };
 * const file = readSafetensors(writeSafetensors([scale]), 'scale.safetensors');
 * file.tensors.get('scale').shape; // [2]
 * ```
 *
 * @packageDocumentation
 */

// Files
export { writeAtomically } from '../files/atomic.ts';
export { readSafetensors, writeSafetensors, type StoredTensor, type SafetensorsFile } from '../files/safetensors.ts';
export { type Dtype, DTYPE_BITS } from '../files/dtype.ts';
export { fingerprint, type Fingerprint as SeedFingerprint, type PlacedTensor } from '../files/fingerprint.ts';
export type { FileSystem } from '../files/fileSystem.ts';
export {
  writeSubset,
  readSubset,
  createArtifact,
  type SubsetArtifact,
  type AboutSubset,
  applyArtifact,
  revertArtifact,
} from '../files/subsetFile.ts';
export type { SubsetDescription } from '../files/subsetMetadata.ts';
export { readT5Folder, writeT5Folder, type KeptT5, type StoredT5, type T5ToWrite } from '../files/t5Folder.ts';
export { readModelFolder, writeModelFolder, type StoredModel, type ModelToWrite } from '../files/modelFolder.ts';
export type { KeptFiles, KeptWeights } from '../files/kept.ts';
export type { TensorPlace } from '../files/safetensorsHeader.ts';

// Numbers as files have them
export { roundToBfloat16, encodeBfloat16, decodeBfloat16 } from '../tensor/bfloat16.ts';

// Errors
export { InvalidInput, Unavailable, Internal } from '../errors.ts';
