/**
 * The key-value cache of incremental decoding: what attention computed for the tokens before, so that a new token
 * costs one row and not a whole sequence.
 *
 * @module
 */
import type { Variable } from '../autograd/variable.ts';
import { wrong } from '../errors.ts';
import type { Memory } from '../kernel/memory.ts';
import { ASIDE, movesOf, type Move } from './moves.ts';

/** Keys are used in multiples of this many, so that few different shapes occur; those beyond a row's own are masked. */
const KEY_MULTIPLE = 32;

/** Where the rows of a step go, for all layers alike. */
interface Slots {
  /** The slot of each row of the step: its position in its sequence. */
  positions: Int32Array;
  /** How many slots attention looks at. */
  keys: number;
}

/** Keys and values of one layer, [rows, capacity, width] each. */
export class LayerCache {
  readonly #key: Variable;
  readonly #value: Variable;
  readonly #slots: Slots;
  /** Space for a row that is set aside, made at the first reordering. */
  #aside: Float32Array | undefined;

  constructor(memory: Memory, rows: number, capacity: number, width: number, slots: Slots) {
    const shape = [rows, capacity, width];
    // Zeros, since what a mask hides is still multiplied by 0, and 0 times old memory may be NaN.
    const zeros = (): Float32Array => memory.floats(rows * capacity * width).fill(0);
    this.#key = { shape, data: zeros(), gradient: undefined };
    this.#value = { shape, data: zeros(), gradient: undefined };
    this.#slots = slots;
  }

  /** Puts the step's keys and values, [rows, length, width], into their slots; returns all, of which `keys` count. */
  append(key: Variable, value: Variable): { key: Variable; value: Variable; keys: number } {
    const [rows, capacity, width] = this.#key.shape;
    const length = key.shape[1];
    for (let row = 0; row < rows; row++)
      for (let i = row * length; i < (row + 1) * length; i++) {
        const to = (row * capacity + this.#slots.positions[i]) * width;
        copyRow(this.#key.data, to, key.data, i * width, width);
        copyRow(this.#value.data, to, value.data, i * width, width);
      }
    return { key: this.#key, value: this.#value, keys: this.#slots.keys };
  }

  /** Copies rows, one after the other, as far as their slots are in use. */
  move(moves: readonly Move[]): void {
    const [, capacity, width] = this.#key.shape;
    const used = this.#slots.keys * width;
    const aside = (this.#aside ??= new Float32Array(capacity * width)).subarray(0, used);
    for (const { data } of [this.#key, this.#value]) {
      const rowAt = (row: number): Float32Array =>
        row === ASIDE ? aside : data.subarray(row * capacity * width, row * capacity * width + used);
      for (const { from, to } of moves) rowAt(to).set(rowAt(from));
    }
  }
}

/** The caches of all layers of a decoder, for `rows` sequences of up to `capacity` tokens each. */
export class DecoderCache {
  readonly layers: readonly LayerCache[];
  readonly capacity: number;
  readonly #slots: Slots = { positions: new Int32Array(0), keys: 0 };

  /** Takes its space from `memory`; a caller's tape step gives it back. */
  constructor(memory: Memory, layers: number, rows: number, capacity: number, width: number) {
    this.capacity = Math.ceil(capacity / KEY_MULTIPLE) * KEY_MULTIPLE;
    this.layers = Array.from({ length: layers }, () => new LayerCache(memory, rows, this.capacity, width, this.#slots));
  }

  /** How many slots attention looks at; those beyond a row's own are masked. */
  get keys(): number {
    return this.#slots.keys;
  }

  /** Makes row r what row `parents[r]` was, in all layers: the beams that a search continues. */
  reorder(parents: Int32Array): void {
    const moves = movesOf(parents);
    if (moves.length === 0) return;
    for (const layer of this.layers) layer.move(moves);
  }

  /**
   * Tells where the rows of the next step go.
   *
   * @throws InvalidInput if a position lies beyond the capacity.
   */
  begin(positions: Int32Array): void {
    const last = positions.reduce((most, position) => Math.max(most, position), 0);
    if (last >= this.capacity) throw wrong('cache: positions', `at most ${this.capacity - 1}`, last);
    this.#slots.positions = positions;
    this.#slots.keys = Math.max(this.#slots.keys, Math.ceil((last + 1) / KEY_MULTIPLE) * KEY_MULTIPLE);
  }
}

function copyRow(out: Float32Array, to: number, x: Float32Array, from: number, width: number): void {
  for (let i = 0; i < width; i++) out[to + i] = x[from + i];
}
