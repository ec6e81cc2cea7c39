import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLaw, LAWS } from '../../spec/laws/all.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import { FORMATS, isDenormal } from '../../spec/oracle/formats.ts';
import type { Dtype } from '../../spec/implementation.ts';
import { TAGS, tagsOf } from '../../spec/tags.ts';

describe('the inputs of the laws', () => {
  it('hold every sort of number within a default run', () => {
    const { capabilities } = createLiteral({ name: 'literal' });
    const laws = ['eq7/kept-values-are-the-candidates', 'eq6/infinite-distances-come-last'];
    const found = laws.flatMap((id) => {
      const law = findLaw(id) ?? expect.fail(id);
      return fc.sample(law.inputs(capabilities), { numRuns: 150, seed: 1 });
    });
    const tags = new Set(found.flatMap((input) => tagsOf(input, FORMATS.float32)));
    expect(TAGS.filter((tag) => !tags.has(tag))).toEqual([]);
  });

  it.each(['float32', 'float64', 'bfloat16'] satisfies Dtype[])('are exact in %s', (dtype) => {
    const { capabilities } = createLiteral({ name: dtype, dtype });
    const { round } = FORMATS[dtype];
    const inexact = (value: unknown): unknown[] => {
      if (typeof value === 'number') return Object.is(round(value), value) ? [] : [value];
      if (typeof value !== 'object' || value === null) return [];
      // Lengths are no numbers of the format.
      return Object.entries(value).flatMap(([name, entry]) =>
        name === 'silos' || name === 'shapes' ? [] : inexact(entry),
      );
    };
    for (const law of LAWS) {
      // Optimizer options such as 0.8 are constants of the formula, not numbers of the format; draws make numbers.
      if (law.operation === 'optimize' || law.id.startsWith('alg2/realises')) continue;
      const inputs = fc.sample(law.inputs(capabilities), { numRuns: 20, seed: 1 });
      expect({ law: law.id, inexact: inputs.flatMap(inexact).slice(0, 3) }).toEqual({ law: law.id, inexact: [] });
    }
  });
});

describe('formats', () => {
  it('round bfloat16 to the nearest, ties to even', () => {
    const { round } = FORMATS.bfloat16;
    expect(round(1 + 2 ** -8)).toBe(1);
    expect(round(1 + 3 * 2 ** -8)).toBe(1 + 2 ** -6);
    expect(round(1 + 2 ** -8 + 2 ** -20)).toBe(1 + 2 ** -7);
    expect(round(-3.40282e38)).toBe(-Infinity);
    expect(round(-0)).toBe(-0);
    expect(round(NaN)).toBeNaN();
  });

  it('know their denormals', () => {
    expect(isDenormal(FORMATS.float32, 2 ** -127)).toBe(true);
    expect(isDenormal(FORMATS.float32, 2 ** -126)).toBe(false);
    expect(isDenormal(FORMATS.float32, 0)).toBe(false);
    expect(isDenormal(FORMATS.float64, 2 ** -127)).toBe(false);
  });
});
