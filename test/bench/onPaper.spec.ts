import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { computePaperShare, computePaperStep, type PaperModel } from '../../bench/onPaper/onPaper.ts';
import { formatLarge, paperTable } from '../../bench/onPaper/table.ts';

const MODEL: PaperModel = { parameters: 1e9, tokens: 1e6, silos: 100, iterations: 10, machines: 8 };
const models = fc.record({
  parameters: fc.integer({ min: 1e3, max: 1e12 }),
  tokens: fc.integer({ min: 1, max: 1e7 }),
  silos: fc.integer({ min: 1, max: 1e4 }),
  iterations: fc.integer({ min: 1, max: 50 }),
  machines: fc.integer({ min: 1, max: 1e4 }),
});

describe('growth on paper', () => {
  test.prop([models])('exchanges counts: as much for any number of parameters', (model) => {
    const [small, large] = [model, { ...model, parameters: 10 * model.parameters }].map(computePaperStep);
    expect(large.iterativeExchange).toBe(small.iterativeExchange);
    expect(large.selectExchange).toBe(small.selectExchange);
    expect(large.gatherExchange).toBeCloseTo(10 * small.gatherExchange, 0);
    expect(large.iterativeBytes).toBe(10 * small.iterativeBytes);
  });

  test.prop([models])('reads the distances once more for each halving, and sends one more count a silo', (model) => {
    const [less, more] = [model, { ...model, iterations: model.iterations + 1 }].map(computePaperStep);
    expect(more.iterativeBytes - less.iterativeBytes).toBe(4 * model.parameters);
    expect(more.iterativeExchange - less.iterativeExchange).toBe(8 * model.silos);
    expect(more.selectBytes).toBe(less.selectBytes);
  });

  it('makes DST’s share small where tokens are many, and the whole of it where there are next to none', () => {
    const { optimizerBytes, iterativeBytes } = computePaperStep(MODEL);
    const shareAt = (tokens: number): number =>
      computePaperShare(computePaperStep({ ...MODEL, tokens }), iterativeBytes, 200);
    expect(shareAt(1e6)).toBeLessThan(0.01);
    expect(shareAt(1e-9)).toBeCloseTo(iterativeBytes / optimizerBytes, 6);
  });

  it('refuses what is no model', () => {
    expect(() => computePaperStep({ ...MODEL, silos: 0 })).toThrow('silos: expected a number above 0, got 0');
  });

  it('has a column a model, and bytes in readable units', () => {
    const { columns, rows } = paperTable();
    expect(columns.map(({ heading }) => heading)).toEqual(['parameters', '10⁹', '10¹⁰', '10¹¹']);
    for (const cells of rows) expect(cells).toHaveLength(4);
    expect([999, 1000, 12_345, 2e12].map(formatLarge)).toEqual(['999 B', '1 kB', '12.3 kB', '2 TB']);
  });
});
