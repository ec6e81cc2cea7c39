/**
 * All sets that a silo may keep (Eq. 7), by trying them: what the oracle says of one answer, turned into a list of
 * right answers.
 *
 * @module
 */
import type { Range } from '../oracle/distance.ts';
import type { Element } from '../oracle/keptSet.ts';
import { judgeSilo } from '../oracle/projection.ts';
import type { Choice } from '../oracle/projection.ts';

/** More sets than this for one silo, and an input is no readable vector. */
export const MOST_SETS = 8;

/** At most this number of elements that can go either way are tried: 2¹⁰ sets. */
const MOST_OPEN = 10;

/** A set that may be kept, and the thresholds that it leaves possible for Alg. 2's next step. */
export interface KeptSet {
  /** For each element of the silo. */
  readonly kept: readonly boolean[];
  readonly thresholds: readonly Range[];
}

/**
 * @param elements - the silo's elements; `kept` only says whether candidate and seed are the same bits (undefined).
 * @returns undefined if they are too many to be written down.
 */
export function findKeptSets(
  elements: readonly Element[],
  choice: Choice,
  previous: readonly Range[],
): readonly KeptSet[] | undefined {
  if (elements.length === 1 && isLiteralQuantile(choice)) return [{ kept: [false], thresholds: previous }];
  const settled = settle(elements, choice, previous);
  const open = settled.flatMap((kept, place) => (kept === 'open' ? [place] : []));
  if (open.length > MOST_OPEN) return undefined;
  const sets: KeptSet[] = [];
  for (let subset = 0; subset < 2 ** open.length; subset++) {
    const flags = settled.map((kept) => kept === true);
    open.forEach((place, bit) => (flags[place] = ((subset >>> bit) & 1) === 1));
    const tried = elements.map((element, place) => tryOut(element, flags[place]));
    const { fault, thresholds } = judgeSilo(tried, choice, previous);
    if (fault !== undefined) continue;
    sets.push({ kept: flags, thresholds });
    if (sets.length > MOST_SETS) return undefined;
  }
  return sets;
}

/** Then the threshold of a silo of one is its own distance, however that was rounded, which does not exceed itself. */
function isLiteralQuantile({ method, ties, epsilon }: Choice): boolean {
  return method === 'quantile' && ties === undefined && epsilon < 1;
}

/** What each element alone must be, so that only the open ones have to be tried together. */
function settle(
  elements: readonly Element[],
  choice: Choice,
  previous: readonly Range[],
): readonly (boolean | 'open')[] {
  const others: readonly Element[] = elements.map((element) => ({ ...element, kept: undefined }));
  // The ruling on ties counts what is kept, so that no element can be judged alone.
  const counts = choice.ties === 'lowest-index' && choice.method === 'quantile' && choice.epsilon < 1;
  return elements.map((element, place) => {
    if (element.kept === undefined) return false;
    if (counts) return 'open';
    const isRight = (kept: boolean): boolean => {
      const tried = others.map((other, index) => (index === place ? tryOut(element, kept) : other));
      return judgeSilo(tried, choice, previous).fault === undefined;
    };
    const [mayBeKept, mayBeReset] = [isRight(true), isRight(false)];
    return mayBeKept && mayBeReset ? 'open' : mayBeKept;
  });
}

function tryOut(element: Element, kept: boolean): Element {
  return element.kept === undefined ? element : { ...element, kept };
}
