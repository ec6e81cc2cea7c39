/**
 * A program that speaks the conformance protocol, started and tried, as an {@link Implementation}.
 *
 * @module
 */
import { Unavailable } from '../../src/errors.ts';
import { TIMEOUT_MS } from '../conform/defaults.ts';
import { smoke } from '../conform/smoke.ts';
import type { Implementation } from '../implementation.ts';
import { createRemote } from './remote.ts';
import { Session } from './session.ts';

/** How long a program may take. */
export interface ConnectOptions {
  /** For an answer, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  /** For its start, in milliseconds; three times that of an answer by default. */
  readonly startTimeoutMs?: number;
}

/** A program under test. */
export interface Connection {
  readonly implementation: Implementation;
  /** Ends the program and all that it has started. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a program and asks whether it speaks the protocol at all.
 *
 * @param command - the argument vector. No shell is asked.
 * @returns the program as an implementation, and what ends it; {@link checkImplementation} takes the first.
 * @throws {@link Unavailable} if it does not start or speaks badly, with what most likely has to be fixed.
 */
export async function connect(command: readonly string[], options: ConnectOptions = {}): Promise<Connection> {
  const { timeoutMs = TIMEOUT_MS, startTimeoutMs = 3 * timeoutMs } = options;
  const session = new Session({ command, timeoutMs, startTimeoutMs });
  const found = await smoke(session);
  if (!('message' in found)) return { implementation: createRemote(session, found), close: () => session.abort() };
  await session.abort();
  const hint = found.hint === undefined ? '' : `. ${found.hint}`;
  throw new Unavailable(`${command.join(' ')}: ${found.step}: ${found.message}${hint}`);
}
