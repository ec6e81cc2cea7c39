/**
 * The examples of the protocol's page: under each line `> REQUEST` stands `< ANSWER`, which is what our own implementation answers.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createOurs } from '../../spec/ours.ts';
import { respond } from '../../spec/wire/serve.ts';
import type { Pages } from '../generate/generator.ts';

export const PROTOCOL_PAGE = 'docs/conformance/protocol.md';

/** A request and its answer, as lines. */
export interface Exchange {
  readonly request: string;
  readonly answer: string;
}

/** The examples that a page has. */
export function exchangesOf(page: string): Exchange[] {
  return [...page.matchAll(/^> (.*)\n< (.*)$/gm)].map(([, request, answer]) => ({ request, answer }));
}

/** The page with each request's answer as it is given now. */
export async function includeAnswers(page: string): Promise<string> {
  const ours = createOurs('scalar', 'sort');
  const lines = page.split('\n');
  for (const [i, line] of lines.entries()) {
    if (!line.startsWith('> {')) continue;
    if (!lines[i + 1]?.startsWith('<'))
      throw new Error(`${line}: expected a line that begins with <, got ${lines[i + 1]}`);
    lines[i + 1] = `< ${(await respond(ours, line.slice(2))) ?? ''}`;
  }
  return lines.join('\n');
}

export async function protocolPages(): Promise<Pages> {
  return new Map([[PROTOCOL_PAGE, await includeAnswers(readFileSync(PROTOCOL_PAGE, 'utf8'))]]);
}
