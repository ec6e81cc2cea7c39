/**
 * The thread in which a command works: it writes and hears through the process around it (supervise.ts).
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Internal } from '../src/errors.ts';
import { Interrupted, type Io, type Output, type StopHint } from './io.ts';

/** What the thread is given. */
export interface WorkData {
  /** The arguments after `dst`. */
  readonly argv: readonly string[];
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** Whether a parent process listens to reports. */
  readonly isChild: boolean;
  /** How the user calls the command, e.g. `npx dst`. */
  readonly calledAs: string;
}

/** What is known of a stream's other end. */
interface Terminal {
  readonly isTTY: boolean | undefined;
  readonly columns: number | undefined;
}

/** What the thread says. */
export type FromWork =
  | { readonly kind: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'report'; readonly message: unknown }
  /** What has begun that says nothing until it has ended; null then. */
  | { readonly kind: 'wait'; readonly words: string | null }
  /** How the work is continued, if it is stopped from here on. */
  | { readonly kind: 'hint'; readonly hint: StopHint }
  /** The wish to stop has arrived: the command ends by itself. */
  | { readonly kind: 'heard' };

/**
 * What the command is given in the thread: its arguments, and streams and signals that go through the process.
 *
 * @throws Internal outside of a thread.
 */
export function connect(): { readonly argv: readonly string[]; readonly io: Io } {
  if (parentPort === null) throw new Internal('thread: expected a thread, got the process itself');
  const port = parentPort;
  const say = (message: FromWork): void => port.postMessage(message);
  const given = workerData as WorkData; // supervise.ts made it

  const controller = new AbortController();
  port.on('message', () => {
    say({ kind: 'heard' });
    controller.abort(new Interrupted('stopped'));
  });
  port.unref(); // a command that has ended waits for nothing

  function output(kind: 'stdout' | 'stderr'): Output {
    const { isTTY = false, columns } = given[kind];
    const size = columns === undefined ? {} : { columns };
    return { write: (text) => say({ kind, text }), isTTY, ...size };
  }

  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    environment: process.env,
    signal: controller.signal,
    calledAs: given.calledAs,
    onWait: (words) => say({ kind: 'wait', words }),
    onStop: (hint) => say({ kind: 'hint', hint }),
    ...(given.isChild ? { report: (message: unknown) => say({ kind: 'report', message }) } : {}),
  };
  return { argv: given.argv, io };
}
