/**
 * Attention, forward and backward: src/kernel/scalar/attention.ts. Head by head, and within a head five queries (or
 * keys) at a time, so that scores, softmax and mix of a tile follow each other in the nearest cache, and keys that no
 * query of the tile sees are skipped: 1.5 times as fast as products, softmax and products one after the other at 64
 * causal keys, 1.7 times at 256 (bench/attention/attention.ts).
 *
 * Law: as that of the matrix product. A skipped key has weight 0 and would have added 0 to a sum that began at +0, so
 * skipping it leaves every bit.
 */
import { mixOne, scoreOne } from './attendOne';
import { add, scale } from './elementwise';
import { loadPart, storePart } from './lanes';
import { packA, packB, packTransposedA, packTransposedB, scalePackedA } from './pack';
import { dot } from './reduce';
import { softmaxOf } from './softmax';
import { multiplyNarrow, multiplyTile, NEAR, ROW, TILE_COLUMNS, TILE_ROWS } from './tile';

/** What all of a call's functions share: sizes of one head, bytes between rows, and places in the scratch memory. */
let queries: i32 = 0;
let keys: i32 = 0;
let headSize: i32 = 0;
/** Bytes between two rows of queries, keys, values and their gradients. */
let row: usize = 0;
/** Bytes between two rows of the scores of a tile. */
let rowScores: usize = 0;
/** Room for five rows of the left operand. */
let rowsPacked: usize = 0;
/** Five rows of scores, or of a single query one for each head. */
let scores: usize = 0;
/** A panel that is narrower than a tile. */
let narrow: usize = 0;
/** The left operand of a tile: whether it lies in rows, and the bytes of a step, as the tile takes them. */
let left: usize = 0;
let inRows: bool = false;
let stepLeft: usize = 0;
/** Room for a right operand of a head. */
let packed: usize = 0;
/** The right operand: bytes from row to row, and from eight columns to the next. */
let right: usize = 0;
let stepRight: usize = 0;
let panelRight: usize = 0;
/** The keys, and for keys the queries, that a tile has to do with: from `first`, a multiple of 8, up to `last`. */
let first: i32 = 0;
let last: i32 = 0;

/** Shares out the scratch memory; returns the place for a transposed operand of a head, the last. */
function begin(scratch: usize, queryCount: i32, keyCount: i32, size: i32, rowBytes: usize): usize {
  queries = queryCount, keys = keyCount, headSize = size, row = rowBytes;
  rowScores = <usize>roundUp(keys) << 2;
  narrow = scratch;
  scores = narrow + 4 * TILE_ROWS * TILE_COLUMNS;
  rowsPacked = scores + <usize>TILE_ROWS * rowScores;
  packed = rowsPacked + 4 * TILE_ROWS * <usize>roundUp(max(max(keys, queries), headSize));
  return packed + (<usize>max(keys, queries) * roundUp(headSize) << 2);
}

// @ts-ignore: decorator
@inline
function roundUp(n: i32): i32 {
  return (n + (TILE_COLUMNS - 1)) & ~(TILE_COLUMNS - 1);
}

/** The keys that queries i to i + height see. */
function seenBy(i: i32, height: i32, from: usize, to: usize): void {
  let low = i32.MAX_VALUE, high = 0;
  for (let q = i; q < i + height; q++) {
    const f = load<i32>(from + (<usize>q << 2)), t = load<i32>(to + (<usize>q << 2));
    if (f >= t) continue;
    low = min(low, f);
    high = max(high, t);
  }
  first = high == 0 ? 0 : low & ~(TILE_COLUMNS - 1);
  last = high;
}

/** The queries that see any of keys j to j + height. */
function seeing(j: i32, height: i32, from: usize, to: usize): void {
  first = 0, last = 0;
  for (let q = 0; q < queries; q++) {
    const f = load<i32>(from + (<usize>q << 2)), t = load<i32>(to + (<usize>q << 2));
    if (max(f, j) >= min(t, j + height)) continue;
    if (last == 0) first = q & ~(TILE_COLUMNS - 1);
    last = q + 1;
  }
}

/** scores = left · b, a panel of `headSize` rows for each 8 of the keys that the tile sees. */
function multiplyIntoScores(height: i32, b: usize): void {
  for (let j = first; j < last; j += TILE_COLUMNS) {
    const panel = b + ((<usize>j * headSize) << 2), at = scores + (<usize>j << 2);
    multiplyTile(height, inRows, at, rowScores, left, stepLeft, panel, ROW, headSize, false);
  }
}

