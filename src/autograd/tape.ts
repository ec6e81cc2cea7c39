/**
 * Reverse-mode differentiation: a tape of what was computed, run backwards.
 *
 * @module
 */
import { Internal, wrong } from '../errors.ts';
import type { Kernels, MatmulShape } from '../kernel/kernels.ts';
import { elementCount, type Shape } from '../tensor/shape.ts';
import { Gradients } from './gradients.ts';
import type { PrimitiveName } from './primitives.ts';
import type { Variable } from './variable.ts';

/** Whether a tape remembers how to go back, or only computes (and so need not keep what it passed). */
export type TapeMode = 'record' | 'forward';

/** Adds to the gradients of a primitive's inputs, from the gradient of its output, which it only reads. */
type Derivative = (dOut: Float32Array) => void;

interface Entry {
  readonly primitive: PrimitiveName;
  readonly output: Variable;
  readonly derivative: Derivative;
}

/**
 * Computes with the kernels and keeps activations and their gradients in the kernels' memory, above a mark that each
 * {@link Tape.step} gives back: a steady step allocates no new views.
 *
 * @example
 * ```ts
 * const tape = new Tape(kernels, 'record');
 * const w: Variable = { shape: [theta.length], data: theta, gradient };
 * tape.step(() => {
 *   const loss = sum(tape, multiply(tape, w, w));
 *   tape.backward(loss); // gradient += 2 w
 *   return loss.data[0];
 * });
 * ```
 */
export class Tape {
  readonly kernels: Kernels;
  readonly mode: TapeMode;
  readonly #entries: Entry[] = [];

  #gradients: Gradients;

  constructor(kernels: Kernels, mode: TapeMode) {
    this.kernels = kernels;
    this.mode = mode;
    this.#gradients = new Gradients(kernels.memory);
  }

  /** The primitives recorded since the step began, in order. */
  get recorded(): readonly PrimitiveName[] {
    return this.#entries.map((entry) => entry.primitive);
  }

  /** Runs `body` and gives back all that was allocated in it, also if it throws. Steps may be nested. */
  step<T>(body: () => T): T {
    const { memory } = this.kernels;
    const mark = memory.mark();
    const entries = this.#entries.length;
    try {
      return body();
    } finally {
      this.#entries.length = entries;
      memory.release(mark);
    }
  }

  /** The value of `body`; a tape that does not record gives back everything else that `body` allocated. */
  keepResult(body: () => Variable): Variable {
    if (this.mode === 'record') return body();
    const { memory } = this.kernels;
    const mark = memory.mark();
    const result = body();
    memory.release(mark);
    const kept = this.variable(result.shape);
    kept.data.set(result.data);
    return kept;
  }

  /** A new variable whose data is yet to be written. */
  variable(shape: Shape): Variable {
    return { shape, data: this.kernels.memory.floats(elementCount(shape)), gradient: undefined };
  }

  /** A copy of `values` for the length of the step, where the kernels can read it. */
  ints(values: Int32Array): Int32Array {
    const copy = this.kernels.memory.ints(values.length);
    copy.set(values);
    return copy;
  }

  /** As {@link Tape.ints}, for numbers that no gradient flows to. */
  floats(values: Float32Array): Float32Array {
    return this.kernels.memory.copyOf(values);
  }

  /** Notes how the gradients of the inputs follow from that of `output`, which it returns. */
  record(primitive: PrimitiveName, output: Variable, derivative: Derivative): Variable {
    if (this.mode === 'record') this.#entries.push({ primitive, output, derivative });
    return output;
  }

  /** The gradient by x, to be added to: zeros if nothing has reached it yet. */
  gradient(x: Variable): Float32Array {
    if (x.gradient !== undefined) return this.#gradients.own(x, x.gradient);
    const gradient = this.#gradients.create(x);
    this.kernels.zero(gradient);
    return gradient;
  }

  /**
   * The gradients by the inputs of a primitive that goes through them all at once: to be added to if one of them has
   * been reached before or occurs twice, to be written if not, which saves the zeros.
   *
   * @param whole - whether the primitive writes every element.
   */
  gradientsOf(
    inputs: readonly Variable[],
    whole = true,
  ): { readonly gradients: readonly Float32Array[]; readonly accumulate: boolean } {
    const isFresh = (x: Variable, i: number): boolean => x.gradient === undefined && inputs.indexOf(x) === i;
    const accumulate = !whole || !inputs.every(isFresh);
    const gradients = inputs.map((x) => (accumulate ? this.gradient(x) : this.#gradients.create(x)));
    return { gradients, accumulate };
  }

  /** dX += op(A) op(B), if the products together write every element of x. */
  addMatmul(x: Variable, a: Float32Array, b: Float32Array, shape: MatmulShape): void {
    const { gradients, accumulate } = this.gradientsOf([x]);
    this.kernels.matmul(gradients[0], a, b, { ...shape, accumulate });
  }

  /** dX += dOut: if nothing has reached x yet, its gradient is dOut itself, which it may share with others. */
  handOver(x: Variable, dOut: Float32Array): void {
    if (x.gradient === undefined) this.#gradients.share(x, dOut);
    else this.kernels.addScaled(this.gradient(x), dOut, 1);
  }

  /**
   * Adds the gradients of ⟨cotangent, output⟩ to those of the leaves that it was computed from; what lies between has
   * none afterwards.
   *
   * @param cotangent - of the output's length; 1 if the output is a single number.
   * @throws InvalidInput if the output is not a single number and no cotangent is given.
   */
  backward(output: Variable, cotangent?: Float32Array): void {
    if (this.mode !== 'record')
      throw new Internal('tape.backward: expected a tape that records, got one that does not');
    const length = cotangent?.length ?? 1;
    if (length !== output.data.length)
      throw wrong('tape.backward: cotangent', `${output.data.length} numbers`, `${length}`);
    this.#gradients = new Gradients(this.kernels.memory);
    this.gradient(output).set(cotangent ?? [1]);
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const { output, derivative } = this.#entries[i];
      if (output.gradient === undefined) continue;
      derivative(output.gradient);
      this.#gradients.release(output, output.gradient);
    }
    this.#gradients.part();
    this.#entries.length = 0;
  }
}
