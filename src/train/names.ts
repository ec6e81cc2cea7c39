/**
 * The names that a run's config chooses from.
 *
 * @module
 */

export const METHOD_NAMES = ['full', 'dst', 'random', 'no-churn', 'bitfit'] as const;
/** A method of fine-tuning; `methods.ts` has a row for each. */
export type MethodName = (typeof METHOD_NAMES)[number];

export const OPTIMIZERS = ['adafactor', 'sgd'] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

export const SCHEDULES = ['constant', 'inverse-square-root', 'linear', 'cosine'] as const;
/** `linear` and `cosine` fall to 0 at the last step. */
export type ScheduleName = (typeof SCHEDULES)[number];

export const NORMALISATIONS = [
  'none',
  'size-per-module',
  'size-per-module-and-layer',
  'mean-per-module',
  'mean-per-module-and-layer',
] as const;
/** The alternatives to silos of Appendix B. */
export type NormalisationName = (typeof NORMALISATIONS)[number];

export const RATE_ORIGINS = ['given', 'recorded', 'guess'] as const;
/** Whether somebody chose a learning rate, a sweep found it for this very seed and data, or neither. */
export type RateOrigin = (typeof RATE_ORIGINS)[number];
