/**
 * Fewer points for a chart: a page does not need ten thousand of them to show a curve.
 *
 * @module
 */
import type { CurvePoint } from './input.ts';

/**
 * Means of equally long ranges of a curve, each at its range's last step, so that at most `limit` points are
 * left. Shorter curves come back as they are.
 */
export function thinByMean(curve: readonly CurvePoint[], limit: number): readonly CurvePoint[] {
  if (curve.length <= limit) return curve;
  const length = Math.ceil(curve.length / limit);
  const means: CurvePoint[] = [];
  for (let start = 0; start < curve.length; start += length) {
    const stretch = curve.slice(start, start + length);
    const sum = stretch.reduce((total, point) => total + point.value, 0);
    means.push({ step: stretch[stretch.length - 1].step, value: sum / stretch.length });
  }
  return means;
}

/** At most `limit` items evenly spread over the list, the first and the last among them. */
export function spread<Item>(items: readonly Item[], limit: number): readonly Item[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, i) => items[Math.round((i * (items.length - 1)) / (limit - 1))]);
}
