/**
 * What training and storing need of a model, whatever its layers are.
 *
 * @module
 */
import type { Dropout } from '../autograd/elementwise.ts';
import type { ParameterList } from './parameters.ts';
import type { Parameter } from '../tensor/parameter.ts';

export interface LossOptions {
  /** What the sum over the targets is multiplied by: 1 / (targets that count) if absent. */
  readonly factor?: number;
  /** On the embeddings and on what each layer adds; none if absent. */
  readonly dropout?: Dropout;
}

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
