/**
 * The module's own part of the memory: src/kernel/memory.ts keeps the lowest 128 MiB free for it, a block of 4 MiB for
 * each of up to 32 threads. Pages that nobody touches take no room.
 *
 * The places below are offsets in a block. The caller's block begins at 0, so in a loop that runs on the caller alone
 * they are addresses; a loop that runs in parts (threads.ts) adds {@link block}. Static data lies below 60 KiB of the
 * caller's block.
 */

/** Bytes of a thread's block; src/kernel/memory.ts and src/kernel/threads know it too. */
const BLOCK: usize = 0x400000;

/** What the threads tell one another (threads.ts); only in the caller's block. */
export const CONTROL: usize = 0xf000;
/** The result of a tile at the right edge, before its valid part is copied: 5 x 8 float32. */
export const TILE: usize = 0x10000;
/** Counts of the order statistic: 4 tables of 2,048 uint32. */
export const HISTOGRAMS: usize = 0x20000;
/** Places of blocks that hold candidates, in the same room: up to 8,192 uint32. */
export const MARKS: usize = HISTOGRAMS;
/** A small sample of the order statistic: up to 2^12 float32. */
export const SAMPLE: usize = 0x28000;
/** Float64 sums of a block of columns. */
export const COLUMN_SUMS: usize = 0x40000;
/** Candidates of the order statistic: up to 2^17 float32, or to the end of the block, over what products pack. */
export const CANDIDATES: usize = 0x80000;
/** A block of A, up to 130 x 512 float32. */
export const PACKED_A: usize = 0x100000;
/** A block of B, up to 512 x 1,024 float32. */
export const PACKED_B: usize = 0x200000;

/** Behind the last place. */
export const BLOCK_END: usize = BLOCK;

/** Where this thread's block begins. A global belongs to the instance, and each thread has an instance of its own. */
export let block: usize = 0;
/** Which thread this is; 0 is the caller. */
export let thread: i32 = 0;

export function takeBlock(number: i32): void {
  thread = number;
  block = <usize>number * BLOCK;
}
