/**
 * Live progress on stderr: one bar a job with its rate and the time left. On a terminal the bars are redrawn in
 * place; elsewhere each job writes a line every ten seconds. A child process sends its progress to its parent instead.
 * Work that cannot say how far it is, such as reading a large file, is named once it takes long.
 *
 * @module
 */
import { styleText } from 'node:util';
import type { Io } from './io.ts';
import { formatSeconds } from './table.ts';

/** How far a job is. */
export interface Advance {
  readonly done: number;
  readonly total: number;
  /** What else is worth seeing: the loss, tokens a second. */
  readonly note?: string;
  /** Whether the bar waits until the job has taken a second: for what is mostly done before. */
  readonly waits?: boolean;
}

export interface Progress {
  /** Shows a job's state; the first call opens its bar. */
  update(job: string, advance: Advance): void;
  /** Closes a job's bar with a last word. */
  finish(job: string, note: string): void;
  /** Takes a job's bar away. */
  remove(job: string): void;
  /** What begins now says nothing itself, so that `words` are said if it takes long; null when it has ended. */
  wait(words: string | null): void;
  /** A message above the bars. */
  say(line: string): void;
}

interface Bar extends Advance {
  readonly began: number;
  /** When its present total was begun, and from where. */
  readonly phase: number;
  readonly beganAt: number;
  /** When its last line was written; -∞ for never. */
  written: number;
}

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 10_000;
const WAIT_MS = 1000;

/** The progress writer that suits `io`. `now` is in milliseconds. */
export function createProgress(io: Io, quiet: boolean, now: () => number = Date.now): Progress {
  if (io.report !== undefined) return new Reporter(io.report);
  return quiet ? SILENT : new LineWriter(io, now);
}

const SILENT: Progress = {
  update: () => undefined,
  finish: () => undefined,
  remove: () => undefined,
  wait: () => undefined,
  say: () => undefined,
};

/** What a child sends to its parent. */
export type ProgressMessage =
  | { readonly kind: 'update'; readonly job: string; readonly advance: Advance }
  | { readonly kind: 'say'; readonly line: string };

class Reporter implements Progress {
  readonly #send: (message: ProgressMessage) => void;

  constructor(send: (message: unknown) => void) {
    this.#send = send;
  }

  update(job: string, advance: Advance): void {
    this.#send({ kind: 'update', job, advance });
  }

  finish(): void {
    // The parent sees the child end.
  }

  remove(): void {
    // The parent has one bar for all that the child does.
  }

  wait(words: string | null): void {
    if (words !== null) this.update('', { done: 0, total: 0, note: words });
  }

  say(line: string): void {
    this.#send({ kind: 'say', line });
  }
}

class LineWriter implements Progress {
  readonly #io: Io;
  readonly #now: () => number;
  readonly #bars = new Map<string, Bar>();
  #drawn = 0;
  #drawnAt = -Infinity;

  constructor(io: Io, now: () => number) {
    this.#io = io;
    this.#now = now;
  }

  update(job: string, advance: Advance): void {
    const known = this.#bars.get(job);
    const now = this.#now();
    // Another total is another phase of the job: the speed of one says nothing of the next.
    const phase = known?.total === advance.total ? known : { phase: now, beganAt: advance.done, written: -Infinity };
    const began = known?.began ?? now;
    const bar = { ...advance, began, phase: phase.phase, beganAt: phase.beganAt, written: phase.written };
    this.#bars.set(job, bar);
    if (!isShown(bar, now)) return;
    if (this.#io.stderr.isTTY) {
      if (now - this.#drawnAt >= REDRAW_MS || bar.written === -Infinity) this.#redraw();
    } else if (now - bar.written >= LINE_EVERY_MS) {
      this.#io.stderr.write(`${this.#line(job, bar)}\n`);
    } else return;
    bar.written = now;
  }

  finish(job: string, note: string): void {
    const bar = this.#bars.get(job);
    this.#bars.delete(job);
    const took = bar === undefined ? '' : ` in ${formatSeconds((this.#now() - bar.began) / 1000)}`;
    this.say(`${styled(this.#io, 'green', 'done')} ${job}${took}${note === '' ? '' : `, ${note}`}`);
  }

  remove(job: string): void {
    this.#bars.delete(job);
    this.#erase();
    if (this.#io.stderr.isTTY) this.#redraw();
  }

  wait(words: string | null): void {
    this.#io.onWait?.(words);
  }

  say(line: string): void {
    this.#erase();
    this.#io.stderr.write(`${line}\n`);
    if (this.#io.stderr.isTTY) this.#redraw();
  }

  #redraw(): void {
    this.#erase();
    const width = (this.#io.stderr.columns ?? 80) - 1;
    const now = this.#now();
    const shown = [...this.#bars].filter(([, bar]) => isShown(bar, now));
    for (const [job, bar] of shown) this.#io.stderr.write(`${this.#line(job, bar).slice(0, width)}\n`);
    this.#drawn = shown.length;
    this.#drawnAt = now;
  }

  #erase(): void {
    if (this.#drawn > 0) this.#io.stderr.write(`\u001b[${this.#drawn}A\u001b[0J`);
    this.#drawn = 0;
  }

  #line(job: string, bar: Bar): string {
    if (bar.total === 0) return `${job.padEnd(16)} ${bar.note ?? ''}`;
    const share = Math.min(1, bar.done / bar.total);
    const full = Math.round(share * BAR_WIDTH);
    const seconds = (this.#now() - bar.phase) / 1000;
    const rate = seconds > 0 ? (bar.done - bar.beganAt) / seconds : 0;
    const left = rate > 0 ? `${formatSeconds((bar.total - bar.done) / rate)} left` : 'starting';
    const drawing = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
    const parts = [`${bar.done}/${bar.total}`, `${rate.toFixed(1)}/s`, left, bar.note ?? ''];
    return `${job.padEnd(16)} ${drawing} ${parts.filter((part) => part !== '').join('  ')}`;
  }
}

/** Does some work that says nothing itself; see {@link Progress.wait}. */
export function during<T>(progress: Progress, words: string, work: () => T): T {
  progress.wait(words);
  try {
    return work();
  } finally {
    progress.wait(null);
  }
}

function isShown({ waits = false, began }: Bar, now: number): boolean {
  return !waits || now - began >= WAIT_MS;
}

/** The text in a colour where a person sees it and neither NO_COLOR nor TERM=dumb speaks against it. */
export function styled(io: Io, style: Parameters<typeof styleText>[0], text: string): string {
  const { NO_COLOR, TERM } = io.environment;
  const plain = io.stderr.isTTY !== true || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  return plain ? text : styleText(style, text, { validateStream: false });
}
