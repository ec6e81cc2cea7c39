/**
 * What a law is: a value, not a test body. The same object runs in vitest, over the wire and into golden vectors, so
 * it knows an {@link Implementation} and nothing else of ours.
 *
 * @module
 */
import type { Arbitrary } from 'fast-check';
import type {
  Answer,
  Capabilities,
  Count,
  Dialect,
  DistanceKind,
  Implementation,
  Method,
  Operation,
  Operations,
  OptimizerName,
  Outputs,
  Requests,
  Strategy,
} from '../implementation.ts';
import type { Arithmetic } from '../oracle/distance.ts';
import { FORMATS } from '../oracle/formats.ts';
import type { Outcome, Skipped, Violation } from './outcome.ts';
import { findMisshape, roundNumbers } from './shape.ts';

/** Where in the paper a law stands: an equation, an algorithm, a table, a section or an appendix. */
export const LAW_ANCHORS = [
  'eq-1',
  'eq-2',
  'eq-3',
  'eq-4',
  'eq-5',
  'eq-6',
  'eq-7',
  'eq-8',
  'eq-9',
  'tab-1',
  'alg-1',
  'alg-2',
  'sec-3.2',
  'app-f',
  'protocol',
] as const;
export type LawAnchor = (typeof LAW_ANCHORS)[number];

/** `paper`: what the equations say. `ruling`: what this project decided where they are silent. */
export type LawKind = 'paper' | 'ruling';

/** What an implementation has to claim for a law to apply to it. */
export interface Needs {
  readonly distance?: DistanceKind;
  readonly method?: Method;
  readonly strategy?: Strategy;
  readonly optimizer?: OptimizerName;
  /** AdaFactor's; t5x if none is named. */
  readonly dialect?: Dialect;
  readonly ties?: 'lowest-index';
  /** The rules of which it speaks; any if it says nothing. */
  readonly counts?: readonly Count[];
}

/** The rules of how many are kept that look at one silo at a time. */
export const SILO_BY_SILO: readonly Count[] = ['quantile', 'floor', 'ceil', 'round'];

/** A law. */
export interface Law<Input = unknown> {
  /** Named after what it tests, e.g. `eq7/kept-values-are-the-candidates`. */
  readonly id: string;
  readonly equation: LawAnchor;
  /** What must hold, in one sentence. */
  readonly claim: string;
  readonly kind: LawKind;
  /** The tolerance, in words. */
  readonly accepts: string;
  readonly operation: Operation;
  readonly needs: Needs;
  /** How many usual inputs one of this law's is worth; 1 for most. A runner divides its number of runs by it. */
  readonly weight: number;
  /** The inputs on which it is tried, all exactly representable in the implementation's number format. */
  inputs(capabilities: Capabilities): Arbitrary<Input>;
  holds(implementation: Implementation, input: Input): Promise<Outcome>;
}

/** What a law's body is given. */
export interface Subject<O extends Operation> {
  readonly capabilities: Capabilities;
  readonly arithmetic: Arithmetic;
  /** The output, rounded to the declared format and of the right shape; anything else ends the law's body. */
  ask(request: Requests[O]): Promise<Outputs[O]>;
  /** The bare answer, for laws about refusals. */
  answer(request: Requests[O]): Promise<Answer<Outputs[O]>>;
}

export interface LawDefinition<O extends Operation, Input> {
  readonly id: string;
  readonly equation: LawAnchor;
  readonly claim: string;
  readonly kind: LawKind;
  readonly accepts: string;
  readonly operation: O;
  readonly needs?: Needs;
  readonly weight?: number;
  inputs(capabilities: Capabilities): Arbitrary<Input>;
  check(subject: Subject<O>, input: Input): Promise<Outcome>;
}

/** Ends a law's body if there is no output to judge. */
class NoOutput extends Error {
  readonly outcome: Violation | Skipped;

  constructor(outcome: Violation | Skipped) {
    super('no output');
    this.outcome = outcome;
  }
}

