/**
 * Which questions the mutants of a function fall to, as the last run over many seeds has found it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { CaughtBy } from './fates.ts';
import type { FoundMutant } from './mutants.ts';

const CAUGHT_BY = JSON.parse(readFileSync(new URL('caughtBy.json', import.meta.url), 'utf8')) as CaughtBy;

/** @returns the ids of the questions, undefined for a function that is not in the record. */
export function caughtBy({ file, scope }: Pick<FoundMutant, 'file' | 'scope'>): readonly string[] | undefined {
  return CAUGHT_BY[file]?.[scope];
}
