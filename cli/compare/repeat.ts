/**
 * The command that makes a run again.
 *
 * @module
 */
import { quote } from '../../spec/conform/replay.ts';
import { inKebabCase, inWords, type Choice } from '../recorded.ts';

/** Names in a config that are options by another name, or none. */
const NO_OPTION = ['learningRateFrom'];
/** Options that have no word for null, which is what they are if they are not given. */
const NULL_BY_ABSENCE = ['data', 'test', 'measureRows'];

/** Every choice is named, so that no default and no later sweep can change it. */
export function commandOf(config: Choice): string {
  const options = Object.entries(config).flatMap(([name, value]) => {
    if (NO_OPTION.includes(name) || (value === null && NULL_BY_ABSENCE.includes(name))) return [];
    return [`--${inKebabCase(name)} ${quote(typeof value === 'string' ? value : inWords(value))}`];
  });
  return ['dst train', ...options].join(' ');
}