/** Makes a law of its definition: the body asks, this puts the question and takes what is no output for a verdict. */
export function defineLaw<O extends Operation, Input>(definition: LawDefinition<O, Input>): Law<Input> {
  const { id, equation, claim, kind, accepts, operation, needs = {}, weight = 1 } = definition;
  return {
    id,
    equation,
    claim,
    kind,
    accepts,
    operation,
    needs,
    weight,
    inputs: (capabilities) => definition.inputs(capabilities),
    async holds(implementation, input) {
      try {
        return await definition.check(createSubject(implementation, operation), input);
      } catch (error) {
        if (error instanceof NoOutput) return error.outcome;
        throw error;
      }
    },
  };
}

function createSubject<O extends Operation>(implementation: Implementation, operation: O): Subject<O> {
  const { capabilities } = implementation;
  const arithmetic = arithmeticOf(capabilities);
  // Seen as the mapped type, a method of one operation takes that operation's request.
  const operations: Operations = implementation;
  const answer = async (request: Requests[O]): Promise<Answer<Outputs[O]>> => operations[operation](request);
  return {
    capabilities,
    arithmetic,
    answer,
    async ask(request) {
      const got = await answer(request);
      if ('skip' in got) throw new NoOutput({ skip: got.skip });
      if ('error' in got)
        throw new NoOutput({ got: describeError(got.error), wanted: 'an output', errorKind: got.error.kind });
      const misshape = findMisshape(operation, request, got.output);
      if (misshape !== undefined) throw new NoOutput(misshape);
      return roundNumbers(got.output, arithmetic.format);
    },
  };
}

/** The number format and flushing that an implementation declares. */
export function arithmeticOf({ dtype, flushesDenormals }: Capabilities): Arithmetic {
  return { format: FORMATS[dtype], flushes: flushesDenormals === true };
}

/** An error as a violation shows it. */
export function describeError({ kind, message }: { readonly kind: string; readonly message: string }): string {
  return `an error of kind ${kind}: ${message}`;
}

/** Why a law does not apply to an implementation, or undefined if it does. */
export function whyNotApplicable({ operation, needs }: Law, claims: Capabilities): string | undefined {
  const { distance, method, strategy, optimizer, dialect = 't5x', ties, counts } = needs;
  const rule = claims.counts ?? 'quantile';
  if (!claims.operations.includes(operation)) return `does not claim the operation ${operation}`;
  if (distance !== undefined && !claims.distances.includes(distance)) return `does not claim the distance ${distance}`;
  if (method !== undefined && !claims.thresholds.includes(method)) return `does not claim the threshold ${method}`;
  if (strategy !== undefined && !claims.silos.includes(strategy)) return `does not claim the silos ${strategy}`;
  if (optimizer !== undefined && !claims.optimizers.includes(optimizer)) return `does not claim ${optimizer}`;
  if (optimizer === 'adafactor' && !(claims.dialects ?? ['t5x']).includes(dialect))
    return `does not claim the dialect ${dialect} of adafactor`;
  if (ties !== undefined && claims.ties !== ties) return `does not declare ties: ${ties}`;
  if (counts !== undefined && !counts.includes(rule)) return `declares counts: ${rule}`;
  return undefined;
}

/** What a request of an operation has to name, as claimed: without one there is nothing to ask. */
const CHOICES: Readonly<Record<Operation, readonly ('distances' | 'thresholds' | 'silos' | 'optimizers')[]>> = {
  silos: ['silos'],
  distance: ['distances'],
  threshold: ['thresholds'],
  project: ['distances', 'thresholds'],
  overlap: [],
  optimize: ['optimizers'],
  train: ['distances', 'thresholds', 'optimizers'],
};

/** What an implementation would have to claim beside an operation for it to be asked, if anything is missing. */
export function missingChoice(operation: Operation, claims: Capabilities): string | undefined {
  return CHOICES[operation].find((choice) => claims[choice].length === 0);
}
