/**
 * The places of a batch that predict something: only they need logits.
 *
 * @module
 */
import { MASKED, type Batch } from './batch.ts';

/** Places are taken in multiples of this many, so that few different shapes occur. */
const PLACE_MULTIPLE = 64;

/**
 * The places whose target counts, in order, and those targets; filled up with place 0 and a masked target to a
 * multiple of 64. So the logits do not depend on how much of a batch is padding, nor does their cost.
 *
 * @param count - how many targets count.
 */
export function targetPlaces(
  batch: Pick<Batch, 'targets'>,
  count: number,
): { places: Int32Array; targets: Int32Array } {
  const room = Math.ceil(Math.max(1, count) / PLACE_MULTIPLE) * PLACE_MULTIPLE;
  const places = new Int32Array(room);
  const targets = new Int32Array(room).fill(MASKED);
  let filled = 0;
  for (let i = 0; i < batch.targets.length; i++) {
    if (batch.targets[i] === MASKED) continue;
    places[filled] = i;
    targets[filled] = batch.targets[i];
    filled += 1;
  }
  return { places, targets };
}
