/**
 * Masks that no longer change, which the paper compares itself with: a random one (Table 2), and the first step's
 * ("no churn", Table 7). A mask lies where the distances lay, with 1 for what is kept and 0 for what is not, so that
 * Eq. 7 with τ = 0 applies it.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { ProjectionEvent } from './events.ts';
import type { Layout, SiloView } from './layout.ts';
import type { MaskRule, RandomSource, Selection } from './notation.ts';
import { keepSelected, listKept } from './project.ts';

/**
 * The random baseline: a mask of exactly k parameters of each silo, every set of k as likely as any other (Knuth's
 * selection sampling). Drawn once, before the first step, into δ, which a random mask has no other use for: 1 is kept.
 *
 * @table 2
 * @ruling amb-11
 * @decided
 */
export function drawMask(layout: Layout, random: RandomSource): Float32Array {
  for (const { distances: mask, budget } of layout.silos) {
    let missing = budget.keep;
    for (let i = 0; i < mask.length; i++) {
      mask[i] = random.integer(mask.length - i) < missing ? 1 : 0;
      missing -= mask[i];
    }
  }
  return layout.distances;
}

/**
 * No churn: the set that the first step kept, written over its distances as a mask for good: 1 is kept.
 *
 * @table 7
 * @ruling amb-11
 * @ruling amb-14
 * @decided
 */
export function freezeMask({ distances: mask }: SiloView, selection: Selection): void {
  const kept = listKept(mask, selection);
  mask.fill(0);
  for (const position of kept) mask[position] = 1;
}

/**
 * Eq. 7 under a mask that no longer changes.
 *
 * @table 2
 * @table 7
 * @ruling amb-11
 * @decided
 */
export function projectMasked(silo: SiloView, mask: MaskRule, kernels: Kernels): ProjectionEvent {
  const selection = { threshold: 0, ties: 0 };
  keepSelected(silo, selection, kernels);
  return { kind: 'projection', anchor: mask === 'random' ? 'tab-2' : 'tab-7', silo, selection };
}
