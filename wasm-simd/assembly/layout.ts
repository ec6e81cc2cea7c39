/**
 * The module's own part of the memory: src/kernel/memory.ts keeps the lowest 16 MiB free for it. Static data lies
 * below 64 KiB; the rest is laid out here, in bytes.
 */

/** The result of a tile at the right edge, before its valid part is copied: 5 x 8 float32. */
export const TILE: usize = 0x10000;
/** Counts of the order statistic: 4 tables of 2,048 uint32. */
export const HISTOGRAMS: usize = 0x20000;
/** A small sample of the order statistic: up to 2^12 float32. */
export const SAMPLE: usize = 0x28000;
/** Float64 sums of a block of columns. */
export const COLUMN_SUMS: usize = 0x40000;
/** Candidates of the order statistic: up to 2^17 float32. */
export const CANDIDATES: usize = 0x80000;
/** A block of A, up to 130 x 256 float32. */
export const PACKED_A: usize = 0x100000;
/** A block of B, up to 256 x 4,096 float32. */
export const PACKED_B: usize = 0x200000;
