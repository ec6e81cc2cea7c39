/**
 * A check in one line.
 *
 * @module
 */
import type { CheckRecord } from '../../spec/conform/record.ts';

export function checkLine({ state, id, runs, why }: CheckRecord): string {
  return `${state.padEnd(16)} ${id}${runs === 0 ? '' : `, ${runs} inputs`}${why === undefined ? '' : `: ${why}`}\n`;
}
