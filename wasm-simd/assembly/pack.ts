/**
 * Copies of blocks of A and B in the order in which the tiles read them: panels of 5 rows of A and 8 columns of B,
 * k-major. All four transpositions differ in nothing but this.
 */
import { TILE_COLUMNS, TILE_ROWS } from './tile';

/** The transpose of the 4 x 4 block with rows at a, b, c, d, one row of it. */
// @ts-ignore: decorator
@inline
export function transposed(row: i32, a: v128, b: v128, c: v128, d: v128): v128 {
  if (row < 2) {
    const low0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const low1 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    return row == 0 ? v128.shuffle<f32>(low0, low1, 0, 1, 4, 5) : v128.shuffle<f32>(low0, low1, 2, 3, 6, 7);
  }
  const high0 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const high1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  return row == 2 ? v128.shuffle<f32>(high0, high1, 0, 1, 4, 5) : v128.shuffle<f32>(high0, high1, 2, 3, 6, 7);
}

/** Packs rows x k of A, stored [m, k] with `row` bytes between rows. The last panel's missing rows stay as they are. */
export function packA(to: usize, a: usize, row: usize, rows: i32, k: i32): void {
  for (let i = 0; i < rows; i += TILE_ROWS) {
    turnRows(to + ((<usize>i * k) << 2), 4 * TILE_ROWS, a + <usize>i * row, row, min(TILE_ROWS, rows - i), k);
  }
}

/** Up to five rows of k, `row` bytes apart, as k rows of as many, `rowTo` bytes apart. */
// @ts-ignore: decorator
@inline
export function turnRows(to: usize, rowTo: usize, a: usize, row: usize, rows: i32, k: i32): void {
  if (rows == TILE_ROWS) turnFiveRows(to, rowTo, a, row, k);
  else for (let r = 0; r < rows; r++) turnOneRow(to + (<usize>r << 2), rowTo, a + <usize>r * row, k);
}

// @ts-ignore: decorator
@inline
function turnFiveRows(to: usize, rowTo: usize, a: usize, row: usize, k: i32): void {
  let p = 0;
  const a1 = a + row, a2 = a1 + row, a3 = a2 + row, a4 = a3 + row;
  // The fifth row goes number by number: to store a lane takes the shuffles' port. A product of 1024 x 128 by 128 x 8, much
  // of which is packing, is 1.2 times as fast on Node 20 and as fast on Node 24 (bench/matmul/matmul.ts).
  for (; p + 4 <= k; p += 4) {
    const at = <usize>p << 2;
    const v0 = v128.load(a + at), v1 = v128.load(a1 + at), v2 = v128.load(a2 + at), v3 = v128.load(a3 + at);
    const fifth = a4 + at;
    v128.store(to, transposed(0, v0, v1, v2, v3));
    store<f32>(to, load<f32>(fifth), 16);
    v128.store(to + rowTo, transposed(1, v0, v1, v2, v3));
    store<f32>(to + rowTo, load<f32>(fifth, 4), 16);
    v128.store(to + 2 * rowTo, transposed(2, v0, v1, v2, v3));
    store<f32>(to + 2 * rowTo, load<f32>(fifth, 8), 16);
    v128.store(to + 3 * rowTo, transposed(3, v0, v1, v2, v3));
    store<f32>(to + 3 * rowTo, load<f32>(fifth, 12), 16);
    to += 4 * rowTo;
  }
  for (; p < k; p++) {
    const at = <usize>p << 2;
    store<f32>(to, load<f32>(a + at));
    store<f32>(to, load<f32>(a1 + at), 4);
    store<f32>(to, load<f32>(a2 + at), 8);
    store<f32>(to, load<f32>(a3 + at), 12);
    store<f32>(to, load<f32>(a4 + at), 16);
    to += rowTo;
  }
}

// @ts-ignore: decorator
@inline
function turnOneRow(to: usize, rowTo: usize, a: usize, k: i32): void {
  for (let p = 0; p < k; p++) {
    store<f32>(to, load<f32>(a));
    a += 4;
    to += rowTo;
  }
}

