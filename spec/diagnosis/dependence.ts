/**
 * What stands on what: the order in which failures are told, and which of them follow from others. The paper's order is
 * another one, in which a wrong distance is first seen as a wrong budget.
 *
 * @module
 */
import { DIALECTS } from '../implementation.ts';
import type { Law } from '../laws/law.ts';

/** What of a law its place among the others depends on. */
export type Placed = Pick<Law, 'id' | 'equation' | 'operation'>;

/** Laws that take the same for granted. */
export interface Ground {
  readonly name: string;
  readonly has: (law: Placed) => boolean;
  /** The grounds that it stands on: if a law of those fails, one of these may fail for that reason. */
  readonly standsOn: readonly string[];
}

const isDialect = (id: string): boolean => DIALECTS.some((dialect) => id.startsWith(`${dialect}/`));

/** Eq. 3 in one step, or where every step keeps the same: nothing of Algorithm 1 is needed for it. */
const SUMS: readonly string[] = ['eq3/updates-add-up-on-what-is-kept', 'eq3/sums-are-rounded-to-the-nearest'];

/** A ground comes after all that it stands on; a law belongs to the first that has it. */
export const GROUNDS: readonly Ground[] = [
  { name: 'no memory', has: ({ id }) => id.startsWith('stateless/'), standsOn: [] },
  { name: 'distances', has: ({ equation }) => equation === 'eq-5' || equation === 'tab-1', standsOn: ['no memory'] },
  { name: 'silos', has: ({ equation }) => equation === 'sec-3.2', standsOn: ['no memory'] },
  { name: 'quantile', has: ({ equation }) => equation === 'eq-6', standsOn: ['no memory'] },
  // It compares the program with itself: no right distance and no right threshold is needed for it.
  { name: 'silo by silo', has: ({ id }) => id === 'eq2/silos-do-not-see-each-other', standsOn: ['no memory'] },
  {
    name: 'projection',
    has: ({ equation }) => equation === 'eq-7',
    standsOn: ['distances', 'quantile', 'silo by silo'],
  },
  {
    name: 'budgets',
    has: ({ equation }) => equation === 'eq-1' || equation === 'eq-2' || equation === 'eq-4',
    standsOn: ['projection'],
  },
  {
    name: 'bisection',
    has: ({ equation, operation }) => equation === 'alg-2' && operation === 'threshold',
    standsOn: ['no memory'],
  },
  { name: 'fraction', has: ({ equation }) => equation === 'eq-8', standsOn: ['bisection'] },
  {
    name: 'projection by bisection',
    has: ({ equation, operation }) => equation === 'alg-2' && operation === 'project',
    standsOn: ['projection', 'fraction'],
  },
  { name: 'optimizer', has: ({ equation, id }) => equation === 'app-f' && !isDialect(id), standsOn: ['no memory'] },
  { name: 'dialects', has: ({ equation }) => equation === 'app-f', standsOn: ['optimizer'] },
  { name: 'sums', has: ({ id }) => SUMS.includes(id), standsOn: ['projection', 'optimizer'] },
  {
    name: 'training',
    has: ({ equation, id }) => equation === 'alg-1' && id !== 'alg1/options-alone-in-pairs-and-left-out',
    standsOn: ['sums'],
  },
  { name: 'candidates', has: ({ equation }) => equation === 'eq-3', standsOn: ['training'] },
  {
    name: 'training by bisection',
    has: ({ equation }) => equation === 'alg-2',
    standsOn: ['training', 'projection by bisection'],
  },
  {
    name: 'options of training',
    has: ({ equation }) => equation === 'alg-1',
    standsOn: ['training by bisection'],
  },
  { name: 'overlap', has: ({ equation }) => equation === 'eq-9', standsOn: ['no memory'] },
  { name: 'refusals', has: ({ equation }) => equation === 'protocol', standsOn: ['no memory'] },
];

/** Laws so that each comes after all that it stands on; those of one ground stay as they are. */
export function inOrderOfDependence<L extends Placed>(laws: readonly L[]): L[] {
  return [...laws].sort((a, b) => placeOf(a) - placeOf(b));
}

/** A law that failed, and what it may have failed for. */
export interface Failed {
  readonly id: string;
  /** Of the laws that failed, those on which it stands and which stand on none themselves. */
  readonly follows: readonly string[];
}

/** Laws that failed, causes before what follows from them. */
export function traceFailures(failed: readonly Placed[]): Failed[] {
  const ordered = inOrderOfDependence(failed);
  const standsOn = (law: Placed, other: Placed): boolean => reachOf(groundOf(law)).has(groundOf(other).name);
  const causes = ordered.filter((law) => !ordered.some((other) => standsOn(law, other)));
  return ordered.map((law) => ({
    id: law.id,
    follows: causes.filter((cause) => standsOn(law, cause)).map(({ id }) => id),
  }));
}

/** @throws RangeError for a law that no ground has. */
export function groundOf(law: Placed): Ground {
  const found = GROUNDS.find(({ has }) => has(law));
  if (found === undefined) throw new RangeError(`${law.id}: expected a row of GROUNDS that has it, got none`);
  return found;
}

function placeOf(law: Placed): number {
  return GROUNDS.indexOf(groundOf(law));
}

/** The names of all that a ground stands on, and of what that stands on. */
function reachOf({ standsOn }: Ground): ReadonlySet<string> {
  const below = GROUNDS.filter(({ name }) => standsOn.includes(name));
  return new Set([...standsOn, ...below.flatMap((ground) => [...reachOf(ground)])]);
}
