/**
 * The process around the command: its streams, Ctrl-C, a reader that goes away. The command itself works in a thread of
 * its own (thread.ts), so that a signal is heard also if that thread computes for a minute without a pause
 * (decision 0220).
 *
 * @module
 */
import { delimiter, dirname, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { COMMANDS } from './commands.ts';
import { writeFailure } from '../src/files/failure.ts';
import { reportFailure } from './failure.ts';
import type { StopHint } from './io.ts';
import { quote } from '../spec/conform/replay.ts';
import { describeStop } from './stop.ts';
import type { FromWork, WorkData } from './thread.ts';

/** How long the command may take to hear a signal: by then it is at a step's end, or it is ended where it stands. */
const PATIENCE_MS = 700;
/** How long the command may be silent before what it does is said. */
const SILENCE_MS = 1500;

/**
 * Starts the command in a thread and stays until it has ended: with its exit code, or 130 if it was stopped.
 *
 * @param program - what the thread runs.
 */
export function supervise(program: URL): void {
  const [, script = 'dst', ...argv] = process.argv;
  const environment = process.env;

  for (const [name, stream] of [['stdout', process.stdout] as const, ['stderr', process.stderr] as const]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // `dst … | head`: the reader has gone, so there is nothing left to do.
      if (error.code === 'EPIPE') process.exit(0);
      const failure = writeFailure(name, 'to write to it', error);
      if (name === 'stdout') reportFailure(failure, { stderr: process.stderr, environment });
      process.exit(3);
    });
  }

  const data: WorkData = {
    argv,
    stdout: { isTTY: process.stdout.isTTY, columns: process.stdout.columns },
    stderr: { isTTY: process.stderr.isTTY, columns: process.stderr.columns },
    isChild: process.send !== undefined,
    calledAs: calledAs(script),
  };
  const readsInput = COMMANDS.some(({ name, readsInput }) => readsInput === true && argv.includes(name));
  const work = new Worker(program, { workerData: data, stdin: readsInput });
  if (work.stdin !== null) process.stdin.pipe(work.stdin);

  let hint: StopHint | undefined;
  let isHeard = false;
  let waiting: NodeJS.Timeout | undefined;
  work.on('message', (message: FromWork) => {
    switch (message.kind) {
      case 'stdout':
        process.stdout.write(message.text);
        break;
      case 'stderr':
        process.stderr.write(message.text);
        break;
      case 'report':
        process.send?.(message.message);
        break;
      case 'wait':
        clearTimeout(waiting);
        // Said from here: the thread is in the middle of it.
        if (message.words !== null)
          waiting = setTimeout(() => process.stderr.write(`${message.words} …\n`), SILENCE_MS).unref();
        break;
      case 'hint':
        hint = message.hint;
        break;
      case 'heard':
        isHeard = true;
    }
  });
  work.on('error', (error) => {
    process.exitCode = reportFailure(error, { stderr: process.stderr, environment });
  });
  work.on('exit', (code) => {
    process.exitCode ??= code;
    if (readsInput) process.stdin.destroy();
    process.off('disconnect', orphaned);
    if (process.connected) process.disconnect();
  });

  let isAsked = false;
  process.on('SIGINT', () => {
    // The first Ctrl-C asks for an end after this step; the second does not wait for it.
    if (isAsked) end();
    ask();
  });
  process.on('SIGTERM', ask);
  if (process.send !== undefined) process.on('disconnect', orphaned); // the parent died: so do we

  /** Asks the command to stop. If it does not hear, as it is in the middle of something, it is ended. */
  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    work.postMessage('stop');
    setTimeout(() => {
      if (!isHeard) end();
    }, PATIENCE_MS).unref();
  }

  /** Ends the process. What it had written is whole, as after any other death. */
  function end(): never {
    process.stderr.write(`dst: ${describeStop('stopped', hint)}\n`);
    process.exit(130);
  }

  function orphaned(): void {
    process.exit(130);
  }
}

/** The word by which the user finds this command again. */
function calledAs(script: string): string {
  if (process.env['npm_command'] !== undefined) return 'npx dst';
  const isOnPath = (process.env['PATH'] ?? '').split(delimiter).includes(dirname(script));
  return isOnPath ? 'dst' : `node ${quote(relative('', script))}`;
}
