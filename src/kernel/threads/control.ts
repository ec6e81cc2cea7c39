/**
 * Where the threads of a memory meet: the words that wasm-simd/assembly/threads.ts shares with this side.
 *
 * @module
 */

/** Threads that a memory has space for, the caller included: each has a block of its own at its low end. */
export const MAXIMUM_THREADS = 32;
/** Bytes of a thread's block (`BLOCK` in wasm-simd/assembly/layout.ts). */
export const BLOCK_BYTES = 4 * 1024 * 1024;

/** The words begin here (`CONTROL` in wasm-simd/assembly/layout.ts), and this many bytes are theirs. */
export const CONTROL = 0xf000;
export const CONTROL_BYTES = 0x1000;

/** Chunks of a job that are not yet done; a caller may be asleep on it. Index in words, as the next. */
export const LEFT = 0x40 / 4;
/** Set when a helper has died: the next job asks why. */
export const BROKEN = 0xc0 / 4;

const LINES = 0x400 / 4;
const WORDS_A_LINE = 16;
/** In the line of a thread: its ticket, ... */
export const TICKET = 0;
/** ... its number among the tasks of the system, 0 before it runs, −1 if the system does not tell, ... */
export const TASK = 2;
/** ... and, if it failed, how many bytes its last words have, at the beginning of its block. */
export const LAST_WORDS = 3;

/** The ticket of a thread that is to end. */
export const CLOSED = -1;

/** The first word of a thread's line. */
export function lineOf(thread: number): number {
  return LINES + thread * WORDS_A_LINE;
}
