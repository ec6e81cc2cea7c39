/**
 * Results: on stdout and nowhere else, as text for people or as one JSON object.
 *
 * @module
 */
import { printResult } from '../src/text/json.ts';
import type { Io } from './io.ts';

/** Raised whenever a field of any `--json` answer changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

/** Writes a result: one JSON object on one line with `--json`, by {@link printResult}; the text otherwise. */
export function writeResult(io: Io, json: boolean, value: Readonly<Record<string, unknown>>, text: string): void {
  io.stdout.write(json ? `${printResult({ schemaVersion: SCHEMA_VERSION, ...value }, 'result')}\n` : text);
}

/** What `dst report` has to say, as JSON and as text, and the files that were asked for, by their paths. */
export interface Report {
  readonly value: Readonly<Record<string, unknown>>;
  readonly text: () => string;
  readonly files: Readonly<Record<string, string>>;
}
