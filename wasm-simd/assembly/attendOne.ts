/**
 * Attention of a single query, as decoding asks for it: keys and values are read once, where they lie. To the bit what
 * attention.ts does with tiles.
 */
import { transposed } from './pack';

/**
 * scores[head, j] = ⟨query, key j⟩ on the head's columns for first ≤ j < last, each sum in the order of the columns: four keys at a
 * time, transposed in registers. Neighbours up to multiples of 4 may be written too.
 *
 * Heads go innermost here and in {@link mixOne}, so that keys and values are read as they lie: the cache of 16 texts is larger
 * than the second cache, and a head's columns alone are too short for the processor to fetch ahead.
 */
export function scoreOne(
  scores: usize, rowScores: usize, query: usize, key: usize, row: usize, heads: i32, headSize: i32, first: i32, last: i32,
): void {
  const whole = <usize>(headSize & ~3) << 2, size = <usize>headSize << 2;
  for (let j = first & ~3; j < last; j += 4) {
    let k0 = key + <usize>j * row;
    let k1 = key + <usize>min(j + 1, last - 1) * row;
    let k2 = key + <usize>min(j + 2, last - 1) * row;
    let k3 = key + <usize>min(j + 3, last - 1) * row;
    let q = query, to = scores + (<usize>j << 2);
    for (let head = 0; head < heads; head++) {
      let sum = f32x4.splat(0);
      let i: usize = 0;
      for (; i < whole; i += 16) {
        const v0 = v128.load(k0 + i), v1 = v128.load(k1 + i), v2 = v128.load(k2 + i), v3 = v128.load(k3 + i);
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q + i), transposed(0, v0, v1, v2, v3)));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q + i, 4), transposed(1, v0, v1, v2, v3)));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q + i, 8), transposed(2, v0, v1, v2, v3)));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q + i, 12), transposed(3, v0, v1, v2, v3)));
      }
      for (; i < size; i += 4) {
        let v = v128.load32_zero(k0 + i);
        v = v128.load32_lane(k1 + i, v, 1);
        v = v128.load32_lane(k2 + i, v, 2);
        v = v128.load32_lane(k3 + i, v, 3);
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q + i), v));
      }
      v128.store(to, sum);
      to += rowScores, q += size, k0 += size, k1 += size, k2 += size, k3 += size;
    }
  }
}

/** Values that are mixed into all heads before the next: what lies between a head's columns is still near. */
const TOGETHER: i32 = 8;

/** out[head] = Σ weights[head, j] · value j over n rows in order, on the head's columns. */
export function mixOne(
  out: usize, weights: usize, rowWeights: usize, value: usize, row: usize, heads: i32, headSize: i32, n: i32,
): void {
  const size = <usize>headSize << 2;
  mixRows(out, weights, rowWeights, value, row, heads, size, min(n, TOGETHER), false);
  for (let j = TOGETHER; j < n; j += TOGETHER) {
    const count = min(n - j, TOGETHER), at = <usize>j << 2;
    mixRows(out, weights + at, rowWeights, value + <usize>j * row, row, heads, size, count, true);
  }
}

function mixRows(
  out: usize, weights: usize, rowWeights: usize, value: usize, row: usize, heads: i32, size: usize, n: i32, accumulate: bool,
): void {
  for (let head = 0; head < heads; head++) {
    mixHead(out, weights, value, row, <i32>(size >> 2), n, accumulate);
    out += size, value += size, weights += rowWeights;
  }
}

/** out (+)= Σ weights[j] · value j over n rows in order: 32 columns in registers, then 4, then 1. */
function mixHead(out: usize, weights: usize, value: usize, row: usize, headSize: i32, n: i32, accumulate: bool): void {
  let columns = headSize;
  for (; columns >= 32; columns -= 32) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    if (accumulate) {
      s0 = v128.load(out), s1 = v128.load(out, 16), s2 = v128.load(out, 32), s3 = v128.load(out, 48);
      s4 = v128.load(out, 64), s5 = v128.load(out, 80), s6 = v128.load(out, 96), s7 = v128.load(out, 112);
    }
    for (let j = 0, v = value; j < n; j++) {
      const w = v128.load32_splat(weights + (<usize>j << 2));
      s0 = f32x4.add(s0, f32x4.mul(w, v128.load(v)));
      s1 = f32x4.add(s1, f32x4.mul(w, v128.load(v, 16)));
      s2 = f32x4.add(s2, f32x4.mul(w, v128.load(v, 32)));
      s3 = f32x4.add(s3, f32x4.mul(w, v128.load(v, 48)));
      s4 = f32x4.add(s4, f32x4.mul(w, v128.load(v, 64)));
      s5 = f32x4.add(s5, f32x4.mul(w, v128.load(v, 80)));
      s6 = f32x4.add(s6, f32x4.mul(w, v128.load(v, 96)));
      s7 = f32x4.add(s7, f32x4.mul(w, v128.load(v, 112)));
      v += row;
    }
    v128.store(out, s0), v128.store(out, s1, 16), v128.store(out, s2, 32), v128.store(out, s3, 48);
    v128.store(out, s4, 64), v128.store(out, s5, 80), v128.store(out, s6, 96), v128.store(out, s7, 112);
    out += 128, value += 128;
  }
  for (; columns >= 4; columns -= 4) {
    let sum = accumulate ? v128.load(out) : f32x4.splat(0);
    for (let j = 0, v = value; j < n; j++) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weights + (<usize>j << 2)), v128.load(v)));
      v += row;
    }
    v128.store(out, sum);
    out += 16, value += 16;
  }
  for (; columns > 0; columns--) {
    let sum = accumulate ? load<f32>(out) : 0;
    for (let j = 0, v = value; j < n; j++) {
      sum += load<f32>(weights + (<usize>j << 2)) * load<f32>(v);
      v += row;
    }
    store<f32>(out, sum);
    out += 4, value += 4;
  }
}
