/**
 * `dst conform --adapter-check`: the smoke check and the wire, without a law.
 *
 * @module
 */
import { smoke } from '../../spec/conform/smoke.ts';
import type { SmokeFailure } from '../../spec/conform/smoke.ts';
import type { Capabilities } from '../../spec/implementation.ts';
import { Session } from '../../spec/wire/session.ts';
import { Interrupted } from '../io.ts';
import type { Io } from '../io.ts';
import type { ConformOptions } from './options.ts';
import { createTranscript } from './transcript.ts';

/** What a program says of itself, and in which version of the protocol. */
export interface Spoken {
  readonly claims: Capabilities;
  readonly version: number;
}

export async function checkAdapter(
  command: readonly string[],
  { timeoutMs, startTimeoutMs, transcript: path }: ConformOptions,
  { signal }: Io,
): Promise<Spoken | SmokeFailure> {
  const transcript = createTranscript(path);
  const session = new Session({ command, timeoutMs, startTimeoutMs, onLine: transcript.track().add });
  const abort = (): void => void session.abort();
  signal.addEventListener('abort', abort);
  try {
    const claims = await smoke(session);
    if (signal.aborted) throw new Interrupted('stopped; the program under test has been ended');
    return 'message' in claims ? claims : { claims, version: session.version };
  } finally {
    signal.removeEventListener('abort', abort);
    await session.abort();
    transcript.write();
  }
}
