/**
 * The standard normal distribution, for GELU as it is defined (Hendrycks and Gimpel 2016): the same bits on every engine.
 *
 * @module
 */
import { exponential } from './exponential.ts';

const { fround } = Math;

/** Coefficients of Cody's rational functions for erf and erfc (Math. Comp. 23, 1969; netlib, specfun, `calerf`). */
const NEAR = [
  [1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3],
  [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3],
] as const; // prettier-ignore
const MIDDLE = [
  [
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
    8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
  ],
  [
    1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
  ],
] as const; // prettier-ignore
const FAR = [
  [
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
    1.60837851487422766e-2, 6.58749161529837803e-4,
  ],
  [
    1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
    2.33520497626869185e-3,
  ],
] as const; // prettier-ignore

/** φ(x) = e^(−x²/2) / √(2π) */
export function normalDensity(x: number): number {
  return exponential(fround((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * Φ(x), the probability of a standard normal number below x. Within 3 parts in 10⁶ of itself down to Φ(−9), where e^(−x²/2) has the
 * rounding of its argument, and within 10⁻⁷ everywhere.
 */
export function normalDistribution(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  if (z <= 0.46875) return 0.5 + (Math.sign(x) * z * ratio(NEAR, z * z)) / 2;
  const tail = (exponential(fround(-z * z)) * (z <= 4 ? ratio(MIDDLE, z) : farRatio(z))) / 2;
  return x < 0 ? tail : 1 - tail;
}

/** erfc(z) e^(z²) beyond 4: (1/√π − r(1/z²)/z²) / z. */
function farRatio(z: number): number {
  const square = 1 / (z * z);
  return (1 / Math.sqrt(Math.PI) - square * ratio(FAR, square)) / z;
}

/** One polynomial over another, from the highest power down. */
function ratio([above, below]: readonly (readonly number[])[], x: number): number {
  return horner(above, x) / horner(below, x);
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, c) => sum * x + c, 0);
}
