/**
 * What is said about work that was stopped: how to continue it.
 *
 * @module
 */
import { describeCall } from './hint.ts';
import type { Io, StopHint } from './io.ts';

/**
 * Says how the work is continued if it is stopped from now on.
 *
 * @param argv - the arguments after `dst` of the call that continues; by default those of this call.
 */
export function goesOnBy(io: Io, argv: readonly string[] = io.argv ?? []): void {
  io.onStop?.({ calledAs: io.calledAs ?? 'dst', argv });
}

/** What is said: the words, and the call as a shell takes it. */
export function describeStop(words: string, hint: StopHint | undefined): string {
  return hint === undefined ? words : `${words}; continue with: ${describeCall(hint, hint.argv)}`;
}
