/**
 * Places on a chart in pixels, before it is drawn.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';

/** A channel that is in pixels already. */
export function inPixels(value: Plot.ChannelValue): Plot.ChannelValueSpec {
  return { value, scale: null };
}

/** Where a value stands on an axis that has its domain and its range in pixels. */
export function positionOn(axis: Plot.ScaleOptions): (value: number) => number {
  const scale = Plot.scale({ x: axis });
  return (value) => Number(scale.apply(value));
}
