/**
 * A Bᵀ of few rows A: computed as (B Aᵀ)ᵀ, whose tiles take five rows of B where they lie and eight of A as their columns. So B, the
 * weights of a layer when texts are decoded together, is not packed, and 8 or 16 rows fill their tiles. A sum has the same bits:
 * a · b is b · a. Of 8 and 16 rows a product takes 0.75 and 0.8 of the time (bench/generation/generation.ts).
 */
import { block, PACKED_B, TILE } from './layout';
import { packTransposedB, turnRows } from './pack';
import { multiplyTile, ROW, TILE_COLUMNS, TILE_ROWS } from './tile';

/** Beyond so many rows the two ways take as long. */
const MOST: i32 = 32;

/** Whether it is the faster way for m rows: a tile of theirs takes 1, one of B 1.6 and a while to be turned, packing B a half. */
export function isFlat(m: i32): bool {
  const low = (m + TILE_ROWS - 1) / TILE_ROWS, wide = (m + TILE_COLUMNS - 1) / TILE_COLUMNS;
  return m <= MOST && 10 * low + 4 > 17 * wide;
}

/** out[m, n] = a[m, k] · b[n, k]ᵀ. */
export function multiplyFlat(
  out: usize, a: usize, b: usize, m: i32, n: i32, k: i32, rowOut: usize, rowA: usize, rowB: usize,
): void {
  const panels = block + PACKED_B, edge = block + TILE;
  packTransposedB(panels, a, rowA, k, m);
  for (let i = 0; i < n; i += TILE_ROWS) {
    const height = min(TILE_ROWS, n - i);
    fetch(b, rowB, height, <usize>k << 2, edge);
    let c = out + (<usize>i << 2);
    for (let j = 0, panel = panels; j < m; j += TILE_COLUMNS, panel += ROW * <usize>k) {
      multiplyTile(height, true, edge, ROW, b, rowB, panel, ROW, k, false);
      turnRows(c, rowOut, edge, ROW, height, min(TILE_COLUMNS, m - j));
      c += <usize>TILE_COLUMNS * rowOut;
    }
    b += <usize>TILE_ROWS * rowB;
  }
}

/**
 * Reads every line of some rows, since WebAssembly has no prefetch, and a tile that waits for each line in turn takes 1.4 times as long
 * where weights and keys together are more than a cache holds, 0.05 more where they are not (bench/generation/generation.ts). What is
 * written to `to` keeps the compiler from leaving the reading out.
 */
function fetch(b: usize, rowB: usize, height: i32, bytes: usize, to: usize): void {
  let any = f32x4.splat(0);
  for (let r = 0; r < height; r++) {
    for (let at: usize = 0; at < bytes; at += 64) any = v128.or(any, v128.load32_zero(b + at));
    b += rowB;
  }
  v128.store(to, any);
}
