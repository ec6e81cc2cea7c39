/**
 * What a model is to whoever trains or stores it, whatever its layers are.
 *
 * @module
 */
import type { Parameter, ParameterList } from './parameters.ts';

/** Parameters that lie one after the other in one flat vector θ, which is not the model's but yours. */
export abstract class Model {
  /** @internal */
  readonly declared: ParameterList;

  /** @internal */
  protected constructor(declared: ParameterList) {
    this.declared = declared;
  }

  /** The parameters, in the order in which they lie in θ. */
  get parameters(): readonly Parameter[] {
    return this.declared.all;
  }

  /** n, the length of θ. */
  get size(): number {
    return this.declared.size;
  }
}
