/**
 * Algorithm 2 over many steps: how long the ramp-up takes, how well it tracks, and how a lost bracket is regained.
 * With m distances and ε = (k + ½)/m the crossing f(τ) = ε lies at one distance v, the (k + 1)-largest.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { formatOf, ordinaryNumbers } from '../arbitraries.ts';
import type { Capabilities } from '../implementation.ts';
import { ulp } from '../oracle/formats.ts';
import type { Format } from '../oracle/formats.ts';
import { halfNormals } from '../oracle/normal.ts';
import { sortAscending } from '../oracle/quantile.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import type { Subject } from './law.ts';
import type { Violation } from './outcome.ts';

const base = { equation: 'alg-2', operation: 'threshold', needs: { method: 'iterative' } } as const;
/** Decided: spec.md, section 2. */
const FACTOR = 2;
const ITERATIONS = 10;

/** Half the last bracket, relative to τ_prev: as near as T bisections of [τ/c, τc] come. */
const RESOLUTION = (FACTOR - 1 / FACTOR) / 2 ** (ITERATIONS + 1);

/** By how much one step moves a threshold whose bracket lies wholly off the mark: nearly c, up and down. */
const PACE = Math.min(FACTOR - RESOLUTION, 1 / (1 / FACTOR + RESOLUTION));

/** Steps until the bracket holds a crossing that lies `ratio` away, and one more to bisect it. */
export function computeStepsToArrive(ratio: number): number {
  return Math.ceil(Math.log(Math.max(ratio, 1 / ratio)) / Math.log(PACE)) + 1;
}

interface Silo {
  readonly distances: readonly number[];
  readonly epsilon: number;
  /** v: the distance at which f crosses ε. */
  readonly crossing: number;
}

/** Positive distances and a budget that lies midway between two counts, so that no rounding moves the crossing. */
function silos(format: Format): Arbitrary<Silo> {
  const positive = ordinaryNumbers(format).map((x) => Math.abs(x) || 1);
  return fc.tuple(fc.array(positive, { minLength: 1, maxLength: 16 }), fc.nat(15)).map(([distances, draw]) => {
    const k = draw % distances.length;
    const epsilon = format.round((k + 0.5) / distances.length);
    return { distances, epsilon, crossing: sortAscending(distances)[distances.length - 1 - k] };
  });
}

function scaled({ distances, epsilon, crossing }: Silo, factor: number, format: Format): Silo {
  const scale = (x: number): number => format.round(x * factor);
  return { distances: distances.map(scale), epsilon, crossing: scale(crossing) };
}

async function takeStep({ ask }: Subject<'threshold'>, silo: Silo, previous: number): Promise<number> {
  const { distances, epsilon } = silo;
  const request = { method: 'iterative', distances, epsilon, previous, factor: FACTOR, iterations: ITERATIONS };
  return (await ask(request)).threshold;
}

/** Whether τ is as near to the crossing as a bisection from τ_prev comes; each halving may round by half a unit. */
function judgeNearness(
  at: string,
  tau: number,
  previous: number,
  { crossing }: Silo,
  format: Format,
): Violation | undefined {
  const tolerance = previous * RESOLUTION + 2 * ulp(format, Math.max(tau, crossing));
  if (Math.abs(tau - crossing) <= tolerance) return undefined;
  return { at, got: tau, wanted: `${crossing} ± ${tolerance}` };
}

/** From `start`, takes as many steps as the distance asks for; then τ must be near the crossing. */
async function arrive(
  subject: Subject<'threshold'>,
  silo: Silo,
  start: number,
): Promise<{ readonly tau: number; readonly violation: Violation | undefined }> {
  let [previous, tau] = [start, start];
  const steps = computeStepsToArrive(silo.crossing / start);
  for (let t = 0; t < steps; t++) [previous, tau] = [tau, await takeStep(subject, silo, tau)];
  const at = `after ${steps} steps from τ = ${start}`;
  return { tau, violation: judgeNearness(at, tau, previous, silo, subject.arithmetic.format) };
}

