/**
 * Golden vectors in and out: `--vectors DIR` asks them, `--save FILE` keeps what failed as one.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import type { ConformanceRun } from '../../spec/conform/record.ts';
import type { Capabilities, Dtype, Implementation } from '../../spec/implementation.ts';
import type { Law } from '../../spec/laws/law.ts';
import { readVectorFile, readVectors, writeVectorFile } from '../../spec/vectors/files.ts';
import { whyVectorIsNotApplicable } from '../../spec/vectors/checker.ts';
import { VECTOR_VERSION } from '../../spec/vectors/vector.ts';
import type { Vector } from '../../spec/vectors/vector.ts';
import { createReference, vectorsOf } from '../../spec/vectors/vectorOf.ts';
import { Fault } from '../../spec/wire/fault.ts';
import { wrong } from '../../src/errors.ts';
import { readText, writeAtomically } from '../../src/files/atomic.ts';

/** The vectors in a folder that are for a number format, and for what is claimed. */
export function readGolden(path: string, claims: Capabilities): readonly Vector[] {
  const { dtype } = claims;
  const files = readVectors(path).filter((file) => file.dtype === dtype);
  if (files.length === 0) throw wrong('--vectors', `vectors for ${dtype} in ${path}`, 'none');
  return files.flatMap(({ vectors }) => vectors).filter((one) => whyVectorIsNotApplicable(one, claims) === undefined);
}

/**
 * Adds what failed to a file of vectors, which is made where it is missing.
 *
 * @returns the ids of the checks of which nothing could be kept, their right answers being too many.
 */
export async function saveFailures(
  path: string,
  run: ConformanceRun,
  laws: readonly Law[],
  implementation: Implementation,
): Promise<readonly string[]> {
  const { dtype } = implementation.capabilities;
  const kept = new Map(readSaved(path, dtype).map((vector) => [vector.id, vector]));
  const lost: string[] = [];
  for (const { id, counterexample } of run.checks) {
    const law = laws.find((one) => one.id === id);
    if (counterexample === undefined || law === undefined) continue;
    const vectors = await vectorsFor(law, counterexample.input, implementation);
    if (vectors.length === 0) lost.push(id);
    for (const vector of vectors) kept.set(vector.id, vector);
  }
  writeAtomically(path, writeVectorFile({ version: VECTOR_VERSION, dtype, vectors: [...kept.values()] }));
  return lost;
}

function readSaved(path: string, dtype: Dtype): readonly Vector[] {
  if (!existsSync(path)) return [];
  const file = readVectorFile(readText(path), path);
  if (file.dtype !== dtype) throw wrong('--save', `a new file or one of vectors for ${dtype}`, `one for ${file.dtype}`);
  return file.vectors;
}

/** A law about many steps continues from the program's own answers, if it gives any. */
async function vectorsFor(law: Law, input: unknown, implementation: Implementation): Promise<readonly Vector[]> {
  try {
    return await vectorsOf(law, input, implementation);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { dtype, ties } = implementation.capabilities;
    return vectorsOf(law, input, createReference(dtype, ties));
  }
}
