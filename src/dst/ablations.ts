/**
 * Masks that no longer change, which the paper compares itself with: a random one (Table 2), and the first step's
 * ("no churn", Table 7). A mask is a vector of its own, in the order of the distances, with 1 for what is kept and 0 for what
 * is not, so that Eq. 7 with τ = 0 applies it.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import { Internal } from '../errors.ts';
import type { Anchor } from './anchors.ts';
import type { Observe } from './events.ts';
import type { Layout, SiloView } from './memory.ts';
import type { MaskRule, RandomSource, Selection } from './notation.ts';
import { listKept } from './project.ts';

/**
 * The random baseline: a mask of exactly k parameters of each silo, every set of k as likely as any other (Knuth's
 * selection sampling). Drawn once, before the first step.
 *
 * @table 2
 * @ruling amb-11
 * @decided
 */
export function drawMask(layout: Layout, random: RandomSource): void {
  for (const silo of layout.silos) {
    const mask = maskOf(silo);
    let missing = silo.budget.keep;
    for (let i = 0; i < mask.length; i++) {
      mask[i] = random.integer(mask.length - i) < missing ? 1 : 0;
      missing -= mask[i];
    }
  }
}

/**
 * No churn: the set that the first step kept, as a permanent mask.
 *
 * @table 7
 * @ruling amb-11
 * @ruling amb-14
 * @decided
 */
export function freezeMask(silo: SiloView, selection: Selection): void {
  const mask = maskOf(silo).fill(0);
  for (const position of listKept(silo.distances, selection)) mask[position] = 1;
}

/**
 * Whether the mask no longer changes after `steps` steps.
 *
 * @table 7
 * @ruling amb-11
 * @decided
 */
export function isMasked(mask: MaskRule, steps: number): boolean {
  switch (mask) {
    case 'every-step':
      return false;
    case 'first-step':
      return steps > 0;
    case 'random':
      return true;
  }
}

/** Where the paper has each. */
const PLACES: Readonly<Record<MaskRule, Anchor>> = { 'every-step': 'alg-1', 'first-step': 'tab-7', random: 'tab-2' };

/** What exceeds 0 in a mask is kept. */
const KEPT: Selection = { threshold: 0, ties: 0 };

/**
 * What a mask that no longer changes keeps of a silo, whatever its distances.
 *
 * @table 2
 * @table 7
 * @ruling amb-11
 * @decided
 */
export function selectMasked(silo: SiloView, mask: MaskRule, observe?: Observe): Selection {
  observe?.({ kind: 'projection', anchor: PLACES[mask], silo, compared: maskOf(silo), selection: KEPT });
  return KEPT;
}

/**
 * Eq. 7 under a mask that no longer changes.
 *
 * @table 2
 * @table 7
 * @equation 7
 * @ruling amb-11
 * @decided
 */
export function keepMasked(silo: SiloView, kernels: Kernels): void {
  for (const { theta, candidate, seed, mask } of silo.ranges) {
    kernels.project(theta, candidate, seed, mask ?? maskOf(silo), KEPT.threshold);
  }
}

function maskOf({ mask, silo }: SiloView): Float32Array {
  if (mask === null) throw new Internal(`silo "${silo.name}": expected a layout with a mask, got one without`);
  return mask;
}
