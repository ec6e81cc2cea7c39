#!/usr/bin/env node
/**
 * `dst` as a program. The command NAME is `commands/NAME.ts`: `npm start` runs `commands/demo.ts`. The process starts
 * this file again in a thread and watches over it (supervise.ts); the thread runs the command.
 *
 * @module
 */
import { isMainThread } from 'node:worker_threads';
import { supervise } from './supervise.ts';

if (isMainThread) supervise(new URL(import.meta.url));
else {
  const { connect } = await import('./thread.ts');
  const { argv, io } = connect();
  const { main } = await import('./run.ts');
  // Ends this thread alone. Without it a standard input that was opened would hold it.
  process.exit(await main(argv, io));
}
