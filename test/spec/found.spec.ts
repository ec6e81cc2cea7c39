/**
 * The laws are complete on the page and on the literal AdaFactor: whatever is changed in one place falls, or is explained.
 * A test run asks every second mutant, and each explained one, what those of its function fell to; a deep run, at many
 * seeds, asks them all, and everything.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { caughtBy } from '../../scripts/found/caughtBy.ts';
import { EXPLANATIONS, explanationOf } from '../../scripts/found/explained.ts';
import { LOADING, openTrial } from '../../scripts/found/falls.ts';
import { chosen, follow, RUNS } from '../../scripts/found/fates.ts';
import { QUESTIONS } from '../../scripts/found/questions.ts';
import { FOUND, readSource, SOURCES } from '../../scripts/found/sources.ts';
import { isDeep, seeds } from '../run/runs.ts';

const scopes = [...new Set(FOUND.map(({ file, scope }) => `${file} ${scope}`))].map((name) => ({
  name,
  mutants: FOUND.filter(({ file, scope }) => `${file} ${scope}` === name),
}));

/** A minute is enough for a test run. */
const EVERY = isDeep() ? 1 : 2;

describe.each(seeds(20))('changed in one place, seed %i', (seed) => {
  it.each(scopes)('$name', { timeout: isDeep() ? 7_200_000 : 120_000 }, async ({ mutants }) => {
    const [survivors, fallen]: [string[], string[]] = [[], []];
    for (const [i, mutant] of mutants.entries()) {
      const first = caughtBy(mutant) ?? [];
      const questions = isDeep() ? QUESTIONS : chosen(first, QUESTIONS);
      const isExplained = explanationOf(mutant) !== undefined;
      if (i % EVERY !== 0 && !isExplained) continue;
      // What is wrong falls soon; what is not takes as long as it is asked.
      const runs = isExplained && !isDeep() ? 20 : RUNS;
      const [fall] = (await follow(mutant, first, questions, [{ runs, seed }])).falls;
      if (fall === undefined && !isExplained) survivors.push(mutant.id);
      if (fall !== undefined && isExplained) fallen.push(`${mutant.id}: falls to ${fall}`);
    }
    expect({ 'survive without an explanation': survivors, 'are explained and fall': fallen }).toEqual({
      'survive without an explanation': [],
      'are explained and fall': [],
    });
  });
});

describe('a source with nothing changed', () => {
  it.each(SOURCES)('%s falls to nothing that is asked', { timeout: 120_000 }, async (file) => {
    const ask = openTrial({ file, text: readSource(file) });
    expect(await ask(QUESTIONS, { runs: isDeep() ? RUNS : 15, seed: seeds(1)[0] })).toBeUndefined();
  });

  it('falls if a question has a wrong answer, or if it cannot be loaded', async () => {
    const wrong = { id: 'never holds', holds: () => Promise.resolve(false) };
    const [file] = SOURCES;
    const drawn = { runs: 1, seed: 1 };
    expect(await openTrial({ file, text: readSource(file) })([wrong], drawn)).toBe('never holds');
    expect(await openTrial({ file, text: 'throw new Error();' })(QUESTIONS, drawn)).toBe(LOADING);
  });
});

describe('the explanations', () => {
  it('are of mutants that there are, each explained once', () => {
    const all = FOUND.map(({ file, id }) => `${file} ${id}`);
    const explained = EXPLANATIONS.flatMap(({ file, mutants }) => mutants.map((id) => `${file} ${id}`));
    expect(explained.filter((name) => !all.includes(name))).toEqual([]);
    expect(explained.filter((name, i) => explained.indexOf(name) !== i)).toEqual([]);
  });
});

describe('the record', () => {
  it('names the questions of each function, and no function that is gone', () => {
    for (const file of SOURCES) {
      const here = FOUND.filter((mutant) => mutant.file === file && explanationOf(mutant) === undefined);
      const missing = here.filter((mutant) => caughtBy(mutant) === undefined).map(({ scope }) => scope);
      expect([...new Set(missing)], `${file}: npm run generate -- found`).toEqual([]);
    }
  });

  it('names questions that are asked', () => {
    const ids = new Set(QUESTIONS.map(({ id }) => id));
    const named = FOUND.flatMap((mutant) => caughtBy(mutant) ?? []);
    expect([...new Set(named)].filter((id) => !ids.has(id))).toEqual([]);
  });
});
