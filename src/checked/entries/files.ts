/**
 * The values of the entry beside, `./files`: what looks at its arguments takes the place of what does not.
 *
 * @module
 */
export * from '../../entries/files.ts';
export { roundToBfloat16, encodeBfloat16, decodeBfloat16 } from '../engine.ts';
export {
  writeAtomically,
  readSafetensors,
  writeSafetensors,
  fingerprint,
  createArtifact,
  writeSubset,
  readSubset,
  applyArtifact,
  revertArtifact,
  readModelFolder,
  writeModelFolder,
  readT5Folder,
  writeT5Folder,
} from '../files.ts';
