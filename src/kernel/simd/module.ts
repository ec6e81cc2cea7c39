/**
 * The wasm module: compiled once per process, on first use, and instantiated over a memory.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

import { Internal, Unavailable } from '../../errors.ts';
import type { Memory } from '../memory.ts';

/** A byte offset into the shared memory; JavaScript numbers above 2³¹ arrive in wasm as the same 32 bits. */
type Offset = number;

/** What wasm-simd/assembly/index.ts exports. Strides of the matrix product are in bytes. */
export interface WasmExports extends WebAssembly.Exports {
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
  /** 80 operations per iteration, in registers alone: the yardstick of bench/matmul. */
  peak(iterations: number, factor: number, term: number): number;
}

/** The wasm module over one memory, and the memory's views by offset. */
export interface WasmModule {
  readonly wasm: WasmExports;
  /**
   * The view's offset.
   *
   * @throws {@link Internal} where the view lies in another memory.
   */
  at(view: Float32Array | Int32Array): Offset;
}

let compiled: WebAssembly.Module | undefined;

/** @throws {@link Unavailable} where the module was not built or the machine has no 128-bit SIMD. */
export function loadModule(memory: Memory): WasmModule {
  compiled ??= compile(new URL('../simd.wasm', import.meta.url));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: memory.wasm, abort } });
  return {
    wasm: exports as WasmExports,
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
    const expected = 'the built module and a machine with 128-bit SIMD; `npm run build` makes it';
    throw new Unavailable(`${file.pathname}: expected ${expected}, got ${String(cause)}`, { cause });
  }
}

function abort(): never {
  throw new Internal('wasm: expected to run to the end, got an abort');
}
