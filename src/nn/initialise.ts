/**
 * How a model begins.
 *
 * @module
 */
import type { Random } from '../tensor/random.ts';
import type { Decoder } from './decoder.ts';

/**
 * Writes the decoder's first parameters into θ: norms 1, embeddings and projections normal with mean 0 and the
 * deviations of decision 0032. Each tensor draws from a stream of its own name, so that it does not depend on the others.
 */
export function initialise(decoder: Decoder, theta: Float32Array, random: Random): void {
  decoder.declared.initialise(theta, (name) => {
    const stream = random.split(name);
    return () => stream.normal();
  });
}
