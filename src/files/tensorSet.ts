/**
 * Whether a file has the tensors that a model needs.
 *
 * @module
 */
import { InvalidInput, wrong } from '../errors.ts';
import type { StoredTensor } from './safetensors.ts';
import type { Parameter } from '../tensor/parameter.ts';

/**
 * Refuses a set of tensors that is not the expected one, with all that is wrong in one message.
 *
 * @param optional - names of tensors that may be there beside the expected ones.
 * @throws {@link InvalidInput} listing every tensor that is missing, unexpected or of another shape.
 */
export function requireTensors(
  expected: readonly { readonly name: string; readonly shape: readonly number[] }[],
  tensors: ReadonlyMap<string, StoredTensor>,
  where: string,
  optional: readonly string[] = [],
): void {
  const faults: string[] = [];
  const known = new Set<string>(optional);
  for (const { name, shape } of expected) {
    known.add(name);
    const tensor = tensors.get(name);
    if (tensor === undefined) faults.push(`"${name}" is missing`);
    else if (tensor.shape.join() !== shape.join())
      faults.push(`"${name}" has the shape [${tensor.shape.join(', ')}] and not [${shape.join(', ')}]`);
  }
  for (const name of tensors.keys()) if (!known.has(name)) faults.push(`"${name}" is unexpected`);
  if (faults.length > 0)
    throw new InvalidInput(`${where}: expected the tensors of config.json, got: ${faults.join('; ')}`);
}

/**
 * Refuses to write a vector under another layout than the one that its reader will take.
 *
 * @throws {@link InvalidInput} naming the first parameter that differs, or the vector's length.
 */
export function requireLayout(
  given: readonly Parameter[],
  { parameters, size }: { readonly parameters: readonly Parameter[]; readonly size: number },
  theta: Float32Array,
): void {
  const described = ({ name, shape, offset }: Parameter): string => `${name} [${shape.join(', ')}] at ${offset}`;
  if (given.length !== parameters.length) throw wrong('parameters', `${parameters.length} tensors`, given.length);
  for (const [i, parameter] of parameters.entries()) {
    const [expected, got] = [described(parameter), described(given[i])];
    if (got !== expected) throw wrong(`parameters[${i}]`, expected, got);
  }
  if (theta.length !== size) throw wrong('theta', `${size} numbers`, theta.length);
}
