/**
 * The one memory: parameters, optimizer state and activations are views of it.
 * It is shared and reserved up front, so that growing never detaches a view.
 *
 * @module
 */
import { Internal, Unavailable } from '../errors.ts';
import { BLOCK_BYTES, MAXIMUM_THREADS } from './threads/control.ts';

const PAGE = 65_536;
/** 128 bits: the alignment of a SIMD load. */
const ALIGNMENT = 16;
/**
 * The lowest 128 MiB belong to the wasm module: its static data and, for each thread, the packed blocks of the matrix
 * product. They are address space: a page that nobody has written takes no memory.
 */
export const RESERVED_BYTES = MAXIMUM_THREADS * BLOCK_BYTES;
const MAXIMUM_PAGES = 65_536;
/** How many views are remembered: a steady step of a model of a hundred layers asks for fewer. */
export const REMEMBERED_VIEWS = 16_384;

/**
 * A bump allocator over one WebAssembly memory. Views stay valid permanently; {@link Memory.mark} and
 * {@link Memory.release} make an arena of what lies above a mark.
 */
export class Memory {
  /** @internal */
  readonly wasm: WebAssembly.Memory;
  #top = RESERVED_BYTES;
  #peak = RESERVED_BYTES;
  /** Views by their offset, so that a steady step that asks for the same views again makes no new ones. */
  readonly #floats = new Map<number, Float32Array>();
  readonly #ints = new Map<number, Int32Array>();
  /**
   * The buffer objects that views were made of. Each growth makes a new one over the same bytes, and V8 some time later
   * one more (when it tells its threads of the growth); views of the earlier ones stay valid.
   */
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #newest: ArrayBufferLike;

  constructor() {
    try {
      this.wasm = new WebAssembly.Memory({ initial: RESERVED_BYTES / PAGE, maximum: MAXIMUM_PAGES, shared: true });
      this.#newest = this.wasm.buffer;
    } catch (cause) {
      throw new Unavailable('memory: expected 4 GiB of address space to reserve, got a refusal', { cause });
    }
  }

  /** How many views are remembered now. */
  get remembered(): number {
    return this.#floats.size + this.#ints.size;
  }

  /** Bytes in use now. */
  get bytes(): number {
    return this.#top - RESERVED_BYTES;
  }

  /** The most bytes that were ever in use. */
  get peakBytes(): number {
    return this.#peak - RESERVED_BYTES;
  }

  /**
   * A view of `length` float32 values. The values are whatever was there: zeros in fresh memory, old values after a
   * {@link Memory.release}.
   *
   * @throws {@link Unavailable} if the 4 GiB of a wasm memory are used up.
   */
  floats(length: number): Float32Array {
    const offset = this.#take(length * 4);
    const cached = this.#floats.get(offset);
    if (cached?.length === length) return cached;
    const view = new Float32Array(this.#buffer(), offset, length);
    remember(this.#floats, offset, view);
    return view;
  }

  /** A view of `length` int32 values; otherwise as {@link Memory.floats}. */
  ints(length: number): Int32Array {
    const offset = this.#take(length * 4);
    const cached = this.#ints.get(offset);
    if (cached?.length === length) return cached;
    const view = new Int32Array(this.#buffer(), offset, length);
    remember(this.#ints, offset, view);
    return view;
  }

  /** A copy of `values` in this memory. */
  copyOf(values: ArrayLike<number>): Float32Array {
    const view = this.floats(values.length);
    view.set(values);
    return view;
  }

  /** Whether `view` lies in this memory, and so may be given to the wasm module by its offset. */
  owns(view: ArrayBufferView): boolean {
    const { buffer } = view;
    return buffer === this.#newest || this.#buffers.has(buffer);
  }

  /** The present top, to be given to {@link Memory.release}. */
  mark(): number {
    return this.#top;
  }

  /** Gives back everything that was allocated after `mark`. */
  release(mark: number): void {
    if (mark > this.#top) throw new Internal(`memory.release: expected a mark up to ${this.#top}, got ${mark}`);
    this.#top = mark;
  }

  #buffer(): ArrayBufferLike {
    this.#newest = this.wasm.buffer;
    this.#buffers.add(this.#newest);
    return this.#newest;
  }

  #take(bytes: number): number {
    const offset = this.#top;
    const top = offset + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const missing = top - this.wasm.buffer.byteLength;
    if (missing > 0) this.#grow(missing);
    this.#top = top;
    this.#peak = Math.max(this.#peak, top);
    return offset;
  }

  #grow(bytes: number): void {
    try {
      this.wasm.grow(Math.ceil(bytes / PAGE));
    } catch (cause) {
      const have = this.wasm.buffer.byteLength;
      throw new Unavailable(`memory: expected ${bytes} more bytes beside ${have}, got a refusal`, { cause });
    }
  }
}

/** If there are too many all are forgotten: batches of ever new shapes ask at ever new offsets. */
function remember<View>(views: Map<number, View>, offset: number, view: View): void {
  if (views.size >= REMEMBERED_VIEWS && !views.has(offset)) views.clear();
  views.set(offset, view);
}
