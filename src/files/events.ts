/**
 * events.jsonl: what happened in a run, a JSON object a line, appended as it happens.
 *
 * @module
 */
import { InvalidInput, wrong } from '../errors.ts';
import { printJson } from '../text/json.ts';
import { readBytes, writeAll, writeAtomically } from './atomic.ts';
import { codeOf, writeFailure } from './failure.ts';
import { nodeFileSystem } from './fileSystem.ts';
import type { FileSystem } from './fileSystem.ts';

const LINE_FEED = 10;

/** An event; what belongs to a training step says which. Values have to be JSON's: write NaN and ∞ as text. */
export interface Event {
  readonly step?: number;
  readonly [field: string]: unknown;
}

export interface EventLog {
  /** Writes one line. @throws {@link InvalidInput} for what JSON would lose. @throws {@link Unavailable} if the system refuses. */
  append(event: Event): void;
  /** Forces the lines to the disk: before a checkpoint that stands on them is written. */
  sync(): void;
  /** Forces the lines to the disk and ends. */
  close(): void;
}

/** Opens a log to continue it, or begins it. */
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
      const line = encoder.encode(`${printJson(event, 'event')}\n`);
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
 * Does nothing if there is no log.
 */
export function truncateEvents(path: string, step: number, fileSystem: FileSystem = nodeFileSystem): void {
  let bytes: Uint8Array;
  try {
    bytes = fileSystem.readFileSync(path);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return;
    throw writeFailure(path, 'to take back the log', cause);
  }
  const kept: { begin: number; end: number }[] = [];
  for (const { event, begin, end } of eventsIn(bytes, path)) {
    if (typeof event.step === 'number' && event.step > step) continue;
    const last = kept.at(-1);
    if (last?.end === begin) last.end = end;
    else kept.push({ begin, end });
  }
  writeAtomically(
    path,
    kept.map(({ begin, end }) => bytes.subarray(begin, end)),
    fileSystem,
  );
}

/**
 * The events of a log. A last line without an end is a torn one and is left out.
 *
 * @throws {@link InvalidInput} naming the line that is no JSON object.
 */
export function readEvents(path: string, fileSystem: FileSystem = nodeFileSystem): readonly Event[] {
  return Array.from(eventsIn(readBytes(path, fileSystem), path), ({ event }) => event);
}

/** An event and the bytes of its line, the line feed among them. */
interface Line {
  readonly event: Event;
  readonly begin: number;
  readonly end: number;
}

/** Line by line: a log may be longer than any text can be. What comes after the last line feed is nothing, or a torn line. */
function* eventsIn(bytes: Uint8Array, path: string): Generator<Line> {
  const decoder = new TextDecoder();
  let begin = 0;
  for (let number = 1; ; number++) {
    const feed = bytes.indexOf(LINE_FEED, begin);
    if (feed < 0) return;
    yield { event: parseEvent(decoder.decode(bytes.subarray(begin, feed)), `${path}:${number}`), begin, end: feed + 1 };
    begin = feed + 1;
  }
}

function parseEvent(line: string, where: string): Event {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new InvalidInput(`${where}: expected a JSON object, got "${line.slice(0, 40)}"`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(where, 'a JSON object', line.slice(0, 40));
  }
  return value as Event;
}