/** As packA, of A stored [k, m] with `row` bytes between its rows along k. */
export function packTransposedA(to: usize, a: usize, row: usize, rows: i32, k: i32): void {
  for (let i = 0; i < rows; i += TILE_ROWS) {
    let target = to + ((<usize>i * k) << 2);
    let source = a + (<usize>i << 2);
    const left = rows - i;
    if (left >= TILE_ROWS) {
      for (let p = 0; p < k; p++) {
        v128.store(target, v128.load(source));
        store<f32>(target, load<f32>(source, 16), 16);
        source += row;
        target += 4 * TILE_ROWS;
      }
    } else {
      for (let p = 0; p < k; p++) {
        for (let at: usize = 0; at < <usize>left << 2; at += 4) store<f32>(target + at, load<f32>(source + at));
        source += row;
        target += 4 * TILE_ROWS;
      }
    }
  }
}

/** Packs k x columns of B, stored [k, n] with `row` bytes between rows. A last, narrower panel is filled with zeros. */
export function packB(to: usize, b: usize, row: usize, k: i32, columns: i32): void {
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    let source = b + (<usize>j << 2);
    const left = columns - j;
    if (left >= TILE_COLUMNS) {
      for (let p = 0; p < k; p++) {
        v128.store(to, v128.load(source));
        v128.store(to, v128.load(source, 16), 16);
        source += row;
        to += 4 * TILE_COLUMNS;
      }
    } else {
      for (let p = 0; p < k; p++) {
        for (let c = 0; c < TILE_COLUMNS; c++) {
          store<f32>(to + (c << 2), c < left ? load<f32>(source + (c << 2)) : 0);
        }
        source += row;
        to += 4 * TILE_COLUMNS;
      }
    }
  }
}

/** As packB, of B stored [n, k] with `row` bytes between its rows along n. */
export function packTransposedB(to: usize, b: usize, row: usize, k: i32, columns: i32): void {
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const source = b + <usize>j * row;
    const left = columns - j;
    if (left >= TILE_COLUMNS) {
      packFourColumns(to, source, row, k);
      packFourColumns(to + 16, source + (row << 2), row, k);
    } else {
      for (let c = 0; c < TILE_COLUMNS; c++) packOneColumn(to + (c << 2), source + <usize>c * row, k, c < left);
    }
    to += <usize>k * (4 * TILE_COLUMNS);
  }
}

function packFourColumns(to: usize, b: usize, row: usize, k: i32): void {
  let p = 0;
  const b1 = b + row, b2 = b1 + row, b3 = b2 + row;
  for (; p + 4 <= k; p += 4) {
    const at = <usize>p << 2;
    const v0 = v128.load(b + at), v1 = v128.load(b1 + at), v2 = v128.load(b2 + at), v3 = v128.load(b3 + at);
    v128.store(to, transposed(0, v0, v1, v2, v3));
    v128.store(to, transposed(1, v0, v1, v2, v3), 32);
    v128.store(to, transposed(2, v0, v1, v2, v3), 64);
    v128.store(to, transposed(3, v0, v1, v2, v3), 96);
    to += 128;
  }
  for (; p < k; p++) {
    const at = <usize>p << 2;
    store<f32>(to, load<f32>(b + at));
    store<f32>(to, load<f32>(b1 + at), 4);
    store<f32>(to, load<f32>(b2 + at), 8);
    store<f32>(to, load<f32>(b3 + at), 12);
    to += 32;
  }
}

function packOneColumn(to: usize, b: usize, k: i32, present: bool): void {
  for (let p = 0; p < k; p++) {
    store<f32>(to, present ? load<f32>(b) : 0);
    b += 4;
    to += 4 * TILE_COLUMNS;
  }
}

/** Multiplies a packed block of A by alpha, which so needs no place in the innermost loop. */
export function scalePackedA(at: usize, rows: i32, k: i32, alpha: f32): void {
  const panels = (rows + TILE_ROWS - 1) / TILE_ROWS;
  const end = at + ((<usize>(panels * TILE_ROWS) * k) << 2);
  const factor = f32x4.splat(alpha);
  for (; at + 16 <= end; at += 16) v128.store(at, f32x4.mul(factor, v128.load(at)));
  for (; at < end; at += 4) store<f32>(at, alpha * load<f32>(at));
}
