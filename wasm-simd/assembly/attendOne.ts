/**
 * Attention of a single query, as decoding asks for it: keys and values are read once, where they lie. To the bit what
 * attention.ts does with tiles.
 */
import { transposed } from './pack';

/** to = alpha · query */
export function scaleQuery(to: usize, query: usize, headSize: i32, alpha: f32): void {
  for (let i = 0; i < headSize; i++) store<f32>(to + (<usize>i << 2), alpha * load<f32>(query + (<usize>i << 2)));
}

/**
 * scores[j] = ⟨query, key j⟩ for first ≤ j < last, each sum in the order of the columns: four keys at a time, transposed in
 * registers. Neighbours up to multiples of 4 may be written too.
 */
export function scoreOne(scores: usize, query: usize, key: usize, row: usize, headSize: i32, first: i32, last: i32): void {
  for (let j = first & ~3; j < last; j += 4) {
    const k0 = key + <usize>j * row;
    const k1 = key + <usize>min(j + 1, last - 1) * row;
    const k2 = key + <usize>min(j + 2, last - 1) * row;
    const k3 = key + <usize>min(j + 3, last - 1) * row;
    let sum = f32x4.splat(0);
    let i: usize = 0;
    const whole = <usize>(headSize & ~3) << 2, end = <usize>headSize << 2;
    for (; i < whole; i += 16) {
      const v0 = v128.load(k0 + i), v1 = v128.load(k1 + i), v2 = v128.load(k2 + i), v3 = v128.load(k3 + i);
      const q = query + i;
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q), transposed(0, v0, v1, v2, v3)));
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q, 4), transposed(1, v0, v1, v2, v3)));
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q, 8), transposed(2, v0, v1, v2, v3)));
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q, 12), transposed(3, v0, v1, v2, v3)));
    }
    for (; i < end; i += 4) {
      let v = v128.load32_zero(k0 + i);
      v = v128.load32_lane(k1 + i, v, 1);
      v = v128.load32_lane(k2 + i, v, 2);
      v = v128.load32_lane(k3 + i, v, 3);
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(query + i), v));
    }
    v128.store(scores + (<usize>j << 2), sum);
  }
}

/** out = Σ weights[j] · value j over n rows in order: 32 columns in registers, then 4, then 1. */
export function mixOne(out: usize, weights: usize, value: usize, row: usize, headSize: i32, n: i32): void {
  let columns = headSize;
  for (; columns >= 32; columns -= 32) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
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
    let sum = f32x4.splat(0);
    for (let j = 0, v = value; j < n; j++) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weights + (<usize>j << 2)), v128.load(v)));
      v += row;
    }
    v128.store(out, sum);
    out += 16, value += 16;
  }
  for (; columns > 0; columns--) {
    let sum: f32 = 0;
    for (let j = 0, v = value; j < n; j++) {
      sum += load<f32>(weights + (<usize>j << 2)) * load<f32>(v);
      v += row;
    }
    store<f32>(out, sum);
    out += 4, value += 4;
  }
}
