/**
 * The wasm module: compiled once per process, on first use, and instantiated over a memory.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

import { Internal, Unavailable } from '../../errors.ts';
import type { Memory } from '../memory.ts';
import { workerPoolOf } from '../threads/workerPool.ts';

/** A byte offset into the shared memory; JavaScript numbers above 2³¹ arrive in wasm as the same 32 bits. */
type Offset = number;

/** What wasm-simd/assembly/index.ts exports. Strides of the matrix product are in bytes. */
export interface WasmExports extends WebAssembly.Exports {
  /** Tells the instance which thread it is, how many share its work, and from how many operations on. */
  enter(thread: number, threads: number, splitFrom: number): void;

  matmul(
    out: Offset,
    a: Offset,
    b: Offset,
    m: number,
    n: number,
    k: number,
    rowOut: number,
    rowA: number,
    rowB: number,
    flags: number,
    alpha: number,
    outerCount: number,
    outerOut: number,
    outerA: number,
    outerB: number,
    innerCount: number,
    innerOut: number,
    innerA: number,
    innerB: number,
  ): void;
  /** 96 operations per iteration, in registers alone: the yardstick of bench/matmul. A factor of 1 or −1. */
  peak(iterations: number, factor: number, term: number): number;

  zero(out: Offset, n: number): void;
  add(out: Offset, a: Offset, b: Offset, n: number): void;
  multiply(out: Offset, a: Offset, b: Offset, n: number): void;
  scale(out: Offset, a: Offset, factor: number, n: number): void;
  addScaled(out: Offset, a: Offset, factor: number, n: number): void;
  addProduct(out: Offset, a: Offset, b: Offset, n: number): void;
  sum(x: Offset, n: number): number;
  sumOfSquares(x: Offset, n: number): number;
  dot(a: Offset, b: Offset, n: number): number;

  rmsNorm(
    out: Offset,
    inverseRms: Offset,
    x: Offset,
    weight: Offset,
    rows: number,
    columns: number,
    epsilon: number,
  ): void;
  rmsNormBackward(
    dX: Offset,
    dWeight: Offset,
    dOut: Offset,
    x: Offset,
    weight: Offset,
    inverseRms: Offset,
    rows: number,
    columns: number,
  ): void;
  gatedGelu(out: Offset, gate: Offset, up: Offset, n: number): void;
  gatedSilu(out: Offset, gate: Offset, up: Offset, n: number): void;
  gatedGeluBackward(
    dGate: Offset,
    dUp: Offset,
    dOut: Offset,
    gate: Offset,
    up: Offset,
    n: number,
    accumulate: boolean,
  ): void;
  gatedSiluBackward(
    dGate: Offset,
    dUp: Offset,
    dOut: Offset,
    gate: Offset,
    up: Offset,
    n: number,
    accumulate: boolean,
  ): void;
  rotate(
    out: Offset,
    x: Offset,
    cosine: Offset,
    sine: Offset,
    positions: Offset,
    rows: number,
    heads: number,
    headSize: number,
    direction: number,
    accumulate: boolean,
  ): void;
  softmax(
    out: Offset,
    x: Offset,
    from: Offset,
    to: Offset,
    batch: number,
    heads: number,
    queries: number,
    keys: number,
  ): void;
  softmaxBackward(dX: Offset, dOut: Offset, out: Offset, rows: number, columns: number): void;
  attention(
    out: Offset,
    weights: Offset,
    query: Offset,
    key: Offset,
    value: Offset,
    bias: Offset,
    from: Offset,
    to: Offset,
    scratch: Offset,
    scratchBytes: number,
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    capacity: number,
    headSize: number,
    factor: number,
  ): void;
  attentionBackward(
    dQuery: Offset,
    dKey: Offset,
    dValue: Offset,
    dOut: Offset,
    weights: Offset,
    query: Offset,
    key: Offset,
    value: Offset,
    from: Offset,
    to: Offset,
    scratch: Offset,
    scratchBytes: number,
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    capacity: number,
    headSize: number,
    factor: number,
    accumulate: boolean,
  ): void;
  gather(out: Offset, table: Offset, indices: Offset, rows: number, columns: number): void;
  gatherBackward(dTable: Offset, dOut: Offset, indices: Offset, rows: number, columns: number): void;
  crossEntropy(losses: Offset, logits: Offset, targets: Offset, rows: number, columns: number): void;
  crossEntropyWithGradient(
    losses: Offset,
    dLogits: Offset,
    logits: Offset,
    targets: Offset,
    rows: number,
    columns: number,
    factor: number,
  ): void;

