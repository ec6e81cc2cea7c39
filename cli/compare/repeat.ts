/**
 * The command that makes a run again.
 *
 * @module
 */
import { quote } from '../../spec/conform/replay.ts';
import type { TrainConfig } from '../../src/train/config.ts';

/** Names in a config that are options by another name, or none. */
const NO_OPTION = ['learningRateFrom'];
/** Options that have no word for null, which is what they are where they are not given. */
const NULL_BY_ABSENCE = ['data', 'test', 'measureRows'];

/** Every choice is named, so that no default and no later sweep can change it. */
export function commandOf(config: TrainConfig): string {
  const options = Object.entries(config).flatMap(([name, value]: [string, TrainConfig[keyof TrainConfig]]) => {
    if (NO_OPTION.includes(name) || (value === null && NULL_BY_ABSENCE.includes(name))) return [];
    const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [`--${option} ${quote(String(value ?? 'none'))}`];
  });
  return ['dst train', ...options].join(' ');
}
