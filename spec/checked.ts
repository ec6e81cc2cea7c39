/**
 * The values of the entry beside, `./conformance`: what looks at its arguments takes the place of what does not.
 *
 * @module
 */
import { guard } from '../src/checked/guard.ts';
import {
  anyText,
  callable,
  everyField,
  having,
  ignored,
  instance,
  integer,
  list,
  oneOf,
  optional,
  options,
  positive,
  text,
  truth,
} from '../src/kinds.ts';
import * as kit from './index.ts';

export * from './index.ts';

const OPERATION_KINDS = Object.fromEntries(kit.OPERATIONS.map((operation) => [operation, callable]));
const dtype = oneOf(['float32', 'float64', 'bfloat16']);
const claims = {
  name: text,
  dtype,
  distances: list(oneOf(kit.DISTANCE_KINDS)),
  thresholds: list(oneOf(kit.METHODS)),
  silos: list(oneOf(kit.STRATEGIES)),
  optimizers: list(oneOf(kit.OPTIMIZERS)),
};
const anImplementation = having('an implementation, as implement makes one', {
  capabilities: having('its capabilities', { ...claims, operations: list(oneOf(kit.OPERATIONS)) }),
  ...OPERATION_KINDS,
});
const aRun = having('a run, as checkImplementation gives one', {
  start: having('its start', { implementation: having('an implementation', claims) }),
  checks: list(having('a check', { id: text, state: oneOf(kit.STATES) })),
  end: having('its end', { conforms: truth }),
});
const aVector = having('a vector, as readVectors gives one', {
  op: oneOf(kit.OPERATIONS),
  needs: having('its needs', {}),
  input: having('its input', {}),
  accepted: list(ignored),
});

export const implement = guard('implement', kit.implement, {
  about: options({
    name: text,
    dtype,
    version: optional(text),
    language: optional(text),
    homepage: optional(text),
    distances: optional(claims.distances),
    thresholds: optional(claims.thresholds),
    silos: optional(claims.silos),
    optimizers: optional(claims.optimizers),
    dialects: optional(list(oneOf(kit.DIALECTS))),
    ties: optional(oneOf(['lowest-index'])),
    counts: optional(oneOf(kit.COUNTS)),
    flushesDenormals: optional(truth),
  }),
  operations: options(Object.fromEntries(kit.OPERATIONS.map((operation) => [operation, optional(callable)]))),
});
export const checkImplementation = guard('checkImplementation', kit.checkImplementation, {
  implementation: anImplementation,
  options: optional(
    options({
      checks: optional(list(text)),
      paperOnly: optional(truth),
      runs: optional(integer(1)),
      seed: optional(integer(0)),
      path: optional(text),
      expected: optional(everyField(text)),
      skip: optional(everyField(text)),
      signal: optional(instance(AbortSignal, 'an AbortSignal')),
      onRecord: optional(callable),
    }),
  ),
});
export const connect = guard('connect', kit.connect, {
  command: list(text),
  options: optional(options({ timeoutMs: optional(positive), startTimeoutMs: optional(positive) })),
});
export const renderText = guard('renderText', kit.renderText, {
  run: aRun,
  options: options({ color: truth, width: optional(positive) }),
});
export const renderHtml = guard('renderHtml', kit.renderHtml, { runs: list(aRun) });
export const renderJunit = guard('renderJunit', kit.renderJunit, { run: aRun });
export const renderBadge = guard('renderBadge', kit.renderBadge, { run: aRun });
export const renderJsonLines = guard('renderJsonLines', kit.renderJsonLines, { run: aRun });
export const parseJsonLines = guard('parseJsonLines', kit.parseJsonLines, { text: anyText, where: optional(anyText) });
export const findLaw = guard('findLaw', kit.findLaw, { id: anyText });
export const readVectors = guard('readVectors', kit.readVectors, { path: text });
export const checkVector = guard('checkVector', kit.checkVector, { implementation: anImplementation, vector: aVector });
export const createLiteral = guard('createLiteral', kit.createLiteral, {
  variant: having('a variant { name }', { name: text, dtype: optional(dtype) }),
});
