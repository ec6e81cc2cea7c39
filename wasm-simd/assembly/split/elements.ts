/**
 * The loops over elements, in parts of consecutive elements.
 *
 * To split a loop: if the work is small, call it as it is; else put its arguments into slots, a vector with the bytes
 * that it moves on per unit, and run a part, a function of the first unit and their number that calls the same loop.
 * index.ts exports what is split instead of the loop; src/kernel/simd does not see the difference.
 */
import * as loops from '../elementwise';
import * as gates from '../gated';
import * as adafactor from '../optimizer';
import { at, chunksOf, integer, integerAt, isSmall, pointer, real, realAt, run } from '../threads';

/** What an element costs, in the operations of a matrix product that take as long: a sum, and an exponential. */
const LIGHT: f64 = 8;
const HEAVY: f64 = 40;

/** 16 elements are a cache line: no two threads write to one. */
function runElements(part: (first: i32, n: i32) => void, n: i32): void {
  const chunks = chunksOf(n);
  run(part, n, ((n + chunks - 1) / chunks + 15) & ~15);
}

/** Up to five vectors in the first slots, the elements in a row; 0 for none. */
function vectors(a: usize, b: usize, c: usize = 0, d: usize = 0, e: usize = 0): void {
  pointer(0, a, 4), pointer(1, b, 4), pointer(2, c, 4), pointer(3, d, 4), pointer(4, e, 4);
}

export function zero(out: usize, n: i32): void {
  if (isSmall(LIGHT * n)) return loops.zero(out, n);
  vectors(out, 0);
  runElements((first, n) => loops.zero(at(0, first), n), n);
}

export function add(out: usize, a: usize, b: usize, n: i32): void {
  if (isSmall(LIGHT * n)) return loops.add(out, a, b, n);
  vectors(out, a, b);
  runElements((first, n) => loops.add(at(0, first), at(1, first), at(2, first), n), n);
}

export function multiply(out: usize, a: usize, b: usize, n: i32): void {
  if (isSmall(LIGHT * n)) return loops.multiply(out, a, b, n);
  vectors(out, a, b);
  runElements((first, n) => loops.multiply(at(0, first), at(1, first), at(2, first), n), n);
}

export function scale(out: usize, a: usize, factor: f32, n: i32): void {
  if (isSmall(LIGHT * n)) return loops.scale(out, a, factor, n);
  vectors(out, a), real(5, factor);
  runElements((first, n) => loops.scale(at(0, first), at(1, first), <f32>realAt(5), n), n);
}

export function addScaled(out: usize, a: usize, factor: f32, n: i32): void {
  if (isSmall(LIGHT * n)) return loops.addScaled(out, a, factor, n);
  vectors(out, a), real(5, factor);
  runElements((first, n) => loops.addScaled(at(0, first), at(1, first), <f32>realAt(5), n), n);
}

export function addProduct(out: usize, a: usize, b: usize, n: i32): void {
  if (isSmall(LIGHT * n)) return loops.addProduct(out, a, b, n);
  vectors(out, a, b);
  runElements((first, n) => loops.addProduct(at(0, first), at(1, first), at(2, first), n), n);
}

export function decaySquares(v: usize, gradient: usize, keep: f32, take: f32, epsilon: f32, n: i32): void {
  if (isSmall(LIGHT * n)) return adafactor.decaySquares(v, gradient, keep, take, epsilon, n);
  vectors(v, gradient), real(5, keep), real(6, take), real(7, epsilon);
  runElements((first, n) => {
    adafactor.decaySquares(at(0, first), at(1, first), <f32>realAt(5), <f32>realAt(6), <f32>realAt(7), n);
  }, n);
}

export function decayMean(m: usize, x: usize, keep: f32, take: f32, n: i32): void {
  if (isSmall(LIGHT * n)) return adafactor.decayMean(m, x, keep, take, n);
  vectors(m, x), real(5, keep), real(6, take);
  runElements((first, n) => adafactor.decayMean(at(0, first), at(1, first), <f32>realAt(5), <f32>realAt(6), n), n);
}

export function divideByRoot(out: usize, gradient: usize, v: usize, n: i32): void {
  if (isSmall(LIGHT * n)) return adafactor.divideByRoot(out, gradient, v, n);
  vectors(out, gradient, v);
  runElements((first, n) => adafactor.divideByRoot(at(0, first), at(1, first), at(2, first), n), n);
}

export function gatedGelu(out: usize, gate: usize, up: usize, n: i32): void {
  if (isSmall(HEAVY * n)) return gates.gatedGelu(out, gate, up, n);
  vectors(out, gate, up);
  runElements((first, n) => gates.gatedGelu(at(0, first), at(1, first), at(2, first), n), n);
}

export function gatedSilu(out: usize, gate: usize, up: usize, n: i32): void {
  if (isSmall(HEAVY * n)) return gates.gatedSilu(out, gate, up, n);
  vectors(out, gate, up);
  runElements((first, n) => gates.gatedSilu(at(0, first), at(1, first), at(2, first), n), n);
}

export function gatedGeluBackward(
  dGate: usize, dUp: usize, dOut: usize, gate: usize, up: usize, n: i32, accumulate: bool,
): void {
  if (isSmall(HEAVY * n)) return gates.gatedGeluBackward(dGate, dUp, dOut, gate, up, n, accumulate);
  vectors(dGate, dUp, dOut, gate, up), integer(5, accumulate);
  runElements((first, n) => {
    gates.gatedGeluBackward(
      at(0, first), at(1, first), at(2, first), at(3, first), at(4, first), n, integerAt(5) != 0,
    );
  }, n);
}

export function gatedSiluBackward(
  dGate: usize, dUp: usize, dOut: usize, gate: usize, up: usize, n: i32, accumulate: bool,
): void {
  if (isSmall(HEAVY * n)) return gates.gatedSiluBackward(dGate, dUp, dOut, gate, up, n, accumulate);
  vectors(dGate, dUp, dOut, gate, up), integer(5, accumulate);
  runElements((first, n) => {
    gates.gatedSiluBackward(
      at(0, first), at(1, first), at(2, first), at(3, first), at(4, first), n, integerAt(5) != 0,
    );
  }, n);
}
