/**
 * Child processes of this same command, a few at once: each training method gets a processor of its own.
 *
 * @module
 */
import { fork, type ChildProcess } from 'node:child_process';
import { ChildFailed, Interrupted, type Io } from './io.ts';
import { builtCommand } from './package.ts';
import type { Progress, ProgressMessage } from './progress.ts';

/** One call of the command. */
export interface Job {
  /** What its progress bar is called. */
  readonly name: string;
  /** The command that the child runs: a file of `commands/`. */
  readonly command: 'train' | 'eval';
  /** The arguments after it; `--threads` and `--json` are added. */
  readonly arguments: readonly string[];
  /** Its threads, if they are not the pool's. */
  readonly threads?: number | undefined;
}

export interface Pool {
  /**
   * Runs a job when its turn comes; returns the JSON that it wrote to stdout.
   *
   * @throws Interrupted, ChildFailed: for every job what the first said that did not come to its end.
   */
  run(job: Job): Promise<unknown>;
}

/**
 * A pool of at most `size` children of `threads` threads each. Jobs start in the order in which they are handed in. If
 * one fails, or Ctrl-C is pressed, the others are asked to stop, nothing more is started, and all fail for the same
 * reason: which of them is heard first does not matter.
 *
 * @param program - the path of `dst`.
 */
export function createPool(
  io: Io,
  progress: Progress,
  size: number,
  threads: number,
  program: string = builtCommand(),
): Pool {
  const running = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  let free = size;
  /** Trials on the same data have the same warnings: the first says it for all. */
  const warned = new Set<string>();
  let reason: Error | undefined;
  const stop = (): void => {
    // SIGTERM lets a run write its checkpoint; a second SIGINT, which a terminal may already have sent, would not.
    for (const child of running) child.kill('SIGTERM');
  };
  io.signal.addEventListener('abort', stop, { once: true });

  async function takeTurn(): Promise<void> {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function passTurn(): void {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  }

  function fail(error: unknown): Error {
    reason ??= error instanceof Error ? error : new Error(String(error));
    stop();
    return reason;
  }

  return {
    async run({ name, command, arguments: words, threads: own = threads }) {
      await takeTurn();
      try {
        if (reason !== undefined) throw reason;
        io.signal.throwIfAborted();
        const argv = [command, ...words, '--threads', String(own), '--json'];
        const end = await runChild(program, argv, running, (message) => show(name, message, progress, warned));
        if (end.code === 0) return JSON.parse(end.stdout) as unknown;
        // One that was still starting when Ctrl-C was pressed dies of it.
        const isInterrupted = end.code === 130 || (end.code === null && io.signal.aborted);
        const message = end.stderr.trim().replace(/^dst: /, '') || `ended by ${end.signal ?? end.code}`;
        throw isInterrupted ? new Interrupted('stopped') : new ChildFailed(`${name}: ${message}`, end.code);
      } catch (error) {
        throw fail(error);
      } finally {
        passTurn();
      }
    },
  };
}

/** How a child came to its end, and what it wrote. */
interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runChild(
  program: string,
  argv: readonly string[],
  running: Set<ChildProcess>,
  hear: (message: unknown) => void,
): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = fork(program, argv, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    running.add(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('message', hear);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      const [written, talk] = [stdout, stderr].map((chunks) => Buffer.concat(chunks).toString());
      resolve({ code, signal, stdout: written, stderr: talk });
    });
  });
}

function show(job: string, message: unknown, progress: Progress, warned: Set<string>): void {
  if (!isProgress(message)) return;
  if (message.kind === 'update') {
    progress.update(job, message.advance);
    return;
  }
  if (warned.has(message.line)) return;
  if (message.line.startsWith('warning: ')) warned.add(message.line);
  progress.say(`${job}: ${message.line}`);
}

function isProgress(message: unknown): message is ProgressMessage {
  return typeof message === 'object' && message !== null && 'kind' in message;
}
