/**
 * The matrix product in blocks, after BLIS (Van Zee and van de Geijn 2015): blocks of B, and of A where it is stored
 * transposed, are packed so that the tiles run from the nearest caches.
 *
 * Law: every element is one float32 sum of (alpha · a) · b in the order of k, whatever m, n and the batch are, so a row
 * of the result has the same bits in any batch.
 */
import { zero } from './elementwise';
import { isFlat, multiplyFlat } from './flat';
import { block, PACKED_A, PACKED_B, TILE } from './layout';
import { packA, packB, packTransposedA, packTransposedB, scalePackedA } from './pack';
import { multiplyNarrow, multiplyTile, NEAR, ROW, TILE_COLUMNS, TILE_ROWS } from './tile';

/**
 * Depth of a block: 8 columns of B, 16 KiB, stay in the first cache. Products along 344 and 2,000 are 1.02 and 1.04 times as fast
 * as with half of it, which has twice as many tiles; as fast as with twice (bench/matmul/matmul.ts).
 */
const DEPTH: i32 = 512;
/** Rows of a block of A: 260 KiB, in the second cache. */
export const ROWS: i32 = 130;
/** Columns of a block of B where A needs several blocks: 2 MiB. */
const COLUMNS: i32 = 1024;

/** Where a block of A lies: whether row by row, the bytes of a step (as a tile takes it), and from five rows to the next. */
let inRows: bool = false;
let left: usize = 0;
let stepLeft: usize = 0;
let panelLeft: usize = 0;
/** Where a block of B lies: the bytes from row to row, and from eight columns to the next. */
let right: usize = 0;
let stepRight: usize = 0;
let panelRight: usize = 0;

/** Strides in bytes; flags: 1 = A is stored [k, m], 2 = B is stored [n, k], 4 = accumulate. */
export function matmul(
  out: usize, a: usize, b: usize,
  m: i32, n: i32, k: i32,
  rowOut: usize, rowA: usize, rowB: usize,
  flags: i32, alpha: f32,
  outerCount: i32, outerOut: usize, outerA: usize, outerB: usize,
  innerCount: i32, innerOut: usize, innerA: usize, innerB: usize,
): void {
  for (let i = 0; i < outerCount; i++) {
    let o = out, x = a, y = b;
    for (let j = 0; j < innerCount; j++) {
      multiplyOne(o, x, y, m, n, k, rowOut, rowA, rowB, flags, alpha);
      o += innerOut;
      x += innerA;
      y += innerB;
    }
    out += outerOut;
    a += outerA;
    b += outerB;
  }
}

/** One product of the batch, or a part of its rows or columns. */
export function multiplyOne(
  out: usize, a: usize, b: usize,
  m: i32, n: i32, k: i32,
  rowOut: usize, rowA: usize, rowB: usize,
  flags: i32, alpha: f32,
): void {
  const transposeA = (flags & 1) != 0, transposeB = (flags & 2) != 0;
  let accumulate = (flags & 4) != 0;
  if (k == 0 && !accumulate) clear(out, rowOut, m, n);
  if (transposeB && !transposeA && !accumulate && alpha == 1 && k <= DEPTH && isFlat(m)) {
    return multiplyFlat(out, a, b, m, n, k, rowOut, rowA, rowB);
  }
  // What is small, or read only once, is read where it lies: products of attention’s sizes are 1.02 to 1.2 times as fast. So
  // are the rows of any A: 1.01 to 1.02 times (bench/matmul/matmul.ts).
  const keepsA = alpha == 1 && (!transposeA || m * k <= NEAR);
  const keepsB = !transposeB && (m <= TILE_ROWS || k * n <= NEAR);
  // Where A is one block, it is packed once and B panel by panel, into the first cache.
  const width = m <= ROWS ? TILE_COLUMNS : COLUMNS;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    for (let j = 0; j < n; j += width) {
      const columns = min(width, n - j);
      const blockB = transposeB ? b + <usize>j * rowB + (<usize>p << 2) : b + <usize>p * rowB + (<usize>j << 2);
      if (keepsB && columns % TILE_COLUMNS == 0) leaveB(blockB, rowB);
      else placeB(blockB, rowB, depth, columns, transposeB);
      for (let i = 0; i < m; i += ROWS) {
        const rows = min(ROWS, m - i);
        const blockA = transposeA ? a + <usize>p * rowA + (<usize>i << 2) : a + <usize>i * rowA + (<usize>p << 2);
        if (keepsA) leaveA(blockA, rowA, transposeA);
        else if (m > ROWS || j == 0) placeA(blockA, rowA, rows, depth, transposeA, alpha);
        multiplyBlock(out + <usize>i * rowOut + (<usize>j << 2), rowOut, rows, columns, depth, accumulate);
      }
    }
    accumulate = true;
  }
}

function leaveA(a: usize, row: usize, transpose: bool): void {
  inRows = !transpose, left = a, stepLeft = row, panelLeft = transpose ? 4 * TILE_ROWS : <usize>TILE_ROWS * row;
}

/** Packs a block of A, times alpha. */
function placeA(a: usize, row: usize, rows: i32, depth: i32, transpose: bool, alpha: f32): void {
  inRows = false, left = block + PACKED_A, stepLeft = 4 * TILE_ROWS, panelLeft = stepLeft * depth;
  if (transpose) packTransposedA(left, a, row, rows, depth);
  else packA(left, a, row, rows, depth);
  if (alpha != 1) scalePackedA(left, rows, depth, alpha);
}

function leaveB(b: usize, row: usize): void {
  right = b, stepRight = row, panelRight = ROW;
}

/** Packs a block of B. */
function placeB(b: usize, row: usize, depth: i32, columns: i32, transpose: bool): void {
  right = block + PACKED_B, stepRight = ROW, panelRight = ROW * depth;
  if (transpose) packTransposedB(right, b, row, depth, columns);
  else packB(right, b, row, depth, columns);
}

/** The product of the blocks, tile by tile. */
function multiplyBlock(out: usize, rowOut: usize, rows: i32, columns: i32, depth: i32, accumulate: bool): void {
  const edge = block + TILE;
  for (let j = 0, b = right; j < columns; j += TILE_COLUMNS, b += panelRight) {
    const width = columns - j;
    for (let i = 0, a = left; i < rows; i += TILE_ROWS, a += panelLeft) {
      const c = out + <usize>i * rowOut + (<usize>j << 2);
      const height = min(TILE_ROWS, rows - i);
      if (width >= TILE_COLUMNS) {
        multiplyTile(height, inRows, c, rowOut, a, stepLeft, b, stepRight, depth, accumulate);
      } else {
        multiplyNarrow(height, width, edge, inRows, c, rowOut, a, stepLeft, b, stepRight, depth, accumulate);
      }
    }
  }
}

function clear(out: usize, rowOut: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) zero(out + <usize>i * rowOut, n);
}
