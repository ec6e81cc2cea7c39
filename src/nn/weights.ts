/**
 * A model's parameters as the variables that its layers compute with.
 *
 * @module
 */
import type { Tape } from '../autograd/tape.ts';
import type { Variable } from '../autograd/variable.ts';
import { Internal, wrong } from '../errors.ts';
import type { ParameterList } from './parameters.ts';

/** Finds the variable of a parameter's name. */
export type Lookup = (name: string) => Variable;

/** The views of a θ, and of the gradient that goes with it. */
interface Views<Weights> {
  readonly gradient: Float32Array | undefined;
  readonly weights: Weights;
}

/** A model's tree of weights over any θ. The views of a θ are made once: a steady step makes none. */
export class BoundWeights<Weights> {
  readonly #where: string;
  readonly #declared: ParameterList;
  readonly #build: (lookup: Lookup) => Weights;
  readonly #views = new WeakMap<Float32Array, Views<Weights>>();

  /**
   * @param where - the model's name, for errors.
   * @param build - makes the tree in which the layers find their weights.
   */
  constructor(where: string, declared: ParameterList, build: (lookup: Lookup) => Weights) {
    this.#where = where;
    this.#declared = declared;
    this.#build = build;
  }

  /**
   * The weights in θ.
   *
   * @param gradient - the flat vector that the backward pass adds to; needed on a tape that records.
   * @throws InvalidInput if it is needed and absent, or a vector has not the model's length.
   */
  in(tape: Tape, theta: Float32Array, gradient: Float32Array | undefined): Weights {
    if (tape.mode === 'record' && gradient === undefined)
      throw wrong(`${this.#where}: gradient`, 'a vector to add to, since the tape records', 'undefined');
    const known = this.#views.get(theta);
    if (known !== undefined && (tape.mode === 'forward' || known.gradient === gradient)) return known.weights;
    const weights = this.#build(lookupIn(this.#declared.bind(theta, gradient)));
    this.#views.set(theta, { gradient, weights });
    return weights;
  }
}

/** A lookup in the variables that {@link ParameterList.bind} gave. */
function lookupIn(variables: ReadonlyMap<string, Variable>): Lookup {
  return (name) => {
    const variable = variables.get(name);
    if (variable === undefined) throw new Internal(`weights: expected a declared parameter, got "${name}"`);
    return variable;
  };
}
