/**
 * The matrix product in blocks, after BLIS (Van Zee and van de Geijn 2015): blocks of B and A are packed so that the
 * tiles run from the nearest caches.
 *
 * Law: every element is one float32 sum of (alpha · a) · b in the order of k, whatever m, n and the batch are, so a row
 * of the result has the same bits in any batch.
 */
import { block, PACKED_A, PACKED_B, TILE } from './layout';
import { packA, packB, packTransposedA, packTransposedB, scalePackedA } from './pack';
import { TILE_COLUMNS, TILE_ROWS, tile1, tile2, tile3, tile4, tile5 } from './tile';

/** Depth of a block: 8 columns of B, 8 KiB, stay in the first cache. */
const DEPTH: i32 = 256;
/** Rows of a block of A: 130 KiB, in the second cache. */
export const ROWS: i32 = 130;
/** Columns of a block of B where A needs several blocks: 2 MiB. */
const COLUMNS: i32 = 2048;
/** A packed row of B, in bytes. */
const ROW: usize = 4 * TILE_COLUMNS;

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
  // Where A is one block, it is packed once and B panel by panel, into the first cache; where it is one row of tiles,
  // each panel of B is read once, so it is read where it lies.
  const direct = m <= TILE_ROWS && !transposeB;
  const width = m <= ROWS ? TILE_COLUMNS : COLUMNS;
  const packedA = block + PACKED_A, packedB = block + PACKED_B;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    for (let j = 0; j < n; j += width) {
      const columns = min(width, n - j);
      const whole = direct && columns == TILE_COLUMNS;
      const from = transposeB ? b + <usize>j * rowB + (<usize>p << 2) : b + <usize>p * rowB + (<usize>j << 2);
      if (transposeB) packTransposedB(packedB, from, rowB, depth, columns);
      else if (!whole) packB(packedB, from, rowB, depth, columns);
      for (let i = 0; i < m; i += ROWS) {
        const rows = min(ROWS, m - i);
        if (m > ROWS || j == 0) {
          if (transposeA) packTransposedA(packedA, a + <usize>p * rowA + (<usize>i << 2), rowA, rows, depth);
          else packA(packedA, a + <usize>i * rowA + (<usize>p << 2), rowA, rows, depth);
          if (alpha != 1) scalePackedA(packedA, rows, depth, alpha);
        }
        const c = out + <usize>i * rowOut + (<usize>j << 2);
        if (whole) multiplyTile(rows, c, rowOut, packedA, from, depth, rowB, accumulate);
        else multiplyBlock(c, rowOut, rows, columns, depth, accumulate);
      }
    }
    accumulate = true;
  }
}

/** The product of the packed blocks, tile by tile. */
function multiplyBlock(out: usize, rowOut: usize, rows: i32, columns: i32, depth: i32, accumulate: bool): void {
  const packedA = block + PACKED_A, packedB = block + PACKED_B, edge = block + TILE;
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const b = packedB + ((<usize>j * depth) << 2);
    const width = columns - j;
    for (let i = 0; i < rows; i += TILE_ROWS) {
      const a = packedA + ((<usize>i * depth) << 2);
      const c = out + <usize>i * rowOut + (<usize>j << 2);
      const height = min(TILE_ROWS, rows - i);
      if (width >= TILE_COLUMNS) {
        multiplyTile(height, c, rowOut, a, b, depth, ROW, accumulate);
      } else {
        if (accumulate) copyPart(edge, ROW, c, rowOut, height, width);
        multiplyTile(height, edge, ROW, a, b, depth, ROW, accumulate);
        copyPart(c, rowOut, edge, ROW, height, width);
      }
    }
  }
}

function multiplyTile(
  height: i32, c: usize, rowC: usize, a: usize, b: usize, depth: i32, stepB: usize, accumulate: bool,
): void {
  switch (height) {
    case 1: tile1(c, rowC, a, b, depth, stepB, accumulate); break;
    case 2: tile2(c, rowC, a, b, depth, stepB, accumulate); break;
    case 3: tile3(c, rowC, a, b, depth, stepB, accumulate); break;
    case 4: tile4(c, rowC, a, b, depth, stepB, accumulate); break;
    default: tile5(c, rowC, a, b, depth, stepB, accumulate);
  }
}

/** At the right edge the tile is computed in a place of its own and only its valid columns are copied. */
function copyPart(to: usize, rowTo: usize, from: usize, rowFrom: usize, height: i32, width: i32): void {
  for (let i = 0; i < height; i++) {
    for (let at: usize = 0; at < <usize>width << 2; at += 4) store<f32>(to + at, load<f32>(from + at));
    to += rowTo;
    from += rowFrom;
  }
}

function clear(out: usize, rowOut: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) memory.fill(out + <usize>i * rowOut, 0, <usize>n << 2);
}
