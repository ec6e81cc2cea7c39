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
  /** The arguments after `dst`; `--threads` and `--json` are added. */
  readonly arguments: readonly string[];
  /** Its threads, where they are not the pool's. */
  readonly threads?: number | undefined;
}

export interface Pool {
  /** Runs a job when its turn comes; returns the JSON that it wrote to stdout. */
  run(job: Job): Promise<unknown>;
}

/**
 * A pool of at most `size` children of `threads` threads each. Jobs start in the order in which they are handed in. Where one fails, or Ctrl-C
 * is pressed, the others are asked to stop, and nothing more is started.
 */
export function createPool(io: Io, progress: Progress, size: number, threads: number): Pool {
  const running = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  let free = size;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
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

  return {
    async run(job) {
      await takeTurn();
      try {
        if (stopped) throw new Interrupted('stopped');
        return await runChild(job, job.threads ?? threads, progress, running);
      } catch (error) {
        stop();
        throw error;
      } finally {
        passTurn();
      }
    },
  };
}

function runChild(job: Job, threads: number, progress: Progress, running: Set<ChildProcess>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(builtCommand(), [...job.arguments, '--threads', String(threads), '--json'], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    running.add(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('message', (message) => show(job.name, message, progress));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      const talk = Buffer.concat(stderr).toString().trim();
      if (code === 0) resolve(JSON.parse(Buffer.concat(stdout).toString()));
      else if (code === 130) reject(new Interrupted(`${job.name}: ${talk.replace(/^dst: /, '')}`));
      else reject(new ChildFailed(`${job.name}: ${talk.replace(/^dst: /, '') || `ended by ${signal ?? code}`}`, code));
    });
  });
}

function show(job: string, message: unknown, progress: Progress): void {
  if (!isProgress(message)) return;
  if (message.kind === 'update') progress.update(job, message.advance);
  else progress.say(`${job}: ${message.line}`);
}

function isProgress(message: unknown): message is ProgressMessage {
  return typeof message === 'object' && message !== null && 'kind' in message;
}
