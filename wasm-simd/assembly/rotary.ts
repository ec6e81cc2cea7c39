/** Rotary positions: src/kernel/scalar/rotary.ts. */
import { loadPart, storePart } from './lanes';

export function rotate(
  out: usize, x: usize, cosine: usize, sine: usize, positions: usize,
  rows: i32, heads: i32, headSize: i32, direction: f32, accumulate: bool,
): void {
  const half = headSize >> 1;
  const bytes = <usize>half << 2;
  for (let row = 0; row < rows; row++) {
    const angle = <usize>load<i32>(positions + (<usize>row << 2)) * bytes;
    for (let head = 0; head < heads; head++) {
      rotateHead(out, x, cosine + angle, sine + angle, half, direction, accumulate);
      out += bytes << 1;
      x += bytes << 1;
    }
  }
}

// @ts-ignore: decorator
@inline
function rotateHead(
  out: usize, x: usize, cosine: usize, sine: usize, half: i32, direction: f32, accumulate: bool,
): void {
  const bytes = <usize>half << 2;
  const sign = f32x4.splat(direction);
  let n = half;
  for (; n >= 4; n -= 4) {
    const c = v128.load(cosine), s = f32x4.mul(sign, v128.load(sine));
    const first = v128.load(x), second = v128.load(x + bytes);
    let newFirst = f32x4.sub(f32x4.mul(first, c), f32x4.mul(second, s));
    let newSecond = f32x4.add(f32x4.mul(second, c), f32x4.mul(first, s));
    if (accumulate) {
      newFirst = f32x4.add(v128.load(out), newFirst);
      newSecond = f32x4.add(v128.load(out + bytes), newSecond);
    }
    v128.store(out, newFirst);
    v128.store(out + bytes, newSecond);
    out += 16, x += 16, cosine += 16, sine += 16;
  }
  if (n) {
    const c = loadPart(cosine, n), s = f32x4.mul(sign, loadPart(sine, n));
    const first = loadPart(x, n), second = loadPart(x + bytes, n);
    let newFirst = f32x4.sub(f32x4.mul(first, c), f32x4.mul(second, s));
    let newSecond = f32x4.add(f32x4.mul(second, c), f32x4.mul(first, s));
    if (accumulate) {
      newFirst = f32x4.add(loadPart(out, n), newFirst);
      newSecond = f32x4.add(loadPart(out + bytes, n), newSecond);
    }
    storePart(out, newFirst, n);
    storePart(out + bytes, newSecond, n);
  }
}
