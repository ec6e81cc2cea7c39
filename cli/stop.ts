/**
 * What is said of work that was stopped: how to go on with it.
 *
 * @module
 */
import { describeCall } from './hint.ts';
import type { Io, StopHint } from './io.ts';

/**
 * Tells how the work is gone on with, should it be stopped from here on.
 *
 * @param argv - the arguments after `dst` of the call that goes on; those of this call where absent.
 */
export function goesOnBy(io: Io, argv: readonly string[] = io.argv ?? []): void {
  io.onStop?.({ calledAs: io.calledAs ?? 'dst', argv });
}

/** What is said: the words, and the call as a shell takes it. */
export function describeStop(words: string, hint: StopHint | undefined): string {
  return hint === undefined ? words : `${words}; ${describeCall(hint, hint.argv)} goes on`;
}
