import { expect, it } from 'vitest';
import { readMeasured } from '../../scripts/dialects/measured.ts';
import { knownFrom, renderAgreement, renderEnds } from '../../scripts/dialects/runs.ts';
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

it('says of each dialect whether its program was run, and in which version', () => {
  const { programs } = readMeasured();
  expect(knownFrom('t5x', programs)).toBe('read, not run');
  expect(knownFrom('optax', programs)).toMatch(/^run: optax \d+\.\d+/);
  expect(knownFrom('huggingface', programs)).toMatch(/^run: transformers 5.*; transformers 4/);
});

it('shows what was measured: NaN by its sizes, and a known failure by its name', () => {
  const [measured] = readMeasured().programs;
  const ends = { theirs: { rows: [{ outcome: 'NaN', from: -5, to: 38 } as const] }, ours: {} };
  const laws = { held: 1, expected: ['torch/defaults'], verdict: 'as expected' };
  const agreement = { cases: 1, numbers: 1000, worst: 70000, beyond: 3 };
  const programs = [{ ...measured, program: 'x 1', ends, laws, agreement }];
  expect(renderEnds(programs)).toContain('| x 1 | **NaN** 10⁻⁵ to 10³⁸ |');
  expect(renderAgreement(programs)).toContain('3 numbers are the other neighbour in bfloat16');
  expect(renderAgreement(programs)).toContain('| 1 | `torch/defaults` | as expected |');
});
