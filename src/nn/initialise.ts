/**
 * How a model begins.
 *
 * @module
 */
import type { Random } from '../tensor/random.ts';
import type { Model } from './model.ts';

/**
 * Writes a model's first parameters into θ: norms 1, embeddings and projections normal with mean 0 and the
 * deviations of decision 0032. Each tensor draws from a stream of its own name, so that it does not depend on the others.
 */
export function initialise(model: Model, theta: Float32Array, random: Random): void {
  model.declared.initialise(theta, (name) => {
    const stream = random.split(name);
    return () => stream.normal();
  });
}
