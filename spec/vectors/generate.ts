/**
 * The whole set: the vectors of every law, in each number format.
 *
 * @module
 */
import type { Dtype } from '../implementation.ts';
import { LAWS } from '../laws/all.ts';
import type { Law } from '../laws/law.ts';
import { selectVectors } from './select.ts';
import { VECTOR_VERSION } from './vector.ts';
import type { Vector, VectorFile } from './vector.ts';

export const DTYPES: readonly Dtype[] = ['float32', 'float64', 'bfloat16'];

export interface GenerateOptions {
  /** Told after each law how many are done. */
  readonly report?: (done: number) => void;
  /** Which laws; all if absent. */
  readonly only?: (law: Law) => boolean;
}

export async function generateVectors(
  dtype: Dtype,
  { report = () => undefined, only = () => true }: GenerateOptions = {},
): Promise<VectorFile> {
  const vectors: Vector[] = [];
  // By id: a law that is moved in its file moves no line.
  const laws = LAWS.filter(only).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [i, law] of laws.entries()) {
    vectors.push(...(await selectVectors(law, dtype)));
    report(i + 1);
  }
  return { version: VECTOR_VERSION, dtype, vectors };
}
