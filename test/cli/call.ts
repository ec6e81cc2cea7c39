/**
 * Calls the command inside this process.
 *
 * @module
 */
import { expect } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { main } from '../../cli/run.ts';

/** What a call came to. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `dst` with these arguments; nothing of the real environment is seen. */
export async function call(argv: readonly string[], io: Partial<Io> = {}): Promise<Called> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    environment: {},
    signal: new AbortController().signal,
    ...io,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** The JSON object in a text; fails where there is none. */
export function objectIn(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`expected a JSON object, got ${text.slice(0, 80)}`);
  return { ...value };
}

/** The JSON objects in a text, one a line; fails for a line that is none. */
export function objectsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text.trimEnd().split('\n').map(objectIn);
}

/** The list of objects in a field of a JSON object; fails where there is none. */
export function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${typeof value}`);
  return value.map((element: unknown) => objectIn(JSON.stringify(element)));
}

/** Expects a refusal: the exit code, one line that says the message, no stack, and nothing on stdout. */
export function expectRefusal({ code, stdout, stderr }: Called, wantedCode: number, message: string | RegExp): void {
  if (typeof message === 'string') expect(stderr).toContain(message);
  else expect(stderr).toMatch(message);
  expect(code).toBe(wantedCode);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
}
