/**
 * What a run of DST chooses: the fields of a run's config that DST alone reads.
 *
 * @module
 */
import { BUDGET_RULES, DISTANCES, SILO_STRATEGIES, THRESHOLD_METHODS } from '../dst/notation.ts';
import { integer, number, oneOf, share, truth, type RecordOf } from '../kinds.ts';
import { NORMALISATIONS } from './names.ts';

/** The fields, and the checks of the options of the same names. */
export const DST_FIELDS = {
  /** ε, the share of the parameters that may differ from the seed. */
  epsilon: share,
  silos: oneOf(SILO_STRATEGIES),
  distance: oneOf(DISTANCES),
  threshold: oneOf(THRESHOLD_METHODS),
  /** c of Algorithm 2. */
  factor: number('a number above 1', (x) => x > 1),
  /** T of Algorithm 2. */
  iterations: integer(1),
  warmStart: truth,
  budget: oneOf(BUDGET_RULES),
  normalisation: oneOf(NORMALISATIONS),
};

/** How DST chooses what may differ from the seed. */
export interface DstChoices extends RecordOf<typeof DST_FIELDS> {}
