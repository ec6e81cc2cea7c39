/**
 * The messages of the conformance protocol, as docs/conformance/protocol.md has them and schemas/ checks them.
 *
 * @module
 */
import { COUNTS, DIALECTS, DISTANCE_KINDS, METHODS, OPERATIONS, OPTIMIZERS, STRATEGIES } from '../implementation.ts';
import type { Capabilities, Dtype } from '../implementation.ts';
import { oneOf } from '../../src/kinds.ts';

/** The version of the protocol that this kit speaks if the program does. */
export const PROTOCOL_VERSION = 2;

/** The versions that a program may answer with, the newest first: what the newer one adds is all optional. */
export const VERSIONS: readonly number[] = [PROTOCOL_VERSION, 1];

/** The operation that gives back the numbers that it gets: a matter of the wire, which no law asks for. */
export const ECHO = 'echo';

/** How many requests the other side of the wire, ours, takes in one message. */
const BATCH = 64;

/** The answer to `start`, as it stands on the wire. */
export interface StartAnswer {
  readonly seq: number;
  readonly version: number;
  readonly implementation: {
    readonly name: string;
    readonly version: string;
    readonly language: string;
    readonly dtype: Dtype;
    readonly homepage?: string;
  };
  readonly ops: readonly string[];
  readonly distances: readonly string[];
  readonly thresholds: readonly string[];
  readonly silos: readonly string[];
  readonly optimizers: readonly string[];
  /** The dialects of AdaFactor; if nothing is said, t5x alone. */
  readonly dialects?: readonly string[];
  readonly flushesDenormals?: boolean;
  readonly ties?: 'lowest-index';
  /** From version 2 on. */
  readonly counts?: string;
  /** The most requests that may wait for their answers at once; from version 2 on. If absent, any number. */
  readonly inFlight?: number;
  /** The most requests in one message; from version 2 on. If absent, one. */
  readonly batch?: number;
}

/**
 * What an implementation says of itself, from the wire.
 *
 * @throws {@link InvalidInput} for a word that the protocol does not have, with the nearest one that it has.
 */
export function toCapabilities(answer: StartAnswer): Capabilities {
  const { implementation, flushesDenormals, ties, dialects, counts } = answer;
  const { name, version, language, dtype, homepage } = implementation;
  return {
    name,
    version,
    language,
    dtype,
    ...(homepage === undefined ? {} : { homepage }),
    operations: known('ops', [...OPERATIONS, ECHO], answer.ops).filter((op) => op !== ECHO),
    distances: known('distances', DISTANCE_KINDS, answer.distances),
    thresholds: known('thresholds', METHODS, answer.thresholds),
    silos: known('silos', STRATEGIES, answer.silos),
    optimizers: known('optimizers', OPTIMIZERS, answer.optimizers),
    ...(dialects === undefined ? {} : { dialects: known('dialects', DIALECTS, dialects) }),
    ...(ties === undefined ? {} : { ties }),
    ...(counts === undefined ? {} : { counts: oneOf(COUNTS)(counts, 'answer.counts') }),
    ...(flushesDenormals === undefined ? {} : { flushesDenormals }),
  };
}

/** The same the other way round, for a program that echoes too, and takes several requests at once. */
export function toStartAnswer(
  seq: number,
  capabilities: Capabilities,
  version: number = PROTOCOL_VERSION,
): StartAnswer {
  const { name, version: own, language, dtype, homepage, operations, ...claims } = capabilities;
  return {
    seq,
    version,
    implementation: { name, version: own, language, dtype, ...(homepage === undefined ? {} : { homepage }) },
    ops: version === 1 ? operations : [...operations, ECHO],
    ...claims,
    ...(version === 1 ? {} : { batch: BATCH }),
  };
}

function known<Name extends string>(field: string, names: readonly Name[], got: readonly string[]): Name[] {
  const words = got.map((word) => oneOf(names)(word, `answer.${field}`));
  return names.filter((name) => words.includes(name));
}
