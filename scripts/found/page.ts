/**
 * docs/conformance/found-mutants.md: what becomes of the page of the paper and of the literal AdaFactor if one place of
 * them is changed; and what the tests ask each of them, scripts/found/caughtBy.json.
 *
 * @module
 */
import { format, resolveConfig } from 'prettier';
import { SEED } from '../../spec/conform/defaults.ts';
import { integer } from '../../src/kinds.ts';
import type { Pages } from '../generate/generator.ts';
import { caughtBy } from './caughtBy.ts';
import { explanationOf } from './explained.ts';
import { chosen, follow, RUNS } from './fates.ts';
import type { Fate } from './fates.ts';
import { LOADING } from './falls.ts';
import { QUESTIONS } from './questions.ts';
import { renderFound } from './render.ts';
import { FOUND, SOURCES } from './sources.ts';

const CAUGHT_BY = 'scripts/found/caughtBy.json';
const PAGE = 'docs/conformance/found-mutants.md';

/** @throws InvalidInput if the number of seeds is none from 1. */
export async function foundPages([number = '20']: readonly string[]): Promise<Pages> {
  const seeds = integer(1)(Number(number), 'generate found: N');
  const draws = Array.from({ length: seeds }, (_, i) => ({ runs: RUNS, seed: SEED + i }));
  const asked = new Map<string, string[]>();
  const fates: Fate[] = [];
  for (const [i, mutant] of FOUND.entries()) {
    if (i % 25 === 0) process.stderr.write(`${i}/${FOUND.length} ${mutant.file}: ${mutant.scope}\n`);
    const key = keyOf(mutant);
    const first = asked.get(key) ?? [...(caughtBy(mutant) ?? [])];
    // To survive everything takes as long as a whole run: here they are asked what the others fall to.
    const questions = explanationOf(mutant) === undefined ? QUESTIONS : chosen(first, QUESTIONS);
    const fate = await follow(mutant, first, questions, draws);
    fates.push(fate);
    const fresh = fate.falls.filter((id) => id !== undefined && id !== LOADING);
    asked.set(key, [...new Set([...first, ...fresh.filter((id) => id !== undefined)])]);
  }
  const text = JSON.stringify(namedQuestions(fates));
  const json = await format(text, { ...(await resolveConfig(CAUGHT_BY)), filepath: CAUGHT_BY });
  return new Map([
    [CAUGHT_BY, json],
    [PAGE, renderFound(fates, seeds)],
  ]);
}

const keyOf = ({ file, scope }: { readonly file: string; readonly scope: string }): string => `${file} ${scope}`;

/** By file and scope, the questions that were answered wrongly, those that catch most first. */
function namedQuestions(fates: readonly Fate[]): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    SOURCES.map((file) => {
      const counts = new Map<string, Map<string, number>>();
      for (const { mutant, falls } of fates.filter((fate) => fate.mutant.file === file)) {
        const ofScope = counts.get(mutant.scope) ?? new Map<string, number>();
        counts.set(mutant.scope, ofScope);
        for (const id of falls) if (id !== undefined && id !== LOADING) ofScope.set(id, (ofScope.get(id) ?? 0) + 1);
      }
      const rows = [...counts].map(([scope, ids]) => {
        return [scope, [...ids].sort(([, a], [, b]) => b - a).map(([id]) => id)] as const;
      });
      return [file, Object.fromEntries(rows)];
    }),
  );
}
