/**
 * The loops that live in registers alone, and a step of DST and the product in C, by the names of their rows.
 *
 * @module
 */

/** The loop of the module: wasm-simd/assembly/peak.ts. */
export const WASM_PEAK = 'wasm peak';

/** The loops of bench/peers/native.c, and their operations an iteration. */
export const NATIVE_PEAKS = {
  peak128: { name: 'native, 128 bits, products and sums', flops: 64 },
  peak256: { name: 'native, 256 bits, fused', flops: 192 },
} as const;
export type NativePeak = keyof typeof NATIVE_PEAKS;

/** What no kernel of 128 bits without fused operations exceeds. */
export const CEILING = NATIVE_PEAKS.peak128.name;

/** A step of DST in C: as many passes as ours makes at least, and the least that there is, for a threshold that is known. */
export const NATIVE_STEPS = { step: 'native, two passes', step_at_once: 'native, one pass' } as const;
export type NativeStep = keyof typeof NATIVE_STEPS;

/** Counting what exceeds a threshold in C, vectors of 128 bits. */
export const NATIVE_COUNT = 'native count, 128 bits';

/** The product of bench/peers/product.c, and with it whatever a step needs in C at that width. */
export const NATIVE_PRODUCT = 'native, 128 bits';
