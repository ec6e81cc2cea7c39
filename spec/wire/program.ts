/**
 * A program under test as a process: a line out for each line in, in order, and an end that leaves nothing behind. Lines may
 * go in before the answers to earlier ones have come.
 *
 * It is started in a process group of its own and killed with the group; what has left the group is found by its mark
 * (survivors.ts). Whatever it does, every question ends: with a line, or with a {@link Fault}.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Internal } from '../../src/errors.ts';
import { Fault } from './fault.ts';
import type { FaultState } from './fault.ts';
import { LineReader, LONGEST_LINE, Tail } from './lines.ts';
import { Pace } from './pace.ts';
import { shorten } from './schemas.ts';
import { kill, killMarked, MARK } from './survivors.ts';

/** How much of standard error is kept, in characters. */
const STDERR_TAIL = 4000;

/** How long the other end of a broken pipe has to show that it is about to end, in milliseconds. */
const GRACE_MS = 1000;

/** How long a killed process has to be gone, in milliseconds; one that sleeps in the kernel is not waited for. */
const BURIAL_MS = 2000;

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface Waiting {
  /** How many questions the line holds. */
  readonly count: number;
  readonly limitMs: number;
  resolve(line: string): void;
  reject(fault: Fault): void;
}

/** Processes that would outlive this one if it ended now. */
const living = new Set<Program>();
let isGuarded = false;

export class Program {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #mark = randomUUID();
  readonly #stderr = new Tail(STDERR_TAIL);
  readonly #ended: Promise<Ending>;
  readonly #closed: Promise<void>;
  /** Who waits for a line, the first to ask first. */
  #waiting: Waiting[] = [];
  /** The answer to all that has been asked, until it is handed over. */
  #last: { readonly waiting: Waiting; readonly line: string } | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When the program could begin with the first of those that wait. */
  #since = 0;
  /** How fast it answers a line, and a question. */
  readonly pace = new Pace();
  readonly pacePerQuestion = new Pace();
  /** What is to be written with the next piece. */
  #unwritten = '';
  #fault: Fault | undefined;
  #isStopping = false;
  #leftBehind = 0;

