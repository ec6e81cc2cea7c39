/**
 * Float32 values as their bit patterns.
 *
 * @module
 */
const views = new WeakMap<Float32Array, Uint32Array>();

/** The same memory read as bit patterns; one view per array, so that a steady step makes no new ones. */
export function bitsOf(x: Float32Array): Uint32Array {
  let view = views.get(x);
  if (view === undefined) {
    view = new Uint32Array(x.buffer, x.byteOffset, x.length);
    views.set(x, view);
  }
  return view;
}
