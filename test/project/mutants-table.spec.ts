import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderMutants } from '../../scripts/mutants/render.ts';
import { catchesOf } from '../../scripts/mutants/catches.ts';
import { findLaw, LAWS } from '../../spec/laws/all.ts';
import { MUTANTS } from '../../spec/mutants/all.ts';

const page = readFileSync(new URL('../../docs/conformance/who-catches-whom.md', import.meta.url), 'utf8');

it('names every mutant with the laws that it names, and every law (npm run generate -- mutants)', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  for (const { name, caughtBy } of MUTANTS) {
    const row = rows.find((line) => line.startsWith(`| ${name.replaceAll('|', '\\|')} |`)) ?? '';
    expect({ name, missing: caughtBy.filter((law) => !row.includes(`\`${law}\``)) }).toEqual({ name, missing: [] });
  }
  expect(LAWS.filter(({ id }) => !rows.some((line) => line.startsWith(`| \`${id}\` |`)))).toEqual([]);
  expect(page).not.toContain('**never**');
});

it('counts the inputs until a law breaks, and names the others that break', async () => {
  const mutant = MUTANTS.find(({ name }) => name === 'Eq. 9: intersection over union') ?? expect.fail('no such mutant');
  const laws = ['eq9/share-in-common', 'eq9/unequal-sizes', 'silos/none'].map((id) => findLaw(id) ?? expect.fail(id));
  const named = { ...mutant, caughtBy: ['eq9/share-in-common'] };
  const found = await catchesOf(named, laws, 2);
  expect(found.others).toEqual(['eq9/unequal-sizes']);
  expect(found.named).toMatchObject([{ law: 'eq9/share-in-common', caught: 2 }]);
  expect(found.named[0].inputs.every((count) => count >= 1 && count <= 150)).toBe(true);
  const text = renderMutants([found], laws, 2);
  expect(text).toContain('| Eq. 9: intersection over union | `eq9/share-in-common` (');
  expect(text).toContain('| `silos/none` | paper | 0 |');
  const never = { ...found, named: [{ law: 'silos/none', caught: 0, inputs: [] }] };
  expect(renderMutants([never], laws, 2)).toContain('`silos/none` **never**');
});
