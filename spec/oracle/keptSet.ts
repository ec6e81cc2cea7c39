/**
 * Which sets a silo may keep (Eq. 7), where distances and threshold are known up to a range.
 *
 * @module
 */
import type { Range } from './distance.ts';

/** One element of a silo, as an answer shows it. */
export interface Element {
  /** Its index in the flat vector, for messages. */
  readonly index: number;
  /** Whether the answer holds the candidate; undefined if candidate and seed are the same bits. */
  readonly kept: boolean | undefined;
  readonly distance: Range;
  /** Elements of one key have one distance to the bit, whatever the arithmetic: same seed, same candidate. */
  readonly key: string;
}

/** Why a kept set is not acceptable: the element at fault and what would have been right. */
export interface Fault {
  readonly index: number;
  readonly got: string;
  readonly wanted: string;
}

export const KEPT = 'the candidate';
export const RESET = 'the seed';

/** Eq. 7: what lies above every possible threshold is kept, what lies at or below each of them is not. */
export function findFaultAgainstThreshold(elements: readonly Element[], threshold: Range): Fault | undefined {
  for (const { index, kept, distance } of elements) {
    if (kept === false && distance.low > threshold.high) {
      const wanted = `${KEPT}: its distance ${show(distance)} exceeds the threshold ${show(threshold)}`;
      return { index, got: RESET, wanted };
    }
    if (kept === true && distance.high <= threshold.low) {
      const wanted = `${RESET}: its distance ${show(distance)} does not exceed the threshold ${show(threshold)}`;
      return { index, got: KEPT, wanted };
    }
  }
  return findInversion(elements, (a, b) => a.distance.high > b.distance.low && a.key !== b.key);
}

/** The ruling on ties: exactly `count` of the non-zero distances are kept, the largest, ties by the lowest index. */
export function findFaultAgainstLowestIndex(elements: readonly Element[], count: Range): Fault | undefined {
  const possible = elements.filter(({ distance }) => distance.high > 0).length;
  const certain = elements.filter(({ distance }) => distance.low > 0).length;
  const kept = elements.filter((element) => element.kept === true);
  const least = Math.min(count.low, certain);
  const most = Math.min(count.high, possible);
  if (kept.length < least || kept.length > most) {
    const wanted = `${least === most ? least : `${least} to ${most}`} kept in this silo`;
    return { index: elements[0].index, got: `${kept.length} kept in this silo`, wanted };
  }
  return findInversion(elements, (a, b) =>
    areTied(a, b) ? a.index < b.index : a.distance.high >= b.distance.low && a.distance.high > 0,
  );
}

/** Two elements of which one is kept and the other not, though the other should come first. */
function findInversion(
  elements: readonly Element[],
  mayComeFirst: (kept: Element, reset: Element) => boolean,
): Fault | undefined {
  // Of the elements that are not kept only few can come before a kept one: the farthest, the first of its key, the first
  // at its exact distance and, of one that lies at 0, the first that may not.
  const reset = selectWitnesses(elements.filter((element) => element.kept === false));
  for (const a of elements) {
    if (a.kept !== true) continue;
    const b = reset(a).find((other) => !mayComeFirst(a, other));
    if (b === undefined) continue;
    const wanted = `${RESET}, or ${KEPT} at ${b.index} too: ${show(a.distance)} here does not come before ${show(b.distance)} there`;
    return { index: a.index, got: KEPT, wanted };
  }
  return undefined;
}

/**
 * For a kept element those among the ones that are not kept which come before it if any does: so that a long silo is
 * judged in a time that is linear in its length.
 */
function selectWitnesses(reset: readonly Element[]): (kept: Element) => readonly Element[] {
  let farthest: Element | undefined;
  const firstOf = new Map<string, Element>();
  const firstAt = new Map<number, Element>();
  for (const element of reset) {
    const { distance, key } = element;
    if (farthest === undefined || distance.low > farthest.distance.low) farthest = element;
    if (!firstOf.has(key)) firstOf.set(key, element);
    if (isPoint(distance) && !firstAt.has(distance.low)) firstAt.set(distance.low, element);
  }
  const away = reset.find(({ distance }) => distance.high > 0);
  return ({ distance, key }) =>
    [farthest, firstOf.get(key), firstAt.get(distance.low), away].filter((element) => element !== undefined);
}

function areTied(a: Element, b: Element): boolean {
  if (a.key === b.key) return true;
  return isPoint(a.distance) && isPoint(b.distance) && a.distance.low === b.distance.low;
}

function isPoint({ low, high }: Range): boolean {
  return low === high;
}

function show({ low, high }: Range): string {
  return low === high ? String(low) : `${low} … ${high}`;
}