const rampsUp = defineLaw({
  ...base,
  id: 'alg2/ramps-up-in-as-many-steps-as-binary-orders',
  claim: 'From τ = 1 with c = 2, T = 10 the threshold arrives in about |log₂ v| + 2 steps: 12 to 15 for usual updates.',
  kind: 'paper',
  accepts: 'half the last bracket, τ_prev (c − 1/c) / 2^(T+1), and 2 ulp',
  weight: 5,
  inputs: (capabilities) =>
    fc.tuple(silos(formatOf(capabilities)), fc.integer({ min: -16, max: 4 })).map(([silo, order]) => ({
      ...scaled(silo, 2 ** order, formatOf(capabilities)),
    })),
  async check(subject, silo) {
    return (await arrive(subject, silo, 1)).violation;
  },
});

const tracks = defineLaw({
  ...base,
  id: 'alg2/tracks-distances-that-drift',
  claim: 'While the distances drift by less than c from step to step, every threshold is as near as T bisections come.',
  kind: 'paper',
  accepts: 'half the last bracket, τ_prev (c − 1/c) / 2^(T+1), and 2 ulp',
  weight: 3,
  inputs: (capabilities) =>
    fc.record({
      silo: silos(formatOf(capabilities)),
      // Clear of c by more than the resolution, so that the bracket always holds the crossing.
      drift: fc.array(fc.constantFrom(0.53125, 0.75, 0.9375, 1, 1.0625, 1.25, 1.875), { minLength: 1, maxLength: 10 }),
    }),
  async check(subject, { silo, drift }) {
    const { format } = subject.arithmetic;
    let [tau, now] = [silo.crossing, silo];
    for (const [t, factor] of drift.entries()) {
      now = scaled(now, factor, format);
      const previous = tau;
      tau = await takeStep(subject, now, previous);
      const violation = judgeNearness(`step ${t + 1}`, tau, previous, now, format);
      if (violation !== undefined) return violation;
    }
    return undefined;
  },
});

const regainsALostBracket = defineLaw({
  ...base,
  id: 'alg2/regains-a-lost-bracket',
  claim:
    'After a leap of the distances, up or down, the bracket holds the crossing again after one step a factor of c.',
  kind: 'paper',
  accepts: 'half the last bracket, τ_prev (c − 1/c) / 2^(T+1), and 2 ulp',
  weight: 5,
  inputs: (capabilities) =>
    fc.record({ silo: silos(formatOf(capabilities)), leap: fc.integer({ min: -10, max: 10 }).filter((k) => k !== 0) }),
  async check(subject, { silo, leap }) {
    const { format } = subject.arithmetic;
    const away = await arrive(subject, scaled(silo, 2 ** leap, format), silo.crossing);
    return away.violation ?? (await arrive(subject, silo, away.tau)).violation;
  },
});

/** Large enough for ε|S| in the hundreds. */
const LARGE = 2400;

const realisesTheBudget = defineLaw({
  ...base,
  id: 'alg2/realises-the-budget-within-one-percent',
  claim: 'If ε|S| is in the hundreds, the realised fraction is within 1 % of ε in every step after the ramp-up.',
  kind: 'ruling',
  accepts: '1 % of ε and one element, on normal updates',
  weight: 50,
  inputs: (capabilities: Capabilities) =>
    fc.record({
      draw: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      epsilon: fc.constantFrom(0.25, 0.3, 0.5).map((epsilon) => formatOf(capabilities).round(epsilon)),
      order: fc.integer({ min: -14, max: -8 }),
    }),
  async check(subject, { draw, epsilon, order }) {
    const { format } = subject.arithmetic;
    let tau = 1;
    const rampUp = computeStepsToArrive(2 ** (order - 1));
    for (let t = 0; t < rampUp + 5; t++) {
      const distances = halfNormals(draw, LARGE).map((x) => format.round(x * 2 ** order * (1 + t / 64)));
      tau = await takeStep(subject, { distances, epsilon, crossing: NaN }, tau);
      const above = distances.filter((distance) => distance > tau).length;
      // A format of few bits holds few distinct distances: what ties with τ can not be parted.
      const tied = distances.filter((distance) => Math.abs(distance - tau) <= ulp(format, tau)).length;
      if (t >= rampUp && Math.abs(above - epsilon * LARGE) > 0.01 * epsilon * LARGE + 1 + tied) {
        return { at: `step ${t + 1}`, got: above / LARGE, wanted: `${epsilon} within 1 %` };
      }
    }
    return undefined;
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [rampsUp, tracks, regainsALostBracket, realisesTheBudget];
