import { expect, it } from 'vitest';
import { includeDialects, renderDialects } from '../../scripts/dialects/table.ts';
import { DIALECT_NAMES } from '../../src/optim/dialects.ts';
import { DIALECTS } from '../../spec/implementation.ts';
import { LAWS } from '../../spec/laws/all.ts';

it('has a table of more than a few rows', () => {
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
