/** Gated activations, x · logistic(z): src/kernel/scalar/gated.ts. */
import { logisticOfNegative } from './exponential';
import { loadPart, storePart } from './lanes';

/** 2 √(2/π), and 0.044715 times that. */
const GELU_LINEAR: f32 = <f32>(2.0 * 0.7978845608028654);
const GELU_CUBIC: f64 = 2.0 * 0.7978845608028654 * 0.044715;

/** a + c · x² */
// @ts-ignore: decorator
@inline
function quadratic(x: v128, a: f32, c: f32): v128 {
  return f32x4.add(f32x4.splat(a), f32x4.mul(f32x4.splat(c), f32x4.mul(x, x)));
}

/** logistic(z); GELU's −z comes of negative coefficients. */
// @ts-ignore: decorator
@inline
function logisticOf(x: v128, gelu: bool): v128 {
  return logisticOfNegative(gelu ? f32x4.mul(x, quadratic(x, -GELU_LINEAR, -<f32>GELU_CUBIC)) : f32x4.neg(x));
}

/** activation(x) · up */
// @ts-ignore: decorator
@inline
function activate(x: v128, up: v128, gelu: bool): v128 {
  return f32x4.mul(f32x4.mul(x, logisticOf(x, gelu)), up);
}

// @ts-ignore: decorator
@inline
function loop(out: usize, gate: usize, up: usize, n: i32, gelu: bool): void {
  // Each operation of an exponential waits for the one before. Four vectors at a time fill the gaps: 1.25 times as fast.
  for (; n >= 16; n -= 16) {
    const v0 = activate(v128.load(gate), v128.load(up), gelu);
    const v1 = activate(v128.load(gate, 16), v128.load(up, 16), gelu);
    const v2 = activate(v128.load(gate, 32), v128.load(up, 32), gelu);
    const v3 = activate(v128.load(gate, 48), v128.load(up, 48), gelu);
    v128.store(out, v0), v128.store(out, v1, 16), v128.store(out, v2, 32), v128.store(out, v3, 48);
    out += 64, gate += 64, up += 64;
  }
  for (; n >= 4; n -= 4) {
    v128.store(out, activate(v128.load(gate), v128.load(up), gelu));
    out += 16, gate += 16, up += 16;
  }
  if (n) storePart(out, activate(loadPart(gate, n), loadPart(up, n), gelu), n);
}

export function gatedGelu(out: usize, gate: usize, up: usize, n: i32): void {
  loop(out, gate, up, n, true);
}

export function gatedSilu(out: usize, gate: usize, up: usize, n: i32): void {
  loop(out, gate, up, n, false);
}

/** activation′(x), where s is the logistic: s + x · z′ · s · (1 − s). */
// @ts-ignore: decorator
@inline
function derivative(x: v128, s: v128, gelu: bool): v128 {
  const active = f32x4.mul(x, s);
  const sloped = gelu ? f32x4.mul(active, quadratic(x, GELU_LINEAR, <f32>(3.0 * <f64><f32>GELU_CUBIC))) : active;
  return f32x4.add(s, f32x4.mul(sloped, f32x4.sub(f32x4.splat(1), s)));
}

/** Writes or adds a full vector (n = 4) or what is left. */
// @ts-ignore: decorator
@inline
function put(to: usize, v: v128, accumulate: bool, n: i32): void {
  if (n >= 4) v128.store(to, accumulate ? f32x4.add(v128.load(to), v) : v);
  else storePart(to, accumulate ? f32x4.add(loadPart(to, n), v) : v, n);
}

/** Where the gradient of n elements goes, given the logistic s. */
// @ts-ignore: decorator
@inline
function differentiate(
  dGate: usize, dUp: usize, g: v128, x: v128, up: v128, s: v128, gelu: bool, accumulate: bool, n: i32,
): void {
  put(dGate, f32x4.mul(f32x4.mul(g, up), derivative(x, s, gelu)), accumulate, n);
  put(dUp, f32x4.mul(g, f32x4.mul(x, s)), accumulate, n);
}

// @ts-ignore: decorator
@inline
function backward(
  dGate: usize, dUp: usize, dOut: usize, gate: usize, up: usize, n: i32, gelu: bool, accumulate: bool,
): void {
  // Four at a time as above, all loads before the first store, which no load is moved across: 1.35 times as fast.
  for (; n >= 16; n -= 16) {
    const x0 = v128.load(gate), x1 = v128.load(gate, 16), x2 = v128.load(gate, 32), x3 = v128.load(gate, 48);
    const s0 = logisticOf(x0, gelu), s1 = logisticOf(x1, gelu), s2 = logisticOf(x2, gelu), s3 = logisticOf(x3, gelu);
    const g0 = v128.load(dOut), g1 = v128.load(dOut, 16), g2 = v128.load(dOut, 32), g3 = v128.load(dOut, 48);
    const u0 = v128.load(up), u1 = v128.load(up, 16), u2 = v128.load(up, 32), u3 = v128.load(up, 48);
    differentiate(dGate, dUp, g0, x0, u0, s0, gelu, accumulate, 4);
    differentiate(dGate + 16, dUp + 16, g1, x1, u1, s1, gelu, accumulate, 4);
    differentiate(dGate + 32, dUp + 32, g2, x2, u2, s2, gelu, accumulate, 4);
    differentiate(dGate + 48, dUp + 48, g3, x3, u3, s3, gelu, accumulate, 4);
    dGate += 64, dUp += 64, dOut += 64, gate += 64, up += 64;
  }
  for (; n >= 4; n -= 4) {
    const x = v128.load(gate), s = logisticOf(x, gelu);
    differentiate(dGate, dUp, v128.load(dOut), x, v128.load(up), s, gelu, accumulate, 4);
    dGate += 16, dUp += 16, dOut += 16, gate += 16, up += 16;
  }
  if (!n) return;
  const x = loadPart(gate, n), s = logisticOf(x, gelu);
  differentiate(dGate, dUp, loadPart(dOut, n), x, loadPart(up, n), s, gelu, accumulate, n);
}

export function gatedGeluBackward(
  dGate: usize, dUp: usize, dOut: usize, gate: usize, up: usize, n: i32, accumulate: bool,
): void {
  if (accumulate) backward(dGate, dUp, dOut, gate, up, n, true, true);
  else backward(dGate, dUp, dOut, gate, up, n, true, false);
}

export function gatedSiluBackward(
  dGate: usize, dUp: usize, dOut: usize, gate: usize, up: usize, n: i32, accumulate: bool,
): void {
  if (accumulate) backward(dGate, dUp, dOut, gate, up, n, false, true);
  else backward(dGate, dUp, dOut, gate, up, n, false, false);
}
