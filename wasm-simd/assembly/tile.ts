/**
 * The innermost loop of the matrix product: a tile of up to 5 x 8 elements, held in 10 of the 16 vector registers.
 *
 * Its shape is chosen by what V8 11 makes of it (bench/matmul/matmul.ts; a variant is twice as slow where a sum in the
 * second rank of the stack frame is carried through memory): a rolled `for`, since V8 hoists all loads of a block to
 * its top and spills where k is unrolled by hand or the loop is a `do … while`; no factor alpha, which is packed into
 * A; the sums start from `c` rather than being added to it; nothing else alive across the loop.
 */

/** Rows and columns of a tile. 5 x 8 is what fits with a mul and an add: 10 sums, 2 of B, 1 of A, 1 product. */
export const TILE_ROWS: i32 = 5;
export const TILE_COLUMNS: i32 = 8;
/** A packed row of B, in bytes. */
export const ROW: usize = 4 * TILE_COLUMNS;
/** Elements of an operand that stays in the first cache as it lies: 16 KiB. */
export const NEAR: i32 = 4096;

/**
 * c[rows, 8] (+)= a[rows, k] · b[k, 8], summed in the order of k.
 *
 * @param rows - 1 to 5, a constant at each call.
 * @param inRows - a constant too: whether A is read row by row, each `stepA` bytes after the one before. Where not, k groups of
 *   5 elements lie `stepA` bytes apart: packed, or of an A that is stored transposed.
 * @param c - the tile's first element; `rowC` bytes to the next row.
 * @param b - k groups of 8 elements, `stepB` bytes apart.
 */
// @ts-ignore: decorator
@inline
function tile(
  rows: i32, inRows: bool, c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  let l0 = f32x4.splat(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0;
  let r0 = l0, r1 = l0, r2 = l0, r3 = l0, r4 = l0;
  if (accumulate) {
    let from = c;
    l0 = v128.load(from), r0 = v128.load(from, 16), from += rowC;
    if (rows > 1) l1 = v128.load(from), r1 = v128.load(from, 16), from += rowC;
    if (rows > 2) l2 = v128.load(from), r2 = v128.load(from, 16), from += rowC;
    if (rows > 3) l3 = v128.load(from), r3 = v128.load(from, 16), from += rowC;
    if (rows > 4) l4 = v128.load(from), r4 = v128.load(from, 16);
  }
  let a1 = a + stepA, a2 = a1 + stepA, a3 = a2 + stepA, a4 = a3 + stepA;
  for (const end = b + <usize>k * stepB; b != end; b += stepB) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    l0 = f32x4.add(l0, f32x4.mul(x0, left));
    r0 = f32x4.add(r0, f32x4.mul(x0, right));
    if (rows > 1) {
      const x1 = inRows ? v128.load32_splat(a1) : v128.load32_splat(a, 4);
      l1 = f32x4.add(l1, f32x4.mul(x1, left));
      r1 = f32x4.add(r1, f32x4.mul(x1, right));
    }
    if (rows > 2) {
      const x2 = inRows ? v128.load32_splat(a2) : v128.load32_splat(a, 8);
      l2 = f32x4.add(l2, f32x4.mul(x2, left));
      r2 = f32x4.add(r2, f32x4.mul(x2, right));
    }
    if (rows > 3) {
      const x3 = inRows ? v128.load32_splat(a3) : v128.load32_splat(a, 12);
      l3 = f32x4.add(l3, f32x4.mul(x3, left));
      r3 = f32x4.add(r3, f32x4.mul(x3, right));
    }
    if (rows > 4) {
      const x4 = inRows ? v128.load32_splat(a4) : v128.load32_splat(a, 16);
      l4 = f32x4.add(l4, f32x4.mul(x4, left));
      r4 = f32x4.add(r4, f32x4.mul(x4, right));
    }
    if (inRows) a += 4, a1 += 4, a2 += 4, a3 += 4, a4 += 4;
    else a += stepA;
  }
  v128.store(c, l0), v128.store(c, r0, 16), c += rowC;
  if (rows > 1) v128.store(c, l1), v128.store(c, r1, 16), c += rowC;
  if (rows > 2) v128.store(c, l2), v128.store(c, r2, 16), c += rowC;
  if (rows > 3) v128.store(c, l3), v128.store(c, r3, 16), c += rowC;
  if (rows > 4) v128.store(c, l4), v128.store(c, r4, 16);
}

/** A tile of `height` rows. A whole one is a call and no more: each call on the way takes 0.5 % of a product along 128. */
// @ts-ignore: decorator
@inline
export function multiplyTile(
  height: i32, inRows: bool, c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  if (height < TILE_ROWS) multiplyLow(height, inRows, c, rowC, a, stepA, b, stepB, k, accumulate);
  else if (inRows) rows5(c, rowC, a, stepA, b, stepB, k, accumulate);
  else tile5(c, rowC, a, stepA, b, stepB, k, accumulate);
}

/** A tile of `width` columns, fewer than 8: it is computed at `edge`, a place of its own, and its valid columns are copied. */
export function multiplyNarrow(
  height: i32, width: i32, edge: usize,
  inRows: bool, c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  if (accumulate) copyPart(edge, ROW, c, rowC, height, width);
  multiplyTile(height, inRows, edge, ROW, a, stepA, b, stepB, k, accumulate);
  copyPart(c, rowC, edge, ROW, height, width);
}

function copyPart(to: usize, rowTo: usize, from: usize, rowFrom: usize, height: i32, width: i32): void {
  for (let i = 0; i < height; i++) {
    for (let at: usize = 0; at < <usize>width << 2; at += 4) store<f32>(to + at, load<f32>(from + at));
    to += rowTo;
    from += rowFrom;
  }
}

/** A tile of fewer than five rows. */
function multiplyLow(
  height: i32, inRows: bool, c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  switch (inRows ? height + TILE_ROWS : height) {
    case 1: tile1(c, rowC, a, stepA, b, stepB, k, accumulate); break;
    case 2: tile2(c, rowC, a, stepA, b, stepB, k, accumulate); break;
    case 3: tile3(c, rowC, a, stepA, b, stepB, k, accumulate); break;
    case 4: tile4(c, rowC, a, stepA, b, stepB, k, accumulate); break;
    case TILE_ROWS + 1: rows1(c, rowC, a, stepA, b, stepB, k, accumulate); break;
    case TILE_ROWS + 2: rows2(c, rowC, a, stepA, b, stepB, k, accumulate); break;
    case TILE_ROWS + 3: rows3(c, rowC, a, stepA, b, stepB, k, accumulate); break;
    default: rows4(c, rowC, a, stepA, b, stepB, k, accumulate);
  }
}

// One function per height, exported from the module so that the optimizer does not merge them into their caller, whose
// other values would crowd the sums out of the registers.

export function tile1(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(1, false, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function tile2(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(2, false, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function tile3(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(3, false, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function tile4(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(4, false, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function tile5(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(5, false, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function rows1(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(1, true, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function rows2(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(2, true, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function rows3(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(3, true, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function rows4(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(4, true, c, rowC, a, stepA, b, stepB, k, accumulate);
}

export function rows5(
  c: usize, rowC: usize, a: usize, stepA: usize, b: usize, stepB: usize, k: i32, accumulate: bool,
): void {
  tile(5, true, c, rowC, a, stepA, b, stepB, k, accumulate);
}