  decaySquares(v: Offset, gradient: Offset, keep: number, take: number, epsilon: number, n: number): void;
  decayFactoredSquares(
    vRow: Offset,
    vCol: Offset,
    gradient: Offset,
    rows: number,
    columns: number,
    keep: number,
    take: number,
    epsilon: number,
  ): void;
  divideByRoot(out: Offset, gradient: Offset, v: Offset, n: number): void;
  scaleRowsAndColumns(
    out: Offset,
    gradient: Offset,
    rowFactor: Offset,
    colFactor: Offset,
    rows: number,
    columns: number,
  ): void;
  decayMean(m: Offset, x: Offset, keep: number, take: number, n: number): void;

  candidate(out: Offset, theta: Offset, update: Offset, n: number): number;
  distanceAbsolute(delta: Offset, candidate: Offset, seed: Offset, n: number): number;
  distanceRelative(delta: Offset, candidate: Offset, seed: Offset, n: number): number;
  distanceInverseRelative(delta: Offset, candidate: Offset, seed: Offset, n: number): number;
  countAbove(delta: Offset, tau: number, n: number): number;
  orderStatistic(delta: Offset, n: number, rank: number, near: number): number;
  aboveOrderStatistic(): number;
  project(theta: Offset, candidate: Offset, seed: Offset, delta: Offset, tau: number, n: number): void;
  countDifferent(a: Offset, b: Offset, n: number): number;
  firstNotFinite(x: Offset, n: number): number;
}

/** The wasm module over one memory, and the memory's views by offset. */
export interface WasmModule {
  readonly wasm: WasmExports;
  /**
   * The view's offset.
   *
   * @throws {@link Internal} if the view lies in another memory.
   */
  at(view: Float32Array | Int32Array): Offset;
}

let compiled: WebAssembly.Module | undefined;

/**
 * An instance for the caller, and helpers for it if it is to have more than one thread.
 *
 * @throws {@link Unavailable} if the module was not built or the machine has no 128-bit SIMD.
 */
export function loadModule(memory: Memory, threads = 1, splitFrom = 0): WasmModule {
  compiled ??= compile(new URL('../simd.wasm', import.meta.url));
  const pool = workerPoolOf(memory);
  const { exports } = new WebAssembly.Instance(compiled, {
    env: { memory: memory.wasm, abort, stalled: pool.check, now },
  });
  const wasm = exports as WasmExports;
  wasm.enter(0, threads, splitFrom);
  pool.grow(threads - 1, compiled, memory.wasm);
  return {
    wasm,
    at(view) {
      if (!memory.owns(view)) throw new Internal("kernel: expected views of the kernels' own memory, got another's");
      return view.byteOffset;
    },
  };
}

function compile(file: URL): WebAssembly.Module {
  try {
    return new WebAssembly.Module(readFileSync(file));
  } catch (cause) {
    const expected =
      'the built module (`npm run build` makes it, a bundle needs a copy) and a machine with 128-bit SIMD';
    throw new Unavailable(`${file.pathname}: expected ${expected}, got ${String(cause)}`, { cause });
  }
}

function now(): number {
  return performance.now();
}

function abort(): never {
  throw new Internal('wasm: expected to run to the end, got an abort');
}
