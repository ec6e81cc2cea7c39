/**
 * How far a test run is, as a line on standard error from time to time; on a terminal Vitest itself shows it.
 *
 * @module
 */
import type { Reporter, TestCase } from 'vitest/node';

const LINE_EVERY_MS = 10_000;

/** What is known of a run. */
export interface Advance {
  readonly seconds: number;
  readonly tests: number;
  readonly files: number;
  /** Of how many. */
  readonly allFiles: number;
  /** Tests that have begun and not ended, by file and name. */
  readonly running: readonly string[];
}

/** The line itself. */
export function progressLine({ seconds, tests, files, allFiles, running }: Advance): string {
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const now = running.length === 0 ? '' : `; now ${running.join(', ')}`;
  return `${time}: ${tests} tests, ${files} of ${allFiles} files${now}`;
}

/** A failure as soon as it is known: of a run that is broken off, nothing else would be left. */
export function failureLine(place: string, messages: readonly string[]): string {
  return `failed: ${place}: ${messages.join('\n')}`;
}

/** Counts what ends, and writes the line while anything runs. */
export default class ProgressReporter implements Reporter {
  readonly #running = new Map<string, string>();
  #began = 0;
  #tests = 0;
  #files = 0;
  #allFiles = 0;
  #timer: NodeJS.Timeout | undefined;

  onTestRunStart(files: readonly unknown[]): void {
    [this.#began, this.#tests, this.#files, this.#allFiles] = [Date.now(), 0, 0, files.length];
    if (process.stdout.isTTY) return;
    this.#timer = setInterval(() => process.stderr.write(`${progressLine(this.#advance())}\n`), LINE_EVERY_MS);
    this.#timer.unref();
  }

  onTestCaseReady(test: TestCase): void {
    this.#running.set(test.id, placeOf(test));
  }

  onTestCaseResult(test: TestCase): void {
    this.#running.delete(test.id);
    this.#tests += 1;
    const result = test.result();
    if (process.stdout.isTTY || result.state !== 'failed') return;
    const messages = result.errors.map(({ message }) => message);
    process.stderr.write(`${failureLine(placeOf(test), messages)}\n`);
  }

  onTestModuleEnd(): void {
    this.#files += 1;
  }

  onTestRunEnd(): void {
    clearInterval(this.#timer);
  }

  #advance(): Advance {
    const seconds = Math.round((Date.now() - this.#began) / 1000);
    const running = [...this.#running.values()];
    return { seconds, tests: this.#tests, files: this.#files, allFiles: this.#allFiles, running };
  }
}

function placeOf({ fullName, module }: TestCase): string {
  return `${module.relativeModuleId}: ${fullName}`;
}
