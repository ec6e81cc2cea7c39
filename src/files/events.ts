/**
 * events.jsonl: what happened in a run, a JSON object a line, appended as it happens.
 *
 * @module
 */
import { InvalidInput, wrong } from '../errors.ts';
import { readBytes, writeAll, writeAtomically } from './atomic.ts';
import { codeOf, writeFailure } from './failure.ts';
import { nodeFileSystem } from './fileSystem.ts';
import type { FileSystem } from './fileSystem.ts';

/** An event; what belongs to a training step says which. Values have to be JSON's: write NaN and ∞ as text. */
export interface Event {
  readonly step?: number;
  readonly [field: string]: unknown;
}

export interface EventLog {
  /** Writes one line. @throws {@link Unavailable} where the system refuses. */
  append(event: Event): void;
  /** Forces the lines to the disk: before a checkpoint that stands on them is written. */
  sync(): void;
  /** Forces the lines to the disk and ends. */
  close(): void;
}

/** Opens a log to go on with, or begins it. */
export function openEventLog(path: string, fileSystem: FileSystem = nodeFileSystem): EventLog {
  const encoder = new TextEncoder();
  const attempt = <T>(expected: string, action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw writeFailure(path, expected, cause);
    }
  };
  const descriptor = attempt('to open the log', () => fileSystem.openSync(path, 'a'));
  return {
    append: (event) => {
      const line = encoder.encode(`${JSON.stringify(event)}\n`);
      attempt('to append an event', () => writeAll(descriptor, line, fileSystem));
    },
    sync: () => attempt('the log to reach the disk', () => fileSystem.fsyncSync(descriptor)),
    close: () => {
      attempt('the log to reach the disk', () => {
        try {
          fileSystem.fsyncSync(descriptor);
        } finally {
          fileSystem.closeSync(descriptor);
        }
      });
    },
  };
}

/**
 * Takes a log back to the state after a step: later events go, and so does a last line that a crash tore.
 * Does nothing where there is no log.
 */
export function truncateEvents(path: string, step: number, fileSystem: FileSystem = nodeFileSystem): void {
  let bytes: Uint8Array;
  try {
    bytes = fileSystem.readFileSync(path);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return;
    throw writeFailure(path, 'to take back the log', cause);
  }
  const kept = parseLines(bytes, path).filter(({ event }) => !(typeof event.step === 'number' && event.step > step));
  writeAtomically(path, kept.map(({ line }) => `${line}\n`).join(''), fileSystem);
}

/**
 * The events of a log. A last line without an end is a torn one and is left out.
 *
 * @throws {@link InvalidInput} naming the line that is no JSON object.
 */
export function readEvents(path: string, fileSystem: FileSystem = nodeFileSystem): readonly Event[] {
  return parseLines(readBytes(path, fileSystem), path).map(({ event }) => event);
}

function parseLines(bytes: Uint8Array, path: string): { line: string; event: Event }[] {
  // after the last line feed comes nothing, or a torn line
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1);
  return lines.map((line, i) => {
    const where = `${path}:${i + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new InvalidInput(`${where}: expected a JSON object, got "${line.slice(0, 40)}"`, { cause });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrong(where, 'a JSON object', line.slice(0, 40));
    }
    return { line, event: value as Event };
  });
}
