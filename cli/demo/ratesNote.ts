/**
 * What has to be known of the learning rates of the main job before it is run.
 *
 * @module
 */
import { TRAIN_DEFAULTS } from '../../src/train/config.ts';
import type { Recorded } from '../rates.ts';

/** A line for the user if the rates are guesses, or were found for other steps; null if they are this run's. */
export function describeRatesNote(recorded: Recorded | null, { steps }: { readonly steps: number }): string | null {
  if (recorded === null) return 'note: no learning rates are on record for this seed and these data: they are guesses';
  const { path, rates, differs } = recorded;
  if (differs.length > 0) return `note: ${path} is of ${differs.join(' and ')}: its rates are guesses here`;
  const swept = Number(rates.config['steps'] ?? TRAIN_DEFAULTS.steps);
  return swept === steps ? null : `note: ${path}: the rates were found for ${swept} steps, not for ${steps}`;
}
