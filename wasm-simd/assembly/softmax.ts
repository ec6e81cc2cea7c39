/** Softmax over visible keys: src/kernel/scalar/softmax.ts. */
import { high, loadPart, low, partTotal, storePart, total } from './lanes';
import { dot } from './reduce';
import { scale, zero } from './elementwise';
import { highest, isNear, power } from './rows';

export function softmax(
  out: usize, x: usize, from: usize, to: usize, batch: i32, heads: i32, queries: i32, keys: i32,
): void {
  const bytes = <usize>keys << 2;
  for (let b = 0; b < batch; b++) {
    for (let head = 0; head < heads; head++) {
      for (let q = 0; q < queries; q++) {
        const range = <usize>(b * queries + q) << 2;
        const first = load<i32>(from + range);
        const last = load<i32>(to + range);
        softmaxOf(out, x, first, last, keys);
        out += bytes;
        x += bytes;
      }
    }
  }
}

/** One row of which the keys from `first` up to `last` are visible. */
export function softmaxOf(out: usize, x: usize, first: i32, last: i32, keys: i32): void {
  if (first >= last) {
    zero(out, keys);
    return;
  }
  const start = out + (<usize>first << 2);
  const seen = last - first;
  zero(out, first);
  zero(out + (<usize>last << 2), keys - last);
  const sum = exponentials(start, x + (<usize>first << 2), seen);
  scale(start, start, <f32>(1.0 / sum), seen);
}

/** out = e^(x − max x), or half of each; returns their sum, by which they are divided in either case. */
function exponentials(out: usize, x: usize, n: i32): f64 {
  const shift = highest(x, n);
  return isNear(shift) ? powers(out, x, n, shift, true) : powers(out, x, n, shift, false);
}

/** out = power(x − highest); returns the sum. Loops as in rows.ts. */
// @ts-ignore: decorator
@inline
function powers(out: usize, x: usize, n: i32, highest: f32, near: bool): f64 {
  const shift = f32x4.splat(highest);
  let s0 = f64x2.splat(0), s1 = s0;
  for (; near && n >= 16; n -= 16) {
    const e0 = power(f32x4.sub(v128.load(x), shift), near), e1 = power(f32x4.sub(v128.load(x, 16), shift), near);
    const e2 = power(f32x4.sub(v128.load(x, 32), shift), near), e3 = power(f32x4.sub(v128.load(x, 48), shift), near);
    v128.store(out, e0), v128.store(out, e1, 16), v128.store(out, e2, 32), v128.store(out, e3, 48);
    s0 = f64x2.add(f64x2.add(f64x2.add(f64x2.add(s0, low(e0)), low(e1)), low(e2)), low(e3));
    s1 = f64x2.add(f64x2.add(f64x2.add(f64x2.add(s1, high(e0)), high(e1)), high(e2)), high(e3));
    out += 64, x += 64;
  }
  for (; n >= 4; n -= 4) {
    const e = power(f32x4.sub(v128.load(x), shift), near);
    v128.store(out, e);
    s0 = f64x2.add(s0, low(e));
    s1 = f64x2.add(s1, high(e));
    out += 16, x += 16;
  }
  const sum = total(s0, s1);
  if (!n) return sum;
  const e = power(f32x4.sub(loadPart(x, n), shift), near);
  storePart(out, e, n);
  return sum + partTotal(e, n);
}

export function softmaxBackward(dX: usize, dOut: usize, out: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    const mean = f32x4.splat(<f32>dot(dOut, out, columns));
    let n = columns;
    for (; n >= 4; n -= 4) {
      v128.store(dX, f32x4.mul(v128.load(out), f32x4.sub(v128.load(dOut), mean)));
      dX += 16, dOut += 16, out += 16;
    }
    if (n) {
      storePart(dX, f32x4.mul(loadPart(out, n), f32x4.sub(loadPart(dOut, n), mean)), n);
      dX += n << 2, dOut += n << 2, out += n << 2;
    }
  }
}
