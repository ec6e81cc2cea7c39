#!/usr/bin/env node
/**
 * The process around the command: its streams, Ctrl-C, a reader that goes away.
 *
 * @module
 */
import type { Io } from './io.ts';

const controller = new AbortController();
process.on('SIGINT', () => {
  // The first Ctrl-C asks for an end after this step; the second does not wait for it.
  if (controller.signal.aborted) process.exit(130);
  controller.abort();
});
process.on('SIGTERM', () => controller.abort());

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `dst … | head`: whoever read has gone, so there is nobody left to work for.
    if (error.code === 'EPIPE') process.exit(0);
    process.exit(3);
  });
}

const send = process.send?.bind(process);
const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signal: controller.signal,
  ...(send === undefined ? {} : { report: (message: unknown) => void send(message) }),
};
const orphaned = (): void => process.exit(130);
if (send !== undefined) process.on('disconnect', orphaned); // the parent died: so do we

const { main } = await import('./run.ts');
process.exitCode = await main(process.argv.slice(2), io);
process.off('disconnect', orphaned);
if (process.connected) process.disconnect();
