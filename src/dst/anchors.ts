/**
 * The paper's places and this project's rulings, by the ids under which code, laws, traces and docs cite them.
 * An anchor is never renamed: others cite it.
 *
 * @module
 */

/** Anchor → title. `eq`, `alg`, `tab`, `app` are the paper's; `amb` are our rulings on what it leaves open (docs/rulings.md). */
export const ANCHORS = {
  'eq-1': 'The feasible set: a fraction ε of the parameters differs from the seed',
  'eq-2': 'The feasible set with silos: a fraction ε of each silo differs from the seed',
  'eq-3': 'The candidate: the parameters fully updated',
  'eq-4': 'The projection: the feasible point nearest to the candidate',
  'eq-5': 'The inverse-relative distance',
  'eq-6': 'The threshold: a quantile of the distances',
  'eq-7': 'Keep what exceeds the threshold, return the rest to the seed',
  'eq-8': 'The fraction that exceeds a threshold',
  'eq-9': 'Subset overlap',
  'alg-1': 'Dynamic Subset Tuning, one step',
  'alg-2': 'Iterative threshold finding',
  'tab-1': 'Distances: absolute, relative, inverse-relative',
  'tab-2': 'Ablation: a random mask instead of a distance',
  'tab-7': 'Ablation: no churn, the subset of the first step kept permanently',
  'app-b': 'Alternatives to silos: size and mean normalisation',
  'amb-1': 'How many are kept',
  'amb-2': 'Three methods of selection, one meaning',
  'amb-3': 'Ties',
  'amb-4': 'Seeds of zero',
  'amb-5': 'Denormals and overflow',
  'amb-6': 'NaN and infinity',
  'amb-7': 'The fixed points of Algorithm 2',
  'amb-8': 'A budget of 1',
  'amb-9': 'What a silo is',
  'amb-10': 'Normalisation instead of silos',
  'amb-11': 'The random mask and no churn',
  'amb-12': 'Which AdaFactor',
  'amb-13': 'Which θ feeds the step size of AdaFactor',
  'amb-14': 'Ties at the first step',
  'amb-15': 'Stacked layers',
  'amb-16': 'Tied weights',
  'amb-17': 'Equality with the seed is bit equality',
  'amb-18': 'ε is the decimal that it is written as',
  'amb-19': 'The constants of Algorithm 2',
  'amb-20': 'Rounding of the interpolated quantile',
  'amb-21': 'Overlap of subsets of different sizes',
  'amb-22': 'Thresholds that have faded to the smallest number',
} as const;

/** The id of an equation, algorithm, table, appendix or ruling. */
export type Anchor = keyof typeof ANCHORS;
