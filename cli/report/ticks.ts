/**
 * Which values of an axis are labelled: as many as stand clear of one another.
 *
 * @module
 */
import { boundTextWidth } from './textWidth.ts';

/** Between two labels, in pixels. */
const BETWEEN = 9;

/**
 * From the first on, those whose labels stand clear of the one before.
 *
 * @param values - from left to right.
 */
export function spacedTicks<Value>(
  values: readonly Value[],
  position: (value: Value, index: number) => number,
  format: (value: Value) => string,
): Value[] {
  let end = -Infinity;
  return values.filter((value, i) => {
    const half = boundTextWidth(format(value)) / 2;
    if (position(value, i) - half < end) return false;
    end = position(value, i) + half + BETWEEN;
    return true;
  });
}
