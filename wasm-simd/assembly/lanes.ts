/** Vectors of four float32: what is left at the end of a loop, and float64 sums. */

/** The first `count` (1 to 3) elements, zeros after them. */
// @ts-ignore: decorator
@inline
export function loadPart(from: usize, count: i32): v128 {
  let v = v128.load32_zero(from);
  if (count > 1) v = v128.load32_lane(from, v, 1, 4);
  if (count > 2) v = v128.load32_lane(from, v, 2, 8);
  return v;
}

/** The first `count` (1 to 4) elements, zeros after them; `count` is a constant 4 or what is left. */
// @ts-ignore: decorator
@inline
export function loadUpTo4(from: usize, count: i32): v128 {
  return count == 4 ? v128.load(from) : loadPart(from, count);
}

/** Writes the first `count` (1 to 3) lanes. */
// @ts-ignore: decorator
@inline
export function storePart(to: usize, v: v128, count: i32): void {
  v128.store32_lane(to, v, 0);
  if (count > 1) v128.store32_lane(to, v, 1, 4);
  if (count > 2) v128.store32_lane(to, v, 2, 8);
}

/** No bits in the lanes that are finite, those of a NaN in the others: x − x, which needs no constant. */
// @ts-ignore: decorator
@inline
export function ifNotFinite(v: v128): v128 {
  return f32x4.sub(v, v);
}

/** Lanes 0 and 1 as float64. */
// @ts-ignore: decorator
@inline
export function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

/** Lanes 2 and 3 as float64. */
// @ts-ignore: decorator
@inline
export function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
}

/**
 * Float32 0 and 1 at an address as float64. V8 makes one instruction of it, where those of a vector take a load and two:
 * with {@link highAt} a sum of squares is 1.3 times as fast (bench/step/step.ts).
 */
// @ts-ignore: decorator
@inline
export function lowAt(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/** Float32 2 and 3 at an address as float64. */
// @ts-ignore: decorator
@inline
export function highAt(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from, 8));
}

/** The sum of four float64 partial sums: (0 + 2) + (1 + 3). */
// @ts-ignore: decorator
@inline
export function total(a: v128, b: v128): f64 {
  const s = f64x2.add(a, b);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** The sum of the first `count` (1 to 3) lanes, in float64. */
// @ts-ignore: decorator
@inline
export function partTotal(v: v128, count: i32): f64 {
  let s = <f64>f32x4.extract_lane(v, 0);
  if (count > 1) s += <f64>f32x4.extract_lane(v, 1);
  if (count > 2) s += <f64>f32x4.extract_lane(v, 2);
  return s;
}
