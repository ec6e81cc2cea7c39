/**
 * The parameters of a model: named tensors that lie one after the other in one flat vector θ.
 *
 * @module
 */
import { InvalidInput, wrong } from '../errors.ts';
import type { Variable } from '../autograd/variable.ts';
import { elementCount, type Shape } from '../tensor/shape.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** How a tensor begins: all ones, or independent normal numbers of mean 0. */
export type Initial = { readonly kind: 'ones' } | { readonly kind: 'normal'; readonly deviation: number };

/** A parameter and how it begins. */
export interface DeclaredParameter extends Parameter {
  readonly initial: Initial;
}

/** The list of a model's parameters while its layers declare them, each after the one before. */
export class ParameterList {
  readonly #parameters: DeclaredParameter[] = [];
  #size = 0;

  /** The number of elements of θ. */
  get size(): number {
    return this.#size;
  }

  get all(): readonly DeclaredParameter[] {
    return this.#parameters;
  }

  /** Appends a tensor. A part `layers/INDEX` of its name makes its layer. */
  declare(name: string, shape: Shape, initial: Initial): void {
    if (this.#parameters.some((parameter) => parameter.name === name))
      throw new InvalidInput(`ParameterList.declare: expected a name of its own, got "${name}" again`);
    const index = /(?:^|\/)layers\/(\d+)(?:\/|$)/.exec(name)?.[1];
    const module = index === undefined ? name : name.replace(`layers/${index}/`, 'layers/');
    const layer = index === undefined ? null : Number(index);
    this.#parameters.push({ name, module, layer, shape, offset: this.#size, initial });
    this.#size += elementCount(shape);
  }

  /** Writes each tensor's beginning into θ; `normal` is asked once per tensor and gives its source of numbers. */
  initialise(theta: Float32Array, normal: (name: string) => () => number): void {
    requireLength('initialise: theta', theta, this.#size);
    for (const { name, shape, offset, initial } of this.#parameters) {
      const tensor = theta.subarray(offset, offset + elementCount(shape));
      if (initial.kind === 'ones') tensor.fill(1);
      else fillWith(tensor, initial.deviation, normal(name));
    }
  }

  /**
   * The parameters as variables over θ, by name.
   *
   * @param gradient - the flat vector that backward passes add to; undefined if none will be made.
   */
  bind(theta: Float32Array, gradient: Float32Array | undefined): ReadonlyMap<string, Variable> {
    requireLength('theta', theta, this.#size);
    if (gradient !== undefined) requireLength('gradient', gradient, this.#size);
    return new Map(
      this.#parameters.map(({ name, shape, offset }) => {
        const end = offset + elementCount(shape);
        const variable = { shape, data: theta.subarray(offset, end), gradient: gradient?.subarray(offset, end) };
        return [name, variable];
      }),
    );
  }
}

function fillWith(tensor: Float32Array, deviation: number, next: () => number): void {
  for (let i = 0; i < tensor.length; i++) tensor[i] = deviation * next();
}

function requireLength(where: string, vector: Float32Array, size: number): void {
  if (vector.length !== size) throw wrong(where, `${size} numbers, the model's parameters`, vector.length);
}
