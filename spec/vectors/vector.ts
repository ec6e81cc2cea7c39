/**
 * What a vector is: one request, and every answer to it that is right, in a form that any program can evaluate from
 * the line alone. The format is described for those who read it in another language in docs/conformance/vectors.md.
 *
 * @module
 */
import type { Dialect, DistanceKind, Dtype, Method, Operation, OptimizerName, Strategy } from '../implementation.ts';
import type { LawAnchor, LawKind } from '../laws/law.ts';
import type { Tag } from '../tags.ts';

/** The version of the format; raised with every change that a reader has to know of. */
export const VECTOR_VERSION = 1;

/** Which declarations an alternative is for; what is left out does not matter. */
export interface Condition {
  /** `dropped`: nothing is declared, so that Eq. 7's `>` drops what ties with the threshold. */
  readonly ties?: 'lowest-index' | 'dropped';
  readonly flushesDenormals?: true;
}

/** A number: these bits (0 and −0 differ). A pair: anything from the first to the second, both included. */
export type Bound = number | readonly [low: number, high: number];

/** What may be answered: one field, that of the operation's output, or an error's kind. */
export type Content =
  | { readonly error: 'invalid-input' }
  /** Equal as sets of sets. */
  | { readonly silos: readonly (readonly string[])[] }
  | { readonly distances: readonly Bound[] }
  | { readonly threshold: Bound }
  | { readonly overlap: Bound }
  | { readonly updates: readonly (readonly Bound[])[] }
  /** `train`: one list a step. */
  | { readonly parameters: readonly (readonly Bound[])[] }
  /** `project`: for each silo the lists of which its range of `parameters` is one, to the bit. */
  | { readonly stretches: readonly (readonly (readonly number[])[])[] };

/** One alternative; an answer is right where one alternative that applies accepts it. */
export type Accepted = Content & { readonly when?: Condition };

/** What an implementation has to claim for a vector to apply to it. */
export interface VectorNeeds {
  readonly distance?: DistanceKind;
  readonly method?: Method;
  readonly strategy?: Strategy;
  readonly optimizer?: OptimizerName;
  /** Of AdaFactor; t5x where it is absent. */
  readonly dialect?: Dialect;
}

/** One line. */
export interface Vector {
  /** The law's id and a digest of the request: the same request has the same id in every release. */
  readonly id: string;
  readonly equation: LawAnchor;
  readonly kind: LawKind;
  readonly tags: readonly Tag[];
  readonly op: Operation;
  readonly needs: VectorNeeds;
  /** The protocol's input of the operation. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly accepted: readonly Accepted[];
  /** Why that is right: the law's claim. */
  readonly reason: string;
}

/** A file of vectors: all for one number format. */
export interface VectorFile {
  readonly version: typeof VECTOR_VERSION;
  readonly dtype: Dtype;
  readonly vectors: readonly Vector[];
}

/** The law that a vector is from. */
export function lawOf({ id }: Pick<Vector, 'id'>): string {
  return id.slice(0, id.lastIndexOf('/'));
}
