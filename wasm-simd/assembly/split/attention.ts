/**
 * Attention in parts of batch elements; how: elements.ts. Each thread packs into a scratch of its own, `scratchBytes`
 * after that of the thread before.
 */
import * as loops from '../attention';
import { thread } from '../layout';
import { at, chunksOf, integer, integerAt, isSmall, pointer, real, realAt, run } from '../threads';

/** Operations of the softmax and its derivative, per score, beside those of the products. */
const SOFTMAX: f64 = 40;

function runElements(part: (first: i32, batch: i32) => void, batch: i32): void {
  const chunks = chunksOf(batch);
  run(part, batch, (batch + chunks - 1) / chunks);
}

export function attention(
  out: usize, weights: usize, query: usize, key: usize, value: usize, bias: usize,
  from: usize, to: usize, scratch: usize, scratchBytes: usize,
  batch: i32, heads: i32, queries: i32, keys: i32, capacity: i32, size: i32, alpha: f32,
): void {
  if (isSmall((4.0 * size + SOFTMAX) * batch * heads * queries * keys)) {
    return loops.attention(
      out, weights, query, key, value, bias, from, to, scratch,
      batch, heads, queries, keys, capacity, size, alpha,
    );
  }
  const bytes = (<usize>size << 2) * heads, q = bytes * queries, k = bytes * capacity, ranges = <usize>queries << 2;
  pointer(0, out, q), pointer(1, weights, (<usize>queries << 2) * keys * heads), pointer(2, query, q);
  pointer(3, key, k), pointer(4, value, k), pointer(5, bias, 0), pointer(6, from, ranges), pointer(7, to, ranges);
  pointer(8, scratch, scratchBytes);
  integer(9, heads), integer(10, queries), integer(11, keys), integer(12, capacity), integer(13, size), real(14, alpha);
  runElements((first, batch) => {
    loops.attention(
      at(0, first), at(1, first), at(2, first), at(3, first), at(4, first), at(5, first), at(6, first), at(7, first),
      at(8, thread),
      batch, integerAt(9), integerAt(10), integerAt(11), integerAt(12), integerAt(13), <f32>realAt(14),
    );
  }, batch);
}

export function attentionBackward(
  dQuery: usize, dKey: usize, dValue: usize, dOut: usize, weights: usize,
  query: usize, key: usize, value: usize, from: usize, to: usize, scratch: usize, scratchBytes: usize,
  batch: i32, heads: i32, queries: i32, keys: i32, capacity: i32, size: i32, alpha: f32, accumulate: bool,
): void {
  if (isSmall((10.0 * size + SOFTMAX) * batch * heads * queries * keys)) {
    return loops.attentionBackward(
      dQuery, dKey, dValue, dOut, weights, query, key, value, from, to, scratch,
      batch, heads, queries, keys, capacity, size, alpha, accumulate,
    );
  }
  const bytes = (<usize>size << 2) * heads, q = bytes * queries, k = bytes * capacity, ranges = <usize>queries << 2;
  pointer(0, dQuery, q), pointer(1, dKey, k), pointer(2, dValue, k), pointer(3, dOut, q);
  pointer(4, weights, (<usize>queries << 2) * keys * heads), pointer(5, query, q), pointer(6, key, k);
  pointer(7, value, k), pointer(8, from, ranges), pointer(9, to, ranges), pointer(10, scratch, scratchBytes);
  integer(11, heads), integer(12, queries), integer(13, keys), integer(14, capacity), integer(15, size);
  real(16, alpha), integer(17, accumulate);
  runElements((first, batch) => {
    loops.attentionBackward(
      at(0, first), at(1, first), at(2, first), at(3, first), at(4, first), at(5, first), at(6, first), at(7, first),
      at(8, first), at(9, first), at(10, thread),
      batch, integerAt(11), integerAt(12), integerAt(13), integerAt(14), integerAt(15), <f32>realAt(16),
      integerAt(17) != 0,
    );
  }, batch);
}
