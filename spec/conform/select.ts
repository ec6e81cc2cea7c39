/**
 * Choosing checks by their ids: whole ids, globs, or a group's name alone.
 *
 * @module
 */
import { InvalidInput, nearestName } from '../../src/errors.ts';
import type { Law } from '../laws/law.ts';

/**
 * Whether an id is meant by a pattern: `*` stands for any characters but `/`, `**` for any at all; a pattern without `/`
 * means the whole group, `eq7` all of `eq7/…`.
 */
export function matches(pattern: string, id: string): boolean {
  const whole = pattern.includes('/') || pattern.includes('**') ? pattern : `${pattern}/*`;
  const source = whole
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`).test(id);
}

/**
 * The laws that one of the patterns means, in their own order.
 *
 * @param where - what the error calls the place of the patterns, an option or a file's line.
 * @throws InvalidInput for a pattern that means none.
 */
export function selectLaws(laws: readonly Law[], patterns: readonly string[], where: string): readonly Law[] {
  for (const pattern of patterns) checkMeansSomething(laws, pattern, where);
  return laws.filter(({ id }) => patterns.some((pattern) => matches(pattern, id)));
}

export function checkMeansSomething(laws: readonly Law[], pattern: string, where: string): void {
  const ids = laws.map(({ id }) => id);
  if (ids.some((id) => matches(pattern, id))) return;
  const groups = [...new Set(ids.map((id) => id.slice(0, id.indexOf('/'))))];
  const nearest = nearestName(pattern.includes('/') ? ids : [...groups, ...ids], pattern);
  const hint = nearest === undefined ? '; --list names them all' : ` (did you mean "${nearest}"?)`;
  throw new InvalidInput(`${where}: expected the id of a check, a glob or a group, got "${pattern}"${hint}`);
}
