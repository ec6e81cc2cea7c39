/**
 * What a vector has to be before anything is computed from it.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { float32 } from '../kinds.ts';
import { countElements } from '../tensor/shape.ts';
import { describeElement } from './parameters.ts';
import type { Parameter } from '../tensor/parameter.ts';

/**
 * Refuses a vector with a NaN or an infinity in it: it is never kept, and never silently reset.
 *
 * @ruling amb-6
 * @decided
 * @param when - added to the place in the message, as in ` at step 12`.
 * @throws {@link InvalidInput} that names the tensor and the index inside it.
 */
export function checkFinite(
  where: string,
  vector: Float32Array,
  parameters: readonly Parameter[],
  kernels: Kernels,
  when = '',
): void {
  const index = kernels.firstNotFinite(vector);
  if (index < 0) return;
  throw wrong(`${where} ${describeElement(parameters, index)}${when}`, 'a finite number', vector[index]);
}

/**
 * Refuses a vector that the kernels do not take: simd kernels would read something else at its offset.
 *
 * @throws {@link InvalidInput} if the vector lies in another memory than theirs.
 */
export function checkMemory(where: string, vector: Float32Array, kernels: Kernels): void {
  if (kernels.accepts(vector)) return;
  const got = vector.buffer instanceof SharedArrayBuffer ? 'a view of another memory' : 'a plain array';
  throw wrong(where, `a view of the memory of the ${kernels.name} kernels`, got);
}

/** @throws {@link InvalidInput} for what is no Float32Array, whose bits alone are float32, or has another length. */
export function checkVector(where: string, vector: Float32Array, length: number): void {
  checkLength(where, float32(vector, where), length);
}

/** @throws {@link InvalidInput} if a list has another length. */
export function checkLength(where: string, vector: { readonly length: number }, length: number): void {
  if (vector.length !== length) throw wrong(where, `${length} values`, vector.length);
}

/**
 * Refuses a gradient of another length, or with a NaN or an infinity in it, before the optimizer sees it.
 *
 * @ruling amb-6
 * @decided
 * @throws {@link InvalidInput}, also if the learning rate is not finite.
 */
export function checkGradient(
  gradient: Float32Array,
  learningRate: number,
  parameters: readonly Parameter[],
  kernels: Kernels,
  when: string,
): void {
  checkVector('gradient', gradient, countElements(parameters));
  checkMemory('gradient', gradient, kernels);
  checkFinite('gradient', gradient, parameters, kernels, when);
  if (!Number.isFinite(learningRate)) throw wrong(`learningRate${when}`, 'a finite number', learningRate);
}
