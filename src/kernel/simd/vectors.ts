/**
 * Elementwise kernels and sums over the wasm module.
 *
 * @module
 */
import { checkLength } from '../checks.ts';
import type { Kernels } from '../kernels.ts';
import type { WasmModule } from './module.ts';

type Vectors = 'zero' | 'add' | 'multiply' | 'scale' | 'addScaled' | 'addProduct' | 'sum' | 'sumOfSquares' | 'dot';

export function createVectors({ wasm, at }: WasmModule): Pick<Kernels, Vectors> {
  return {
    zero(out) {
      wasm.zero(at(out), out.length);
    },
    add(out, a, b) {
      checkLength('add', a, out.length);
      checkLength('add', b, out.length);
      wasm.add(at(out), at(a), at(b), out.length);
    },
    multiply(out, a, b) {
      checkLength('multiply', a, out.length);
      checkLength('multiply', b, out.length);
      wasm.multiply(at(out), at(a), at(b), out.length);
    },
    scale(out, a, factor) {
      checkLength('scale', a, out.length);
      wasm.scale(at(out), at(a), factor, out.length);
    },
    addScaled(out, a, factor) {
      checkLength('addScaled', a, out.length);
      wasm.addScaled(at(out), at(a), factor, out.length);
    },
    addProduct(out, a, b) {
      checkLength('addProduct', a, out.length);
      checkLength('addProduct', b, out.length);
      wasm.addProduct(at(out), at(a), at(b), out.length);
    },
    sum(x) {
      return wasm.sum(at(x), x.length);
    },
    sumOfSquares(x) {
      return wasm.sumOfSquares(at(x), x.length);
    },
    dot(a, b) {
      checkLength('dot', b, a.length);
      return wasm.dot(at(a), at(b), a.length);
    },
  };
}
