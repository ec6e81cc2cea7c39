/**
 * Whether an output has the shape that its operation promises, before anything in it is judged.
 *
 * @module
 */
import type { Operation, Requests } from '../implementation.ts';
import type { Format } from '../oracle/formats.ts';
import type { Violation } from './outcome.ts';

/** One number, a number of numbers, a number of lists of numbers, or lists of names. */
type Shape =
  | { readonly kind: 'number' | 'names' }
  | { readonly kind: 'list'; readonly length: number }
  | { readonly kind: 'lists'; readonly count: number; readonly length: number };

/** What is wrong with an output's shape, if anything. */
export function findMisshape<O extends Operation>(
  operation: O,
  request: Requests[O],
  output: unknown,
): Violation | undefined {
  const [field, shape] = shapeOf(operation, new Map<string, unknown>(Object.entries(request)));
  const fields = new Map<string, unknown>(typeof output === 'object' && output !== null ? Object.entries(output) : []);
  const got = fields.get(field);
  return hasShape(got, shape) ? undefined : { at: field, got, wanted: describeShape(shape) };
}

/** The field that an operation answers with, and its shape. */
function shapeOf(operation: Operation, request: ReadonlyMap<string, unknown>): [string, Shape] {
  const lengthOf = (field: string): number => {
    const value = request.get(field);
    return Array.isArray(value) ? value.length : 0;
  };
  switch (operation) {
    case 'silos':
      return ['silos', { kind: 'names' }];
    case 'distance':
      return ['distances', { kind: 'list', length: lengthOf('seed') }];
    case 'threshold':
      return ['threshold', { kind: 'number' }];
    case 'project':
      return ['parameters', { kind: 'list', length: lengthOf('seed') }];
    case 'overlap':
      return ['overlap', { kind: 'number' }];
    case 'optimize':
      return ['updates', { kind: 'lists', count: lengthOf('gradients'), length: lengthOf('parameters') }];
    case 'train':
      return ['parameters', { kind: 'lists', count: lengthOf('gradients'), length: lengthOf('seed') }];
  }
}

function hasShape(value: unknown, shape: Shape): boolean {
  switch (shape.kind) {
    case 'number':
      return typeof value === 'number';
    case 'names':
      return isList(value, (names) => isList(names, (name) => typeof name === 'string'));
    case 'list':
      return isList(value, (x) => typeof x === 'number', shape.length);
    case 'lists':
      return isList(value, (list) => isList(list, (x) => typeof x === 'number', shape.length), shape.count);
  }
}

function isList(value: unknown, isEntry: (entry: unknown) => boolean, length?: number): boolean {
  return Array.isArray(value) && (length === undefined || value.length === length) && value.every(isEntry);
}

function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case 'number':
      return 'a number';
    case 'names':
      return 'lists of names';
    case 'list':
      return `a list of ${shape.length} numbers`;
    case 'lists':
      return `${shape.count} lists of ${shape.length} numbers each`;
  }
}

/** Rounds every number to the declared format, as the protocol asks before anything is compared. */
export function roundNumbers<T>(value: T, format: Format): T;
export function roundNumbers(value: unknown, format: Format): unknown {
  if (typeof value === 'number') return format.round(value);
  if (Array.isArray(value)) return value.map((entry: unknown) => roundNumbers(entry, format));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, roundNumbers(entry, format)]));
}
