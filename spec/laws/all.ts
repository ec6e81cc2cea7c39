/**
 * All laws, in the paper's order.
 *
 * @module
 */
import * as adafactor from './adafactor.ts';
import * as adafactorReach from './adafactor-reach.ts';
import * as alg1 from './alg1-step.ts';
import * as alg1Reach from './alg1-reach.ts';
import * as alg2Convergence from './alg2-convergence.ts';
import * as alg2FixedPoints from './alg2-fixed-points.ts';
import * as alg2 from './alg2-iterative.ts';
import * as eq1 from './eq1-budget.ts';
import * as eq2 from './eq2-silo-budget.ts';
import * as eq3 from './eq3-candidate.ts';
import * as eq4 from './eq4-optimality.ts';
import * as eq5 from './eq5-distance.ts';
import * as eq6 from './eq6-quantile.ts';
import * as eq7 from './eq7-projection.ts';
import * as eq8 from './eq8-fraction.ts';
import * as eq9 from './eq9-overlap.ts';
import * as dialects from './dialects.ts';
import * as dialectsReach from './dialects-reach.ts';
import type { Law } from './law.ts';
import * as refusals from './refusals.ts';
import * as silos from './silos.ts';
import * as stateless from './stateless.ts';

const ROOMS = [
  eq1,
  eq2,
  eq3,
  eq4,
  eq5,
  eq6,
  eq7,
  eq8,
  eq9,
  alg1,
  alg1Reach,
  alg2,
  alg2FixedPoints,
  alg2Convergence,
  silos,
  adafactor,
  adafactorReach,
  dialects,
  dialectsReach,
  refusals,
  stateless,
];

/** Every law: file by file in the paper's order, in each by the list at its end. */
export const LAWS: readonly Law[] = ROOMS.flatMap(({ laws }) => laws);

/** @returns the law of that id, if there is one. */
export function findLaw(id: string): Law | undefined {
  return LAWS.find((law) => law.id === id);
}
