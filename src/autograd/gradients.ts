/**
 * The vectors of a backward pass: what was given to one variable is given to the next when nobody needs it any more.
 *
 * @module
 */
import type { Memory } from '../kernel/memory.ts';
import type { Variable } from './variable.ts';

/**
 * Whose gradient a vector is. Several variables may hold one vector, as the summands of a sum do: it is *shared*, to be
 * read only, until all but one have been passed; who writes to it before that gets a copy. A gradient that is not from
 * here is a parameter's, which nobody shares.
 *
 * A vector that nobody holds any more serves again, while it is still in the cache: so a pass needs as many as are alive
 * at one time, and not one for each activation, and a step is 1.015 times as fast (bench/step/step.ts).
 */
export class Gradients {
  readonly #memory: Memory;
  readonly #holders = new Map<Float32Array, Set<Variable>>();
  readonly #free = new Map<number, Float32Array[]>();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** A vector for the gradient of x, which has none; in it is whatever was there. */
  create(x: Variable): Float32Array {
    const vector = this.#free.get(x.data.length)?.pop() ?? this.#memory.floats(x.data.length);
    this.share(x, vector);
    return vector;
  }

  /** Makes `vector` the gradient of x, beside those whose it is already. */
  share(x: Variable, vector: Float32Array): void {
    x.gradient = vector;
    const holders = this.#holders.get(vector);
    if (holders === undefined) this.#holders.set(vector, new Set([x]));
    else holders.add(x);
  }

  /** `vector`, the gradient of x, for x to write to: a copy if others hold it too. */
  own(x: Variable, vector: Float32Array): Float32Array {
    const holders = this.#holders.get(vector);
    if (holders === undefined || holders.size === 1) return vector;
    holders.delete(x);
    const copy = this.create(x);
    copy.set(vector);
    return copy;
  }

  /** x has been passed: nobody asks for its gradient again. */
  release(x: Variable, vector: Float32Array): void {
    x.gradient = undefined;
    const holders = this.#holders.get(vector);
    holders?.delete(x);
    if (holders?.size !== 0) return;
    this.#holders.delete(vector);
    const free = this.#free.get(vector.length);
    if (free === undefined) this.#free.set(vector.length, [vector]);
    else free.push(vector);
  }

  /** At the end of the pass: gives each of those that still hold a vector one of their own. */
  part(): void {
    for (const [vector, holders] of this.#holders) {
      for (const x of [...holders].slice(1)) this.own(x, vector);
    }
  }
}
