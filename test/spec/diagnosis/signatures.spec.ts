/**
 * The signatures are those of today's mutants and laws; `npm run generate -- signatures` makes what is missing.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { loadSignatures } from '../../../spec/diagnosis/signatures.ts';
import { findLaw, LAWS } from '../../../spec/laws/all.ts';
import { checkLaw } from '../../../spec/check.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { isDeep } from '../../run/runs.ts';

const { laws, mutants } = loadSignatures();

describe('spec/diagnosis/signatures.json', () => {
  it('has every law and every mutant, and no other', () => {
    expect([...laws].sort()).toEqual(LAWS.map(({ id }) => id).sort());
    expect(mutants.map(({ name }) => name)).toEqual(MUTANTS.map(({ name }) => name));
  });

  it('has each mutant fail the laws that it names', () => {
    const holes = MUTANTS.flatMap(({ name, caughtBy }) => {
      const always = mutants.find((signature) => signature.name === name)?.always;
      return caughtBy.filter((id) => always?.has(id) !== true).map((id) => `${name}: ${id}`);
    });
    expect(holes).toEqual([]);
  });

  it('tells the truth: a law fails within so many inputs', { timeout: 600_000 }, async () => {
    const every = isDeep() ? 1 : 10;
    for (const [i, mutant] of MUTANTS.entries()) {
      if (i % every !== 0) continue;
      for (const [id, inputs] of mutants[i].always) {
        const law = findLaw(id) ?? expect.fail(`no law is called ${id}`);
        const verdict = await checkLaw(law, createLiteral(mutant), {
          runs: inputs * law.weight,
          seed: 1,
          shrinks: false,
        });
        expect({ mutant: mutant.name, id, state: verdict.state }).toEqual({ mutant: mutant.name, id, state: 'fail' });
      }
    }
  });
});

describe('the names of the mutants', () => {
  it('say in one short line what is wrong, without the words of the code', () => {
    const code = /[{}`;]|=>|\b[a-z]+[A-Z]\w*\(|\b(pieces|isKept|mutant)\b/;
    const bad = MUTANTS.map(({ name }) => name).filter(
      (name) => name.length > 80 || name.includes('\n') || code.test(name),
    );
    expect(bad).toEqual([]);
  });
});
