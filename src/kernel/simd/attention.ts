/**
 * Attention over the wasm module.
 *
 * @module
 */
import type { AttentionShape, Kernels } from '../kernels.ts';
import type { Memory } from '../memory.ts';
import { checkAttention } from '../scalar/attention.ts';
import type { WasmModule } from './module.ts';

type Attention = 'attention' | 'attentionBackward';

/** Where no vector is: the threads' own memory begins there. */
const NOWHERE = 0;

/** @param memory - where the kernels find space for a head's packed operands while they run, for each of the threads. */
export function createAttention({ wasm, at }: WasmModule, memory: Memory, threads: number): Pick<Kernels, Attention> {
  const withScratch = (shape: AttentionShape, run: (scratch: number, bytes: number) => void): void => {
    const mark = memory.mark();
    const length = scratchLength(shape);
    run(at(memory.floats(threads * length)), 4 * length);
    memory.release(mark);
  };
  return {
    attention(out, weights, query, key, value, from, to, shape, bias) {
      checkAttention('attention', [query, out], [key, value], weights, from, to, shape, bias);
      const { heads, queries, keys, capacity, headSize, factor } = shape;
      withScratch(shape, (scratch, bytes) => {
        wasm.attention(
          ...[at(out), at(weights), at(query), at(key), at(value), bias === undefined ? NOWHERE : at(bias)],
          ...[at(from), at(to), scratch, bytes],
          ...[from.length / queries, heads, queries, keys, capacity, headSize, factor],
        );
      });
    },
    attentionBackward(dQuery, dKey, dValue, dOut, weights, query, key, value, from, to, shape, accumulate) {
      checkAttention('attentionBackward', [query, dQuery, dOut], [key, value, dKey, dValue], weights, from, to, shape);
      const { heads, queries, keys, capacity, headSize, factor } = shape;
      withScratch(shape, (scratch, bytes) => {
        wasm.attentionBackward(
          ...[at(dQuery), at(dKey), at(dValue), at(dOut), at(weights), at(query), at(key), at(value)],
          ...[at(from), at(to), scratch, bytes, from.length / queries],
          ...[heads, queries, keys, capacity, headSize, factor, accumulate],
        );
      });
    },
  };
}

/** What wasm-simd/assembly/attention.ts shares out, in floats: a head's operands in panels of 8 columns, and a tile's. */
export function scratchLength({ heads, queries, keys, headSize }: AttentionShape): number {
  const [wideKeys, wideHead] = [roundUp(keys), roundUp(headSize)];
  const operands = wideKeys * headSize + Math.max(keys, queries) * wideHead;
  // Of a single query all heads have their scores at once.
  const rows = queries === 1 ? Math.max(5, heads) : 5;
  return operands + rows * wideKeys + 5 * roundUp(Math.max(keys, queries, headSize)) + 5 * 8;
}

function roundUp(length: number): number {
  return Math.ceil(length / 8) * 8;
}
