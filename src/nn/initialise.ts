/**
 * How a model begins.
 *
 * @module
 */
import type { Random } from '../tensor/random.ts';
import type { Decoder } from './decoder.ts';
import type { T5 } from './t5/encoderDecoder.ts';

/**
 * Writes a model's first parameters into θ: norms 1, embeddings and projections normal with mean 0 and the
 * deviations of decision 0032. Each tensor draws from a stream of its own name, so that it does not depend on the others.
 */
export function initialise(model: Decoder | T5, theta: Float32Array, random: Random): void {
  model.declared.initialise(theta, (name) => {
    const stream = random.split(name);
    return () => stream.normal();
  });
}
