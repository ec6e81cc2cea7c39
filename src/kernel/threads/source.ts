/**
 * What a helper thread runs, as the text of a CommonJS script: so it starts in the same way from dist/, from a test
 * runner that compiles as it loads, and from a bundle.
 *
 * It makes an instance of the module over the shared memory and stays in its loop (`serve` in
 * wasm-simd/assembly/threads.ts) until the pool is closed. Before that it notes its number among the system's tasks,
 * so that a caller whose event loop stands still can see whether it lives; if it fails, its last words.
 *
 * @module
 */
import { BLOCK_BYTES, CONTROL, LAST_WORDS, LEFT, TASK } from './control.ts';

/** What a helper is given. */
export interface HelperData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  /** Index of its line, in words from the beginning of the control block. */
  readonly line: number;
}

export const HELPER_SOURCE = `'use strict';
const { workerData } = require('node:worker_threads');
const { existsSync, readlinkSync } = require('node:fs');
const { module: compiled, memory, thread, line } = workerData;
const words = new Int32Array(memory.buffer, ${CONTROL});
const self = '/proc/thread-self';
Atomics.store(words, line + ${TASK}, existsSync(self) ? Number(readlinkSync(self).split('/').at(-1)) : -1);
const stop = () => { throw new Error('expected to run to the end, got an abort'); };
try {
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, abort: stop, stalled: stop, now: stop } });
  exports.enter(thread, 1, 0);
  exports.serve(thread);
} catch (error) {
  const text = new TextEncoder().encode(String(error)).subarray(0, 1000);
  new Uint8Array(memory.buffer, thread * ${BLOCK_BYTES}).set(text);
  Atomics.store(words, line + ${LAST_WORDS}, text.length);
  Atomics.notify(words, ${LEFT});
  throw error;
}
`;
