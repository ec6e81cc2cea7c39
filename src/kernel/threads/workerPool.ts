/**
 * The helper threads of a memory: started when kernels over it ask for more than one thread, asleep when there is
 * nothing to do, gone with the process.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Unavailable } from '../../errors.ts';
import { instance } from '../../kinds.ts';
import { Memory } from '../memory.ts';
import {
  BLOCK_BYTES,
  BROKEN,
  CLOSED,
  CONTROL,
  CONTROL_BYTES,
  LAST_WORDS,
  LEFT,
  lineOf,
  TASK,
  TICKET,
} from './control.ts';
import { HELPER_SOURCE, type HelperData } from './source.ts';

/** Times 0.1 s that a caller waits for one chunk if the system does not tell whether a thread lives. */
const PATIENCE = 300;

const pools = new WeakMap<Memory, WorkerPool>();
/** A memory that nobody holds any more needs no helpers. */
const forgotten = new FinalizationRegistry<WorkerPool>((pool) => void pool.close());

/**
 * The pool of a memory; it has no helpers at first.
 *
 * @internal
 */
export function workerPoolOf(memory: Memory): WorkerPool {
  const known = pools.get(memory);
  if (known !== undefined) return known;
  const pool = new WorkerPool(memory.wasm);
  pools.set(memory, pool);
  forgotten.register(memory, pool);
  return pool;
}

/**
 * Ends the helper threads of a memory; its kernels continue with the caller alone. Not needed at the end of a process.
 *
 * @example
 * ```ts
 * await closeThreads(kernels.memory);
 * workerPoolOf(kernels.memory).size; // 0
 * ```
 */
export async function closeThreads(memory: Memory): Promise<void> {
  await pools.get(instance(Memory, 'a Memory')(memory, 'closeThreads: memory'))?.close();
  pools.delete(memory);
}

/**
 * Helper threads 1, 2, …; thread 0 is the caller of the kernels.
 *
 * @internal
 */
export class WorkerPool {
  readonly #buffer: ArrayBufferLike;
  readonly #words: Int32Array;
  readonly #helpers: Worker[] = [];
  #closing = false;
  /** What happened to the first helper that died. */
  #fault: string | undefined;
  /** How many chunks were missing when the caller last asked, and how often it asked in vain since that number fell. */
  #left = 0;
  #asked = 0;

  constructor(memory: WebAssembly.Memory) {
    this.#buffer = memory.buffer;
    this.#words = new Int32Array(this.#buffer, CONTROL, CONTROL_BYTES / 4);
  }

  /** Helpers that were started. */
  get size(): number {
    return this.#helpers.length;
  }

  /** Starts helpers until there are `count`. They are not waited for: until they run, the caller works alone. */
  grow(count: number, module: WebAssembly.Module, memory: WebAssembly.Memory, source: string = HELPER_SOURCE): void {
    while (this.#helpers.length < count) this.#start(this.#helpers.length + 1, module, memory, source);
  }

  #start(thread: number, module: WebAssembly.Module, memory: WebAssembly.Memory, source: string): void {
    const line = lineOf(thread);
    this.#words.fill(0, line, line + LAST_WORDS + 1);
    const workerData: HelperData = { module, memory, thread, line };
    // No option of this process is meant for it: a loader or a debugger of the caller would only slow its start.
    const worker = new Worker(source, { eval: true, execArgv: [], workerData });
    const died = (how: string): void => {
      if (this.#closing) return;
      this.#fault ??= describe(thread, how);
      Atomics.store(this.#words, BROKEN, 1);
    };
    worker.on('error', (error) => died(String(error)));
    worker.on('exit', (code) => died(`its end with code ${code}`));
    worker.unref();
    this.#helpers.push(worker);
  }

  /**
   * Called by a kernel that has waited 0.1 s for chunks which helpers have in hand, and by one that finds the pool
   * broken.
   *
   * @throws {@link Unavailable} if a helper has died: its chunk is half done and cannot be repeated.
   */
  readonly check = (): void => {
    for (let thread = 1; thread <= this.#helpers.length; thread++) this.#fault ??= this.#findFault(thread);
    if (this.#fault !== undefined) {
      Atomics.store(this.#words, BROKEN, 1);
      throw new Unavailable(this.#fault);
    }
  };

  #findFault(thread: number): string | undefined {
    const line = lineOf(thread);
    const length = Atomics.load(this.#words, line + LAST_WORDS);
    if (length > 0) {
      const text = Uint8Array.from(new Uint8Array(this.#buffer, thread * BLOCK_BYTES, length));
      return describe(thread, new TextDecoder().decode(text));
    }
    const task = Atomics.load(this.#words, line + TASK);
    if (task > 0 && !existsSync(`/proc/self/task/${task}`)) return describe(thread, 'its end');
    if (task === -1 && this.#isOverdue()) return describe(thread, `no answer for ${PATIENCE / 10} s`);
    return undefined;
  }

  #isOverdue(): boolean {
    const left = Atomics.load(this.#words, LEFT);
    this.#asked = left === this.#left ? this.#asked + 1 : 0;
    this.#left = left;
    return this.#asked > PATIENCE;
  }

  /** Lets the helpers end, and waits until they have. */
  async close(): Promise<void> {
    this.#closing = true;
    for (let thread = 1; thread <= this.#helpers.length; thread++) {
      Atomics.store(this.#words, lineOf(thread) + TICKET, CLOSED);
    }
    await Promise.all(this.#helpers.map((worker) => worker.terminate()));
    this.#helpers.length = 0;
  }
}

function describe(thread: number, got: string): string {
  return `thread ${thread}: expected it to work until the end of the process, got ${got}`;
}