/** c[height, headSize] (+)= left · right over the rows `first` to `last` of right. */
function multiplyInto(height: i32, c: usize, accumulate: bool): void {
  const k = last - first;
  let panel = right + <usize>first * stepRight;
  for (let j = 0; j < headSize; j += TILE_COLUMNS) {
    const at = c + (<usize>j << 2);
    const width = headSize - j;
    if (width >= TILE_COLUMNS) {
      multiplyTile(height, inRows, at, row, left, stepLeft, panel, stepRight, k, accumulate);
    } else {
      multiplyNarrow(height, width, narrow, inRows, at, row, left, stepLeft, panel, stepRight, k, accumulate);
    }
    panel += panelRight;
  }
}

// What is small is read where it lies, as in matmul.ts: 1.03 times as fast with 64 causal keys, 1.1 with 32 keys or fewer.

/** Takes a left operand, times alpha: `height` rows of k, or with `transpose` k rows of `height`. */
function takeLeft(from: usize, rowFrom: usize, height: i32, k: i32, alpha: f32, transpose: bool): void {
  if (alpha == 1 && (!transpose || queries * keys <= NEAR)) {
    left = from, inRows = !transpose, stepLeft = rowFrom;
    return;
  }
  left = rowsPacked, inRows = false, stepLeft = 4 * TILE_ROWS;
  if (transpose) packTransposedA(left, from, rowFrom, height, k);
  else packA(left, from, rowFrom, height, k);
  if (alpha != 1) scalePackedA(left, height, k, alpha);
}

/** Takes `rows` rows of a head as right operand. */
function takeRight(from: usize, rows: i32): void {
  if (headSize % TILE_COLUMNS == 0 && rows * headSize <= NEAR) {
    right = from, stepRight = row, panelRight = ROW;
    return;
  }
  right = packed, stepRight = ROW, panelRight = ROW * rows;
  packB(packed, from, row, rows, headSize);
}

/** @param bias - what is added to the scores, [heads, queries, keys]; 0 for nothing. */
export function attention(
  out: usize, weights: usize, query: usize, key: usize, value: usize, bias: usize, from: usize, to: usize, scratch: usize,
  batch: i32, heads: i32, queryCount: i32, keyCount: i32, capacity: i32, size: i32, alpha: f32,
): void {
  const bytes = (<usize>size << 2) * heads;
  const keysPacked = begin(scratch, queryCount, keyCount, size, bytes);
  const rowBatch = <usize>heads * queries * (<usize>keys << 2);
  for (let b = 0; b < batch; b++) {
    if (queries == 1) attendOne(heads, out, weights, query, key, value, bias, load<i32>(from), load<i32>(to), alpha);
    else attendInTiles(heads, out, weights, query, key, value, bias, from, to, keysPacked, alpha);
    weights += rowBatch;
    query += <usize>queries * row, out += <usize>queries * row;
    key += <usize>capacity * row, value += <usize>capacity * row;
    from += <usize>queries << 2, to += <usize>queries << 2;
  }
}

/** All queries of a batch element, head by head. */
function attendInTiles(
  heads: i32, out: usize, weights: usize, query: usize, key: usize, value: usize, bias: usize, from: usize, to: usize,
  keysPacked: usize, alpha: f32,
): void {
  const rowWeights = <usize>keys << 2;
  const rowBias = bias ? rowWeights : 0;
  seenBy(0, queries, from, to);
  const lowest = first, highest = last;
  for (let head = 0; head < heads; head++) {
    const column = (<usize>head * headSize) << 2;
    const k = key + column + <usize>lowest * row;
    packTransposedB(keysPacked + ((<usize>lowest * headSize) << 2), k, row, headSize, highest - lowest);
    takeRight(value + column, highest);
    for (let i = 0; i < queries; i += TILE_ROWS) {
      const height = min(TILE_ROWS, queries - i);
      const at = <usize>i * row + column;
      seenBy(i, height, from, to);
      takeLeft(query + at, row, height, headSize, alpha, false);
      multiplyIntoScores(height, keysPacked);
      for (let r = 0; r < height; r++) {
        const range = <usize>(i + r) << 2;
        weigh(
          weights + <usize>r * rowWeights, scores + <usize>r * rowScores, bias + <usize>r * rowBias,
          load<i32>(from + range), load<i32>(to + range),
        );
      }
      takeLeft(weights + (<usize>first << 2), rowWeights, height, last - first, 1, false);
      multiplyInto(height, out + at, false);
      weights += <usize>height * rowWeights, bias += <usize>height * rowBias;
    }
  }
}

/** The weights of one query, of its scores and what is added to them. */
function weigh(weights: usize, scores: usize, bias: usize, f: i32, t: i32): void {
  const seen = <usize>f << 2;
  if (bias && f < t) add(scores + seen, scores + seen, bias + seen, t - f);
  softmaxOf(weights, scores, f, t, keys);
}

