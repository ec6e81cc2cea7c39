/**
 * A call of this command as a hint names it: the user can paste it.
 *
 * @module
 */
import { quote } from '../spec/conform/replay.ts';
import type { Io } from './io.ts';

/** The call with those arguments, as this user calls the command and as a shell takes it. */
export function describeCall({ calledAs = 'dst' }: Pick<Io, 'calledAs'>, argv: readonly string[]): string {
  return [calledAs, ...argv.map(quote)].join(' ');
}
