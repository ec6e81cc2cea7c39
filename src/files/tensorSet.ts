/**
 * Whether a file has the tensors that a model needs.
 *
 * @module
 */
import { InvalidInput } from '../errors.ts';
import type { StoredTensor } from './safetensors.ts';

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
