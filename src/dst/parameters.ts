/**
 * The tensors inside the flat vector θ: sizes, checks, and the words for an element in a message.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { anyText, having, integer, list, orNull } from '../kinds.ts';
import type { Parameter } from '../tensor/parameter.ts';
import { elementCount } from '../tensor/shape.ts';

/** A tensor's place, whose shape and offset {@link withoutAliases} looks at more closely. */
const PARAMETER = having('a tensor { name, module, layer, shape, offset }', {
  name: anyText,
  module: anyText,
  layer: orNull(integer(0)),
  shape: list((length) => length),
});

/** A bare vector as one tensor, for tuning without a model. */
export function wholeVector(size: number): Parameter {
  return { name: 'parameters', module: 'parameters', layer: null, shape: [size], offset: 0 };
}

/**
 * The tensors, each range of θ once: of tied weights (the same offset and size under several names) the first one.
 *
 * @ruling amb-16
 * @decided
 * @throws {@link InvalidInput} if names repeat, a length is not a positive whole number, or tensors overlap in part.
 */
export function withoutAliases(parameters: readonly Parameter[]): Parameter[] {
  list(PARAMETER)(parameters, 'parameters');
  const names = new Set<string>();
  for (const parameter of parameters) {
    if (names.has(parameter.name)) throw wrong('parameters', 'each name once', `"${parameter.name}" twice`);
    names.add(parameter.name);
    checkParameter(parameter);
  }
  const kept: Parameter[] = [];
  for (const parameter of parameters) {
    const twin = kept.find((other) => overlaps(parameter, other));
    if (twin === undefined) kept.push(parameter);
    else if (twin.offset !== parameter.offset || elementCount(twin.shape) !== elementCount(parameter.shape)) {
      throw wrong(`parameter "${parameter.name}"`, `elements of its own, or all of "${twin.name}"`, 'a part of them');
    }
  }
  return kept;
}

/** The words for θ[index] in a message: `"layers/0/attention/query"[17]`, 17 counting inside the tensor. */
export function describeElement(parameters: readonly Parameter[], index: number): string {
  const owner = parameters.find(({ offset, shape }) => offset <= index && index < offset + elementCount(shape));
  return owner === undefined ? `[${index}]` : `"${owner.name}"[${index - owner.offset}]`;
}

function checkParameter({ name, shape, offset, stackedAxis }: Parameter): void {
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 1) {
      throw wrong(`parameter "${name}"`, 'a shape of positive whole numbers', `[${shape.join(', ')}]`);
    }
  }
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw wrong(`parameter "${name}"`, 'a whole number from 0 as offset', offset);
  }
  if (stackedAxis !== undefined && !(stackedAxis in shape)) {
    throw wrong(`parameter "${name}"`, `a stacked axis below ${shape.length}`, stackedAxis);
  }
}

function overlaps(a: Parameter, b: Parameter): boolean {
  return a.offset < b.offset + elementCount(b.shape) && b.offset < a.offset + elementCount(a.shape);
}
