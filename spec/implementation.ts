/**
 * What any implementation of Dynamic Subset Tuning answers: one method for each operation of the conformance protocol,
 * with the protocol's own input and output types. Ours stands behind it (`ours.ts`), a literal one
 * (`mutants/literal.ts`), and later any program that speaks the protocol. The laws call this interface alone.
 *
 * @module
 */

/** The number format that an implementation computes in. */
export type Dtype = 'float32' | 'float64' | 'bfloat16';

export const OPERATIONS = ['silos', 'distance', 'threshold', 'project', 'overlap', 'optimize', 'train'] as const;
/** The protocol's operations. */
export type Operation = (typeof OPERATIONS)[number];

export const DISTANCE_KINDS = ['absolute', 'relative', 'inverse-relative'] as const;
export type DistanceKind = (typeof DISTANCE_KINDS)[number];

export const METHODS = ['quantile', 'iterative'] as const;
export type Method = (typeof METHODS)[number];

/**
 * The method that a valid request names.
 *
 * @throws RangeError for any other name: only an implementation is asked about those.
 */
export function methodNamed(name: string): Method {
  const method = METHODS.find((known) => known === name);
  if (method === undefined) throw new RangeError(`method: expected one of ${METHODS.join(', ')}, got "${name}"`);
  return method;
}

export const STRATEGIES = ['none', 'per-module', 'per-module-and-layer'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const OPTIMIZERS = ['sgd', 'adafactor'] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

export const DIALECTS = [
  't5x',
  'optax',
  'praxis',
  'huggingface',
  'torch',
  'keras',
  'mlx',
  'pytorch-optimizer',
  'timm',
  'big-vision',
] as const;
/** The published AdaFactors: what the option `dialect` may name. */
export type Dialect = (typeof DIALECTS)[number];

export const COUNTS = ['quantile', 'floor', 'ceil', 'round', 'largest-remainder'] as const;
/**
 * How many of a silo's m elements are kept, which the paper leaves open (amb-1): as many as exceed the quantile (Eq. 6),
 * ⌊εm⌋, ⌈εm⌉, εm rounded (a half either way), or round(εn) over all silos, the rest by the largest remainders.
 */
export type Count = (typeof COUNTS)[number];

/** What an implementation says of itself when it starts; what it does not claim is not applicable. */
export interface Capabilities {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly dtype: Dtype;
  readonly homepage?: string;
  readonly operations: readonly Operation[];
  readonly distances: readonly DistanceKind[];
  readonly thresholds: readonly Method[];
  readonly silos: readonly Strategy[];
  readonly optimizers: readonly OptimizerName[];
  /** The dialects of AdaFactor; if nothing is said, t5x alone. */
  readonly dialects?: readonly Dialect[];
  /** Declared: exactly min(k, non-zero distances) are kept, ties by the lowest index. Else Eq. 7's `>` drops ties. */
  readonly ties?: 'lowest-index';
  /** How many are kept; declared, it is held exactly. If nothing is said, as many as exceed the quantile. */
  readonly counts?: Count;
  /** Denormal inputs, intermediates or results may be taken for 0. */
  readonly flushesDenormals?: boolean;
}

/** A parameter tensor, for the `silos` operation. */
export interface ParameterDescription {
  readonly name: string;
  /** The tensor's path without its layer index. */
  readonly module: string;
  readonly layer: number | null;
  readonly shape: readonly number[];
}

/** How thresholds are found. The names are plain strings: on the wire anything may come, and must be refused. */
export interface ThresholdChoice {
  readonly method: string;
  readonly epsilon: number;
  /** Alg. 2's c; 2 by default. */
  readonly factor?: number;
  /** Alg. 2's T; 10 by default. */
  readonly iterations?: number;
}

/** An optimizer with its options inline; what is absent has the protocol's default. */
export interface OptimizerChoice {
  readonly name: string;
  readonly learningRate: number;
  readonly dialect?: string;
  readonly decayRate?: number;
  /** The most that β₂ can be; null: no cap. */
  readonly beta2Cap?: number | null;
  readonly epsilon1?: number;
  readonly epsilon2?: number;
  readonly clippingThreshold?: number | null;
  readonly minDimSizeToFactor?: number;
  readonly multiplyByParameterScale?: boolean;
  /** Whether min(10⁻², t^−½) is taken in place of the learning rate. */
  readonly relativeStep?: boolean;
  readonly momentum?: number | null;
  readonly weightDecay?: number | null;
}

/** The input of each operation. Vectors are flat; `silos` are lengths of consecutive ranges that add up to n. */
export interface Requests {
  readonly silos: { readonly strategy: string; readonly parameters: readonly ParameterDescription[] };
  readonly distance: { readonly kind: string; readonly seed: readonly number[]; readonly candidate: readonly number[] };
  readonly threshold: ThresholdChoice & {
    readonly distances: readonly number[];
    /** The threshold of the step before; for `iterative`. */
    readonly previous?: number;
  };
  readonly project: ThresholdChoice & {
    readonly seed: readonly number[];
    readonly candidate: readonly number[];
    readonly silos: readonly number[];
    readonly distance: string;
    /** One a silo; for `iterative`. */
    readonly previous?: readonly number[];
  };
  readonly overlap: { readonly seed: readonly number[]; readonly a: readonly number[]; readonly b: readonly number[] };
  readonly optimize: {
    readonly optimizer: OptimizerChoice;
    readonly parameters: readonly number[];
    readonly shape: readonly number[];
    readonly gradients: readonly (readonly number[])[];
  };
  readonly train: ThresholdChoice & {
    readonly seed: readonly number[];
    /** The tensors' shapes, one after the other in the flat vector: what the optimizer factors. */
    readonly shapes: readonly (readonly number[])[];
    readonly silos: readonly number[];
    readonly gradients: readonly (readonly number[])[];
    readonly optimizer: OptimizerChoice;
    readonly distance: string;
    /** One a silo; 1 if none is given. */
    readonly previous?: readonly number[];
  };
}

/** The output of each operation. */
export interface Outputs {
  readonly silos: { readonly silos: readonly (readonly string[])[] };
  readonly distance: { readonly distances: readonly number[] };
  readonly threshold: { readonly threshold: number };
  readonly project: { readonly parameters: readonly number[]; readonly thresholds?: readonly number[] };
  readonly overlap: { readonly overlap: number };
  readonly optimize: { readonly updates: readonly (readonly number[])[] };
  readonly train: { readonly parameters: readonly (readonly number[])[] };
}

/** Why there is no output: the caller's fault, or the implementation's own. */
export interface Refusal {
  readonly kind: 'invalid-input' | 'internal';
  readonly message: string;
}

/** An operation's outcome: an output, a skip with its reason, or an error. */
export type Answer<Output> = { readonly output: Output } | { readonly skip: string } | { readonly error: Refusal };

/** One method an operation; each may answer at once or later. */
export type Operations = {
  readonly [O in Operation]: (input: Requests[O]) => Answer<Outputs[O]> | Promise<Answer<Outputs[O]>>;
};

/** An implementation of DST, as the laws see it. Every operation is stateless. */
export interface Implementation extends Operations {
  readonly capabilities: Capabilities;
}

/** The number of elements of a tensor; 1 for the empty shape, which is a scalar's. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The operation as an {@link Operations} has it: a `Refused` that it throws is its answer, any other error is thrown on. */
export function answering<Input, Output>(
  operation: (input: Input) => Output,
  Refused: new (message: string) => Error,
): (input: Input) => Answer<Output> {
  return (input) => {
    try {
      return { output: operation(input) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { error: { kind: 'invalid-input', message: error.message } };
    }
  };
}
