/**
 * Equation 4 by trying everything: the least total distance from a candidate over all ways to change `count`
 * elements of a silo. Any other values for the changed elements would only lie further off.
 *
 * @module
 */

/**
 * @param distances - what each element costs if it is put back to the seed.
 * @param count - how many elements differ from the seed.
 * @returns the least Σ over the elements that are put back.
 */
export function computeLeastDistance(distances: readonly number[], count: number): number {
  let least = Infinity;
  for (let subset = 0; subset < 2 ** distances.length; subset++) {
    let changed = 0;
    let total = 0;
    distances.forEach((distance, i) => {
      if ((subset >>> i) & 1) changed++;
      else total += distance;
    });
    if (changed === count) least = Math.min(least, total);
  }
  return least;
}
