/**
 * The messages of the conformance protocol, as docs/conformance/protocol.md has them and schemas/ checks them.
 *
 * @module
 */
import { DIALECTS, DISTANCE_KINDS, METHODS, OPERATIONS, OPTIMIZERS, STRATEGIES } from '../implementation.ts';
import type { Capabilities, Dtype } from '../implementation.ts';

/** The version of the protocol that this kit speaks. */
export const PROTOCOL_VERSION = 1;

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
}

/** What an implementation says of itself, from the wire; names that the kit does not know are left out. */
export function toCapabilities(answer: StartAnswer): Capabilities {
  const { implementation, flushesDenormals, ties, dialects } = answer;
  const { name, version, language, dtype, homepage } = implementation;
  return {
    name,
    version,
    language,
    dtype,
    ...(homepage === undefined ? {} : { homepage }),
    operations: known(OPERATIONS, answer.ops),
    distances: known(DISTANCE_KINDS, answer.distances),
    thresholds: known(METHODS, answer.thresholds),
    silos: known(STRATEGIES, answer.silos),
    optimizers: known(OPTIMIZERS, answer.optimizers),
    ...(dialects === undefined ? {} : { dialects: known(DIALECTS, dialects) }),
    ...(ties === undefined ? {} : { ties }),
    ...(flushesDenormals === undefined ? {} : { flushesDenormals }),
  };
}

/** The same the other way round. */
export function toStartAnswer(seq: number, capabilities: Capabilities): StartAnswer {
  const { name, version, language, dtype, homepage, operations, ...claims } = capabilities;
  return {
    seq,
    version: PROTOCOL_VERSION,
    implementation: { name, version, language, dtype, ...(homepage === undefined ? {} : { homepage }) },
    ops: operations,
    ...claims,
  };
}

function known<Name extends string>(names: readonly Name[], got: readonly string[]): Name[] {
  return names.filter((name) => got.includes(name));
}
