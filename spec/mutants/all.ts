/**
 * All mutants, in the paper's order.
 *
 * @module
 */
import type { Mutant } from './mutant.ts';
import { WRONG_ANSWERS } from './wrongAnswers.ts';
import { WRONG_BISECTIONS } from './wrongBisections.ts';
import { WRONG_DIALECTS } from './wrongDialects.ts';
import { WRONG_DISTANCES } from './wrongDistances.ts';
import { WRONG_OPTIMIZERS } from './wrongOptimizers.ts';
import { WRONG_PROJECTIONS } from './wrongProjections.ts';
import { WRONG_REACHES } from './wrongReaches.ts';
import { WRONG_STEPS } from './wrongSteps.ts';
import { WRONG_SUBSETS } from './wrongSubsets.ts';
import { WRONG_THRESHOLDS } from './wrongThresholds.ts';

export const MUTANTS: readonly Mutant[] = [
  ...WRONG_DISTANCES,
  ...WRONG_THRESHOLDS,
  ...WRONG_PROJECTIONS,
  ...WRONG_BISECTIONS,
  ...WRONG_SUBSETS,
  ...WRONG_STEPS,
  ...WRONG_OPTIMIZERS,
  ...WRONG_DIALECTS,
  ...WRONG_REACHES,
  ...WRONG_ANSWERS,
];