  /** Starts the program. What is wrong with that shows when it is asked. */
  constructor(command: readonly string[]) {
    const [file] = command;
    this.#child = spawnDetached(command, this.#mark);
    const { stdin, stdout, stderr } = this.#child;
    this.#ended = new Promise((resolve) => {
      this.#child.on('exit', (code, signal) => resolve({ code, signal }));
      this.#child.on('error', () => resolve({ code: null, signal: null }));
    });
    this.#closed = new Promise((resolve) => this.#child.on('close', () => resolve()));
    living.add(this);
    guardExit();

    const reader = new LineReader(
      (line) => this.#onLine(line),
      () => this.#fail('crash', `more than ${LONGEST_LINE} characters without an end of line`, 'a line'),
    );
    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (this.#fault === undefined) reader.read(chunk);
    });
    stdout.on('end', () => this.#afterGrace('a closed standard output of a program that lives on'));
    stderr.setEncoding('utf8').on('data', (chunk: string) => this.#stderr.add(chunk));
    stdin.on('error', () => this.#afterGrace('a closed standard input'));
    stdout.on('error', () => this.#afterGrace('a broken standard output'));
    stderr.on('error', () => undefined); // what it has to say about itself is not needed
    this.#child.on('error', (error) =>
      this.#fail('crash', describeStart(file, error), 'a program that can be started'),
    );
    // What it leaves behind may hold its pipes open: with that gone, they close.
    this.#child.on('exit', () => {
      this.#leftBehind = killMarked(this.#mark);
      this.#killGroup();
    });
    this.#child.on('close', (code, signal) => {
      living.delete(this);
      if (this.#fault === undefined) this.#onEnd({ code, signal }, reader.rest);
    });
  }

  /** How many processes it had started and not ended when it ended itself. */
  get leftBehind(): number {
    return this.#leftBehind;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Forgets what standard error has said so far: what follows belongs to the next check. */
  clearStderr(): void {
    this.#stderr.clear();
  }

  get stderr(): string {
    return this.#stderr.text;
  }

  /**
   * Writes a line and waits for one.
   *
   * @param limitMs - how long it may take, in milliseconds.
   * @param count - how many questions the line holds.
   * @throws Fault if none comes, or something else; the program is then gone.
   */
  async ask(line: string, limitMs: number, count = 1): Promise<string> {
    if (this.#fault !== undefined) throw this.#fault;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ count, limitMs, resolve, reject });
      if (this.#waiting.length > 1) {
        this.#writeSoon(line);
        return;
      }
      this.#child.stdin.write(`${line}\n`);
      this.#watchTime();
    });
  }

  /** The program has something to do: what is asked meanwhile is written as one piece. */
  #writeSoon(line: string): void {
    if (this.#unwritten === '') {
      setImmediate(() => {
        const piece = this.#unwritten;
        this.#unwritten = '';
        if (this.#fault === undefined && !this.#isStopping) this.#child.stdin.write(piece);
      });
    }
    this.#unwritten += `${line}\n`;
  }

  /** Each answer has its time from the answer before it on. */
  #watchTime(): void {
    clearTimeout(this.#timer);
    const [next] = this.#waiting;
    if (next === undefined) return;
    const { limitMs } = next;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#fail('timeout', `none within ${limitMs} ms`, 'an answer'), limitMs);
  }

  /** Writes a last line and waits for the end; undefined if it did not come in time. */
  async stop(line: string, limitMs: number): Promise<Ending | undefined> {
    if (this.#fault !== undefined) return undefined;
    this.#isStopping = true;
    this.#child.stdin.end(`${line}\n`);
    const ending = await within(this.#ended, limitMs);
    await this.kill();
    return ending;
  }

  /** Ends it and everything that it has started, at once. */
  async kill(): Promise<void> {
    this.killNow();
    await within(this.#closed, BURIAL_MS);
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) stream.destroy();
    living.delete(this);
  }

  /** The same without waiting for it, for the end of our own process. */
  killNow(): void {
    this.#killGroup();
    killMarked(this.#mark);
  }

  #killGroup(): void {
    if (this.#child.pid !== undefined) kill(-this.#child.pid);
    this.#child.kill('SIGKILL'); // if there are no process groups
  }

  #onLine(line: string): void {
    if (this.#isStopping) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) {
      // Of two lines the one that is no answer: a banner, as a rule, comes before it.
      const stray = this.#last !== undefined && !this.#last.line.startsWith('{') ? this.#last.line : line;
      const got = shorten(stray) === '' ? 'an empty line' : `the line ${shorten(stray)}`;
      this.#fail('crash', `${got}, which nobody had asked for`, 'one answer to each request, and nothing else');
      return;
    }
    const took = performance.now() - this.#since;
    this.pace.note(took);
    this.pacePerQuestion.note(took / waiting.count);
    this.#watchTime();
    if (this.#waiting.length > 0) {
      waiting.resolve(line);
      return;
    }
    this.#last = { waiting, line };
    // A second answer in the same piece is seen before the first is handed over.
    setImmediate(() => this.#handOver());
  }

  #handOver(): void {
    const last = this.#last;
    this.#last = undefined;
    last?.waiting.resolve(last.line);
  }

  #onEnd(ending: Ending, rest: string): void {
    const half = rest === '' ? '' : `, in the middle of the line ${shorten(rest)}`;
    this.#handOver();
    this.#fail('crash', `${describeEnding(ending)}${half}`, 'an answer');
  }

  /** A pipe has broken: most likely because the program is ending, and then its end says more. */
  #afterGrace(got: string): void {
    setTimeout(() => {
      if (this.#child.exitCode === null && this.#child.signalCode === null) this.#fail('crash', got, 'an answer');
    }, GRACE_MS).unref();
  }

  /** Ends the program and then, its last words heard, what waits for it. */
  #fail(state: FaultState, got: string, wanted: string): void {
    if (this.#fault !== undefined || this.#isStopping) return;
    this.#fault = new Fault(state, { got, wanted });
    const waiting = [...(this.#last === undefined ? [] : [this.#last.waiting]), ...this.#waiting];
    this.#last = undefined;
    this.#waiting = [];
    clearTimeout(this.#timer);
    void this.kill().then(() => {
      const stderr = this.#stderr.text;
      this.#fault = new Fault(state, { got, wanted, ...(stderr === '' ? {} : { stderr }) });
      for (const each of waiting) each.reject(this.#fault);
    });
  }
}

/** Some failures to start are thrown here, the others come as an event. */
function spawnDetached([file, ...args]: readonly string[], mark: string): ChildProcessWithoutNullStreams {
  if (file === undefined) throw new Internal('program: expected an argument vector, got an empty one');
  try {
    return spawn(file, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, [MARK]: mark },
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Fault('crash', { got: describeStart(file, error), wanted: 'a program that can be started' });
  }
}

/** The promise's value, or undefined if it takes too long. */
async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How a program ended, in words. */
export function describeEnding({ code, signal }: Ending): string {
  return signal === null ? `the end of the program with exit code ${code}` : `the end of the program by ${signal}`;
}

/** How a program took a stop, in words. */
export function describeStop(ending: Ending | undefined): string {
  if (ending === undefined) return 'a program that still runs';
  return ending.signal === null ? `exit code ${ending.code}` : `its end by ${ending.signal}`;
}

function describeStart(file: string, error: Error): string {
  const code = 'code' in error ? String(error.code) : error.message;
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such program',
    EACCES: 'permission denied: is it executable?',
  };
  return `${code}${words[code] === undefined ? '' : ` (${words[code]})`} from starting ${file}`;
}

/** Programs die with us, even if we are ended in the middle of something. */
function guardExit(): void {
  if (isGuarded) return;
  isGuarded = true;
  process.on('exit', () => {
    for (const program of living) program.killNow();
  });
}
