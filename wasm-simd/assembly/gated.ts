/** Gated activations, x · logistic(z): src/kernel/scalar/gated.ts. */
import { logistic } from './exponential';
import { loadPart, storePart } from './lanes';

/** 2 √(2/π), and 0.044715 times that. */
const GELU_LINEAR: f32 = <f32>(2.0 * 0.7978845608028654);
const GELU_CUBIC: f64 = 2.0 * 0.7978845608028654 * 0.044715;

/** a + c · x² */
// @ts-ignore: decorator
@inline
function geluSlope(x: v128, c: f32): v128 {
  return f32x4.add(f32x4.splat(GELU_LINEAR), f32x4.mul(f32x4.splat(c), f32x4.mul(x, x)));
}

// @ts-ignore: decorator
@inline
function activate(x: v128, up: v128, gelu: bool): v128 {
  const z = gelu ? f32x4.mul(x, geluSlope(x, <f32>GELU_CUBIC)) : x;
  return f32x4.mul(f32x4.mul(x, logistic(z)), up);
}

// @ts-ignore: decorator
@inline
function loop(out: usize, gate: usize, up: usize, n: i32, gelu: bool): void {
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

/** A gradient and where it goes, for full vectors (n = 4) and for what is left. */
// @ts-ignore: decorator
@inline
function differentiate(
  dGate: usize, dUp: usize, dOut: v128, x: v128, up: v128, gelu: bool, accumulate: bool, n: i32,
): void {
  const z = gelu ? f32x4.mul(x, geluSlope(x, <f32>GELU_CUBIC)) : x;
  const s = logistic(z);
  const active = f32x4.mul(x, s);
  const sloped = gelu ? f32x4.mul(active, geluSlope(x, <f32>(3.0 * <f64><f32>GELU_CUBIC))) : active;
  const derivative = f32x4.add(s, f32x4.mul(sloped, f32x4.sub(f32x4.splat(1), s)));
  let toGate = f32x4.mul(f32x4.mul(dOut, up), derivative);
  let toUp = f32x4.mul(dOut, active);
  if (n >= 4) {
    if (accumulate) toGate = f32x4.add(v128.load(dGate), toGate), toUp = f32x4.add(v128.load(dUp), toUp);
    v128.store(dGate, toGate);
    v128.store(dUp, toUp);
  } else {
    if (accumulate) toGate = f32x4.add(loadPart(dGate, n), toGate), toUp = f32x4.add(loadPart(dUp, n), toUp);
    storePart(dGate, toGate, n);
    storePart(dUp, toUp, n);
  }
}

// @ts-ignore: decorator
@inline
function backward(
  dGate: usize, dUp: usize, dOut: usize, gate: usize, up: usize, n: i32, gelu: bool, accumulate: bool,
): void {
  for (; n >= 4; n -= 4) {
    differentiate(dGate, dUp, v128.load(dOut), v128.load(gate), v128.load(up), gelu, accumulate, 4);
    dGate += 16, dUp += 16, dOut += 16, gate += 16, up += 16;
  }
  if (n) differentiate(dGate, dUp, loadPart(dOut, n), loadPart(gate, n), loadPart(up, n), gelu, accumulate, n);
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
