/**
 * What tells one set of parameters from another: SHA-256 of the tensors' bytes.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { wrong } from '../errors.ts';
import { elementCount } from '../tensor/shape.ts';
import { copyBytes } from './bytes.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** The parts of a parameter that a fingerprint depends on. */
export type PlacedTensor = Pick<Parameter, 'name' | 'shape' | 'offset'>;

export interface Fingerprint {
  /** 64 hexadecimal digits: of the tensors' names, shapes and bytes, in the order of the layout. */
  readonly total: string;
  /** By name, the first 16 hexadecimal digits of the tensor's own. */
  readonly tensors: ReadonlyMap<string, string>;
}

/** Hexadecimal digits of a tensor's short fingerprint. */
export const SHORT = 16;

/**
 * The fingerprint of θ. Equal bits, and nothing else, have an equal one: −0 is not 0.
 *
 * @throws {@link InvalidInput} if a tensor lies outside θ.
 */
export function fingerprint(theta: Float32Array, parameters: readonly PlacedTensor[]): Fingerprint {
  const total = createHash('sha256');
  const tensors = new Map<string, string>();
  for (const { name, shape, offset } of parameters) {
    const end = offset + elementCount(shape);
    if (end > theta.length) throw wrong(`fingerprint: "${name}"`, `an end up to ${theta.length}`, end);
    const digest = createHash('sha256')
      .update(copyBytes(theta.subarray(offset, end)))
      .digest('hex');
    tensors.set(name, digest.slice(0, SHORT));
    total.update(`${JSON.stringify([name, shape])} ${digest}\n`);
  }
  return { total: total.digest('hex'), tensors };
}
