/**
 * Files of checks that are not to be run, or are expected to fail: `id-or-glob  # reason`, one a line.
 *
 * @module
 */
import { wrong } from '../../src/errors.ts';
import type { Law } from '../laws/law.ts';
import { isTried } from '../report/tally.ts';
import type { CheckRecord } from './record.ts';
import { encode } from '../wire/json.ts';
import { checkMeansSomething, matches } from './select.ts';

/** A check's reason, for each that a file names. */
export type Known = ReadonlyMap<string, string>;

/**
 * Reads such a file. Empty lines, and lines that begin with `#`, are comments.
 *
 * @param where - the file's name.
 * @throws InvalidInput with file and line, for a line without a reason and for an id that is nobody's.
 */
export function parseKnown(text: string, laws: readonly Law[], where: string): Known {
  const known = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const place = `${where}:${index + 1}`;
    const [, pattern, reason = ''] = /^\s*(\S+)\s*(?:#(.*))?$/.exec(line) ?? [];
    if (pattern === undefined || reason.trim() === '')
      throw wrong(place, 'an id or a glob, #, and a reason', line.trim());
    addKnown(known, pattern, reason.trim(), laws, place);
  }
  return known;
}

/** The checks that a record of patterns names, with their reasons: {@link parseKnown} without a file. */
export function readKnown(reasons: Readonly<Record<string, string>>, laws: readonly Law[], where: string): Known {
  const known = new Map<string, string>();
  for (const [pattern, reason] of Object.entries(reasons)) addKnown(known, pattern, reason, laws, where);
  return known;
}

function addKnown(
  known: Map<string, string>,
  pattern: string,
  reason: string,
  laws: readonly Law[],
  where: string,
): void {
  checkMeansSomething(laws, pattern, where);
  for (const { id } of laws) if (matches(pattern, id)) known.set(id, reason);
}

/** Today's failures as such a file. A failure that has a reason keeps it, and so does a check that was not asked. */
export function formatKnown(checks: readonly CheckRecord[], reasons: Known): string {
  const failing = checks.filter(({ state }) => ['fail', 'timeout', 'crash', 'expected-failure'].includes(state));
  const asked = new Set(checks.filter(isTried).map(({ id }) => id));
  const lines = [
    ...failing.map((check) => `${check.id}  # ${reasons.get(check.id) ?? reasonOf(check)}\n`),
    ...[...reasons].flatMap(([id, reason]) => (asked.has(id) ? [] : [`${id}  # ${reason}\n`])),
  ];
  return `# Checks that are expected to fail: an id or a glob, #, and a reason. One that passes fails the run.\n${lines.join('')}`;
}

function reasonOf({ state, why, counterexample }: CheckRecord): string {
  const got = counterexample === undefined ? '' : ` on ${encode(counterexample.input)}`;
  const words = state === 'fail' ? `fails${got}` : `${state}: ${why ?? 'no answer'}`;
  return `TODO say why: ${words.replaceAll(/\s+/g, ' ').slice(0, 160)}`;
}
