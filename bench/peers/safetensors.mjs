// Reads what bench/step/trainee.ts wrote: float32 and int32 tensors by name, and the model's sizes.
import { readFileSync } from 'node:fs';

/** @returns {{ config: object, tensors: Map<string, { shape: number[], data: Float32Array | Int32Array }> }} */
export function readModel(path) {
  const bytes = readFileSync(path);
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: metadata, ...entries } = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8'));
  const tensors = new Map();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(entries)) {
    const [begin, end] = data_offsets.map((offset) => 8 + length + offset);
    const copy = bytes.buffer.slice(bytes.byteOffset + begin, bytes.byteOffset + end);
    tensors.set(name, { shape, data: dtype === 'I32' ? new Int32Array(copy) : new Float32Array(copy) });
  }
  return { config: JSON.parse(metadata.config), tensors };
}

/** Numbers in [−½, ½), the same in every run. */
export function fill(length) {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
}

/** Rotary tables, [positions, headSize / 2] each. */
export function rotaryTables(positions, headSize, base) {
  const half = headSize / 2;
  const table = (f) =>
    Float32Array.from({ length: positions * half }, (_, i) => f(Math.floor(i / half) * base ** (-(i % half) / half)));
  return { half, cosine: table(Math.cos), sine: table(Math.sin) };
}

/** [rows, classes], 1 where the row's class is. */
export function oneHot(classes, size) {
  const table = new Float32Array(classes.length * size);
  classes.forEach((c, row) => (table[row * size + c] = 1));
  return table;
}

/** [length, length]: 0 where a place sees, −10⁹ where it does not. */
export function causalMask(length) {
  return Float32Array.from({ length: length * length }, (_, i) => (i % length > Math.floor(i / length) ? -1e9 : 0));
}
