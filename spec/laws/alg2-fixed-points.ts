/**
 * Algorithm 2 from a τ_prev of 0 or ∞, around which a bracket holds nothing else (amb-7).
 *
 * @module
 */
import fc from 'fast-check';
import { formatOf } from '../arbitraries.ts';
import { bisectAnew } from '../oracle/bisection.ts';
import { widen } from '../oracle/distance.ts';
import { computeThresholdRange, THRESHOLD_ULPS } from '../oracle/quantile.ts';
import { asPoints, requests, thresholds } from './alg2-iterative.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import { judgeKeptSets, separatedProjections } from './projected.ts';

const method = 'iterative';

const fixedPointsAreReseeded = defineLaw({
  id: 'alg2/zero-and-infinity-are-seeded-anew',
  equation: 'alg-2',
  claim: 'τ_prev = 0 and τ_prev = ∞ would never change again: the bisection begins at the exact quantile instead.',
  kind: 'ruling',
  accepts: 'the quantile as Eq. 6 accepts it, or what Alg. 2 makes of it',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) =>
    fc
      .tuple(requests(formatOf(capabilities)), fc.constantFrom(0, Infinity))
      .map(([request, previous]) => ({ ...request, previous })),
  async check({ ask, arithmetic }, request) {
    const { threshold } = await ask(request);
    const points = asPoints(request.distances);
    const accepted = bisectAnew(points, request, arithmetic).map(({ low, high }) =>
      widen(arithmetic.format, [low, high], THRESHOLD_ULPS),
    );
    if (accepted.some(({ low, high }) => threshold >= low && threshold <= high)) return undefined;
    const { low, high } = computeThresholdRange(points, request.epsilon, arithmetic);
    return { got: threshold, wanted: `the quantile, ${low} … ${high}, or a bisection from it` };
  },
});

const projectionFromFixedPoints = defineLaw({
  id: 'alg2/projection-seeds-zero-and-infinity-anew',
  equation: 'alg-2',
  claim:
    'A silo whose τ_prev is 0 or ∞ is projected with a bisection from its quantile, and the silos beside it from theirs.',
  kind: 'ruling',
  accepts: 'any set that the quantile yields, or what Alg. 2 makes of it',
  operation: 'project',
  needs: { method },
  inputs: (capabilities) =>
    separatedProjections(capabilities, { maxSilos: 3 }).chain((request) => {
      const starts = fc.oneof(
        { arbitrary: fc.constantFrom(0, Infinity), weight: 3 },
        { arbitrary: thresholds(formatOf(capabilities)), weight: 1 },
      );
      const each = { minLength: request.silos.length, maxLength: request.silos.length };
      return fc
        .record({ previous: fc.array(starts, each), iterations: fc.integer({ min: 4, max: 12 }) })
        .map((constants) => ({ ...request, ...constants, factor: 2, method }));
    }),
  async check({ ask, capabilities }, request) {
    return judgeKeptSets(request, (await ask(request)).parameters, capabilities);
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [fixedPointsAreReseeded, projectionFromFixedPoints];
