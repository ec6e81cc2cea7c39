/** The matrix product in parts: of the batch, or of the rows or columns of the result, never along k. */
import { matmul as multiply, multiplyOne, ROWS } from '../matmul';
import { at, chunksOf, evenChunks, integer, integerAt, isSmall, pointer, real, realAt, run } from '../threads';
import { TILE_COLUMNS, TILE_ROWS } from '../tile';

/** Columns of a part: with a depth of 512 its packed B is 1 MiB, in the second cache. */
const COLUMNS: i32 = 512;

/** As the product of ../matmul, whose law makes each element the same in any part. */
export function matmul(
  out: usize, a: usize, b: usize,
  m: i32, n: i32, k: i32,
  rowOut: usize, rowA: usize, rowB: usize,
  flags: i32, alpha: f32,
  outerCount: i32, outerOut: usize, outerA: usize, outerB: usize,
  innerCount: i32, innerOut: usize, innerA: usize, innerB: usize,
): void {
  const products = outerCount * innerCount;
  if (isSmall(2 * <f64>m * n * k * products)) {
    return multiply(
      out, a, b, m, n, k, rowOut, rowA, rowB, flags, alpha,
      outerCount, outerOut, outerA, outerB, innerCount, innerOut, innerA, innerB,
    );
  }
  integer(3, m), integer(4, n), integer(5, k), integer(9, flags), real(10, alpha);
  pointer(6, rowOut, 0), pointer(7, rowA, 0), pointer(8, rowB, 0);
  if (products > 1) {
    pointer(0, out, outerOut), pointer(1, a, outerA), pointer(2, b, outerB), integer(11, innerCount);
    pointer(12, 0, innerOut), pointer(13, 0, innerA), pointer(14, 0, innerB);
    const chunks = chunksOf(products);
    run(multiplyProducts, products, (products + chunks - 1) / chunks);
  } else if (m >= n) {
    pointer(0, out, rowOut), pointer(1, a, flags & 1 ? 4 : rowA), pointer(2, b, 0);
    const chunks = evenChunks((m + ROWS - 1) / ROWS);
    run(multiplyRows, m, wholeTiles((m + chunks - 1) / chunks, TILE_ROWS));
  } else {
    pointer(0, out, 4), pointer(1, a, 0), pointer(2, b, flags & 2 ? rowB : 4);
    const chunks = evenChunks((n + COLUMNS - 1) / COLUMNS);
    run(multiplyColumns, n, wholeTiles((n + chunks - 1) / chunks, TILE_COLUMNS));
  }
}

function wholeTiles(count: i32, tile: i32): i32 {
  return (count + tile - 1) / tile * tile;
}

function multiplyProducts(first: i32, count: i32): void {
  const inner = integerAt(11);
  for (let product = first; product < first + count; product++) {
    const i = product / inner, j = product % inner;
    multiplySome(at(0, i) + at(12, j), at(1, i) + at(13, j), at(2, i) + at(14, j), integerAt(3), integerAt(4));
  }
}

function multiplyRows(first: i32, count: i32): void {
  multiplySome(at(0, first), at(1, first), at(2, first), count, integerAt(4));
}

function multiplyColumns(first: i32, count: i32): void {
  multiplySome(at(0, first), at(1, first), at(2, first), integerAt(3), count);
}

function multiplySome(out: usize, a: usize, b: usize, m: i32, n: i32): void {
  multiplyOne(out, a, b, m, n, integerAt(5), at(6, 0), at(7, 0), at(8, 0), integerAt(9), <f32>realAt(10));
}
