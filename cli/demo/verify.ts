/**
 * The end of the main job: the subset file, read back from the disk, put into the seed, read back from the disk, must
 * give the tuned parameters to the bit, and taking it out must give back the seed.
 *
 * @module
 */
import { readBytes } from '../../src/files/atomic.ts';
import { fingerprint } from '../../src/files/fingerprint.ts';
import { applyArtifact, readSubset, revertArtifact } from '../../src/files/subsetFile.ts';
import { openModel } from '../../src/run/openModel.ts';

/** What the two checks found. */
export interface Exactness {
  readonly applyIsExact: boolean;
  readonly revertIsExact: boolean;
}

/**
 * @param tunedFingerprint - SHA-256 of the parameters as the training process had them in memory: equal fingerprints
 * are equal bits.
 */
export function verifySubset(seedFolder: string, subsetPath: string, tunedFingerprint: string): Exactness {
  const seed = openModel(seedFolder);
  const artifact = readSubset(readBytes(subsetPath), subsetPath);
  const tuned = applyArtifact(seed.theta, seed.parameters, artifact, subsetPath);
  const back = revertArtifact(tuned, seed.theta, seed.parameters, artifact, subsetPath);
  return {
    applyIsExact: fingerprint(tuned, seed.parameters).total === tunedFingerprint,
    revertIsExact: fingerprint(back, seed.parameters).total === seed.fingerprint,
  };
}
