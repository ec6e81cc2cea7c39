import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { includeDialects, renderDialects } from '../../scripts/dialects/table.ts';
import { DIALECT_NAMES } from '../../src/optim/dialects.ts';
import { DIALECTS } from '../../spec/implementation.ts';
import { LAWS } from '../../spec/laws/all.ts';

const page = readFileSync(new URL('../../docs/adafactor-dialects.md', import.meta.url), 'utf8');

it('stands in the page as it is in the code (npm run generate)', () => {
  expect(includeDialects(page)).toBe(page);
  expect(renderDialects().match(/^\|/gm)?.length).toBeGreaterThan(10);
});

it('refuses a page without its marks', () => {
  expect(() => includeDialects('# nothing')).toThrow('docs/adafactor-dialects.md: expected');
});

it('has the dialects of the protocol, and laws for each', () => {
  expect([...DIALECT_NAMES]).toEqual([...DIALECTS]);
  for (const dialect of DIALECT_NAMES) {
    const laws = LAWS.filter(({ needs }) => needs.optimizer === 'adafactor' && (needs.dialect ?? 't5x') === dialect);
    expect(laws.length, dialect).toBeGreaterThan(5);
  }
});
