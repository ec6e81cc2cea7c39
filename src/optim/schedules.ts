/**
 * Learning-rate schedules: functions of the step, which counts from 1.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** The learning rate of a step; the first step is 1. */
export type Schedule = (step: number) => number;

/** The same rate at every step, the paper's usual choice for fine-tuning. */
export function constant(rate: number): Schedule {
  requireRate('constant: rate', rate);
  return () => rate;
}

/** Rises as peak · step / warmUpSteps, then stays at the peak. */
export function linearWarmUp(peak: number, warmUpSteps: number): Schedule {
  requireRate('linearWarmUp: peak', peak);
  requireSteps('linearWarmUp: warmUpSteps', warmUpSteps);
  return (step) => peak * warmUp(step, warmUpSteps);
}

/**
 * Constant for `warmUpSteps` steps, then peak · √(warmUpSteps / step): T5's schedule, 1/√max(step, warmUpSteps),
 * scaled so that its plateau is `peak` (Raffel et al. 2020, Section 3.1.2).
 */
export function inverseSquareRoot(peak: number, warmUpSteps: number): Schedule {
  requireRate('inverseSquareRoot: peak', peak);
  requireSteps('inverseSquareRoot: warmUpSteps', warmUpSteps);
  const knee = Math.max(1, warmUpSteps);
  return (step) => peak * Math.sqrt(knee / Math.max(step, knee));
}

/** Rises linearly to the peak at `warmUpSteps`, then falls linearly to 0 at `totalSteps`, and stays there. */
export function linearDecay(peak: number, warmUpSteps: number, totalSteps: number): Schedule {
  requireDecay('linearDecay', peak, warmUpSteps, totalSteps);
  return (step) => peak * warmUp(step, warmUpSteps) * (1 - decayed(step, warmUpSteps, totalSteps));
}

/** Rises linearly to the peak at `warmUpSteps`, then falls along half a cosine to 0 at `totalSteps` (Loshchilov and Hutter 2017). */
export function cosineDecay(peak: number, warmUpSteps: number, totalSteps: number): Schedule {
  requireDecay('cosineDecay', peak, warmUpSteps, totalSteps);
  return (step) =>
    (peak * warmUp(step, warmUpSteps) * (1 + Math.cos(Math.PI * decayed(step, warmUpSteps, totalSteps)))) / 2;
}

/** The share of the warm-up that is behind us, in [0, 1]. */
function warmUp(step: number, warmUpSteps: number): number {
  return warmUpSteps === 0 ? 1 : Math.min(1, step / warmUpSteps);
}

/** The share of the decay that is behind us, in [0, 1]. */
function decayed(step: number, warmUpSteps: number, totalSteps: number): number {
  return Math.min(1, Math.max(0, (step - warmUpSteps) / (totalSteps - warmUpSteps)));
}

function requireRate(where: string, rate: number): void {
  if (!(rate >= 0 && rate < Infinity)) throw wrong(where, 'a finite number of at least 0', rate);
}

function requireSteps(where: string, steps: number): void {
  if (!(Number.isInteger(steps) && steps >= 0)) throw wrong(where, 'a whole number of at least 0', steps);
}

function requireDecay(where: string, peak: number, warmUpSteps: number, totalSteps: number): void {
  requireRate(`${where}: peak`, peak);
  requireSteps(`${where}: warmUpSteps`, warmUpSteps);
  requireSteps(`${where}: totalSteps`, totalSteps);
  if (totalSteps <= warmUpSteps)
    throw wrong(`${where}: totalSteps`, `more than the ${warmUpSteps} of the warm-up`, totalSteps);
}
