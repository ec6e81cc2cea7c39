/**
 * The tables of rotary positions (Su et al. 2021, Section 3.2.2).
 *
 * @module
 */

/** cos and sin of position · base^(−2i / headSize), [positions, headSize / 2] each. */
export interface RotaryTables {
  readonly cosine: Float32Array;
  readonly sine: Float32Array;
}

/** The tables for positions 0 to `positions` − 1. */
export function createRotaryTables(positions: number, headSize: number, base: number): RotaryTables {
  const half = headSize / 2;
  const angle = (i: number): number => Math.floor(i / half) * base ** (-(i % half) / half);
  const table = (f: (x: number) => number): Float32Array =>
    Float32Array.from({ length: positions * half }, (_, i) => f(angle(i)));
  return { cosine: table(Math.cos), sine: table(Math.sin) };
}
