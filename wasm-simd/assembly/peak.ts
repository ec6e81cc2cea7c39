/**
 * A loop that lives in registers alone: the yardstick that the matrix product is measured against. As there, half of the
 * operations are products and half are sums, and no product waits for a sum: 6 chains of products and 6 of sums, since
 * a chain of both is as slow as their latencies together. It is a yardstick, not a ceiling: where V8 schedules the
 * product's loop better than this one, the product exceeds it by a few percent (bench/matmul/matmul.ts, "of peak"). 2 rounds ·
 * 12 · 4 operations per iteration.
 *
 * @param factor - 1 or −1: anything else runs into denormals or infinity, which are slow.
 */
export function peak(iterations: i32, factor: f32, term: f32): f32 {
  const x = f32x4.splat(factor), y = f32x4.splat(term);
  let m0 = y, m1 = y, m2 = y, m3 = y, m4 = y, m5 = y;
  let s0 = y, s1 = y, s2 = y, s3 = y, s4 = y, s5 = y;
  for (let i = 0; i < iterations; i++) {
    m0 = f32x4.mul(m0, x), s0 = f32x4.add(s0, y);
    m1 = f32x4.mul(m1, x), s1 = f32x4.add(s1, y);
    m2 = f32x4.mul(m2, x), s2 = f32x4.add(s2, y);
    m3 = f32x4.mul(m3, x), s3 = f32x4.add(s3, y);
    m4 = f32x4.mul(m4, x), s4 = f32x4.add(s4, y);
    m5 = f32x4.mul(m5, x), s5 = f32x4.add(s5, y);
    m0 = f32x4.mul(m0, x), s0 = f32x4.add(s0, y);
    m1 = f32x4.mul(m1, x), s1 = f32x4.add(s1, y);
    m2 = f32x4.mul(m2, x), s2 = f32x4.add(s2, y);
    m3 = f32x4.mul(m3, x), s3 = f32x4.add(s3, y);
    m4 = f32x4.mul(m4, x), s4 = f32x4.add(s4, y);
    m5 = f32x4.mul(m5, x), s5 = f32x4.add(s5, y);
  }
  const m = f32x4.add(f32x4.add(f32x4.add(m0, m1), f32x4.add(m2, m3)), f32x4.add(m4, m5));
  const s = f32x4.add(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(s4, s5));
  const t = f32x4.add(m, s);
  return f32x4.extract_lane(t, 0) + f32x4.extract_lane(t, 3);
}