/** One query of each head: nothing is used twice, so nothing is packed. */
function attendOne(
  heads: i32, out: usize, weights: usize, query: usize, key: usize, value: usize, bias: usize, f: i32, t: i32, alpha: f32,
): void {
  const rowWeights = <usize>keys << 2;
  scale(out, query, alpha, heads * headSize); // its place until the mix is written
  scoreOne(scores, rowScores, out, key, row, heads, headSize, f, t);
  for (let head = 0; head < heads; head++) {
    const at = <usize>head * rowWeights;
    weigh(weights + at, scores + <usize>head * rowScores, bias ? bias + at : 0, f, t);
  }
  mixOne(out, weights + (<usize>f << 2), rowWeights, value + <usize>f * row, row, heads, headSize, t - f);
}

export function attentionBackward(
  dQuery: usize, dKey: usize, dValue: usize, dOut: usize, weights: usize,
  query: usize, key: usize, value: usize, from: usize, to: usize, scratch: usize,
  batch: i32, heads: i32, queryCount: i32, keyCount: i32, capacity: i32, size: i32, alpha: f32, accumulate: bool,
): void {
  const bytes = (<usize>size << 2) * heads;
  const valuesPacked = begin(scratch, queryCount, keyCount, size, bytes);
  const rowWeights = <usize>keys << 2;
  for (let b = 0; b < batch; b++) {
    for (let head = 0; head < heads; head++) {
      const column = (<usize>head * headSize) << 2;
      // dV = Pᵀ dO
      takeRight(dOut + column, queries);
      multiplyByKeys(dValue + column, weights, from, to, 1, accumulate);
      // dS = P ⊙ (dP − ⟨dP, P⟩) with dP = dO Vᵀ, in the place of P; dQ = factor · dS K
      packTransposedB(valuesPacked, value + column, row, headSize, keys);
      takeRight(key + column, keys);
      for (let i = 0; i < queries; i += TILE_ROWS) {
        const height = min(TILE_ROWS, queries - i);
        const at = <usize>i * row + column;
        seenBy(i, height, from, to);
        takeLeft(dOut + at, row, height, headSize, 1, false);
        multiplyIntoScores(height, valuesPacked);
        const start = weights + <usize>i * rowWeights + (<usize>first << 2);
        for (let r = 0; r < height; r++)
          differentiateRow(start + <usize>r * rowWeights, scores + <usize>r * rowScores + (<usize>first << 2));
        takeLeft(start, rowWeights, height, last - first, alpha, false);
        multiplyInto(height, dQuery + at, accumulate);
      }
      // dK = factor · dSᵀ Q
      takeRight(query + column, queries);
      multiplyByKeys(dKey + column, weights, from, to, alpha, accumulate);
      weights += <usize>queries * rowWeights;
    }
    query += <usize>queries * row, dQuery += <usize>queries * row, dOut += <usize>queries * row;
    key += <usize>capacity * row, dKey += <usize>capacity * row;
    value += <usize>capacity * row, dValue += <usize>capacity * row;
    from += <usize>queries << 2, to += <usize>queries << 2;
  }
}

/** d (+)= alpha · weightsᵀ right, five keys at a time, over the queries that see any of them. */
function multiplyByKeys(d: usize, weights: usize, from: usize, to: usize, alpha: f32, accumulate: bool): void {
  const rowWeights = <usize>keys << 2;
  for (let j = 0; j < keys; j += TILE_ROWS) {
    const height = min(TILE_ROWS, keys - j);
    seeing(j, height, from, to);
    const start = weights + <usize>first * rowWeights + (<usize>j << 2);
    takeLeft(start, rowWeights, height, last - first, alpha, true);
    multiplyInto(height, d + <usize>j * row, accumulate);
  }
}

/** p ← p ⊙ (dP − ⟨dP, p⟩) over the keys that the tile sees. */
function differentiateRow(p: usize, dP: usize): void {
  // Whole tiles, so that the float64 sum has the order that it has over the whole row: beyond `last` p is 0.
  let n = min(roundUp(last), keys) - first;
  const mean = f32x4.splat(<f32>dot(dP, p, n));
  for (; n >= 4; n -= 4) {
    v128.store(p, f32x4.mul(v128.load(p), f32x4.sub(v128.load(dP), mean)));
    p += 16, dP += 16;
  }
  if (n > 0) storePart(p, f32x4.mul(loadPart(p, n), f32x4.sub(loadPart(dP, n), mean)), n);
}
