/**
 * Whether an output has the shape that its operation promises, before anything in it is judged.
 *
 * @module
 */
import type { Operation, Outputs, Requests } from '../implementation.ts';
import type { Format } from '../oracle/formats.ts';
import type { Violation } from './outcome.ts';

/** How many numbers each field of an operation's output holds: a list, a list of lists, or one number. */
type Shape = Readonly<Record<string, readonly number[] | number | 'number'>>;

/** What is wrong with an output's shape, if anything. */
export function findMisshape<O extends Operation>(
  operation: O,
  request: Requests[O],
  output: Outputs[O],
): Violation | undefined {
  const fields = new Map<string, unknown>(Object.entries(output));
  for (const [field, shape] of Object.entries(shapeOf(operation, request))) {
    const got = fields.get(field);
    if (!hasShape(got, shape)) return { at: field, got, wanted: describeShape(shape) };
  }
  return undefined;
}

function shapeOf(operation: Operation, request: Requests[Operation]): Shape {
  const lengthOf = (field: string): number => listOf(request, field).length;
  const steps = (field: string): number[] => listOf(request, 'gradients').map(() => lengthOf(field));
  if (operation === 'distance') return { distances: lengthOf('seed') };
  if (operation === 'threshold') return { threshold: 'number' };
  if (operation === 'project') return { parameters: lengthOf('seed') };
  if (operation === 'overlap') return { overlap: 'number' };
  if (operation === 'optimize') return { updates: steps('parameters') };
  return operation === 'train' ? { parameters: steps('seed') } : {};
}

function listOf(request: Requests[Operation], field: string): readonly unknown[] {
  const value: unknown = new Map<string, unknown>(Object.entries(request)).get(field);
  return Array.isArray(value) ? value : [];
}

function hasShape(value: unknown, shape: Shape[string]): boolean {
  if (shape === 'number') return typeof value === 'number';
  if (!Array.isArray(value)) return false;
  if (typeof shape === 'number') return value.length === shape && value.every((x) => typeof x === 'number');
  return value.length === shape.length && shape.every((length, i) => hasShape(value[i], length));
}

function describeShape(shape: Shape[string]): string {
  if (shape === 'number') return 'a number';
  return typeof shape === 'number'
    ? `a list of ${shape} numbers`
    : `${shape.length} lists of ${shape[0] ?? 0} numbers each`;
}

/** Rounds every number to the declared format, as the protocol asks before anything is compared. */
export function roundNumbers<T>(value: T, format: Format): T;
export function roundNumbers(value: unknown, format: Format): unknown {
  if (typeof value === 'number') return format.round(value);
  if (Array.isArray(value)) return value.map((entry: unknown) => roundNumbers(entry, format));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, roundNumbers(entry, format)]));
}
