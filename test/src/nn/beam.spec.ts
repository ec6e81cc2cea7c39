import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beamSearch, type Advance, type BeamOptions } from '../../../src/nn/beam.ts';
import { runs } from '../../run/runs.ts';

const VOCABULARY = 4;
const END = 1;
const START = 0;

/** Logits as a pure function of all tokens before: a model without a cache, and one that remembers by rows. */
type Model = (tokens: readonly number[]) => number[];

function modelOf(table: readonly number[]): Model {
  return (tokens) => {
    const key = tokens.reduce((hash, token) => hash * 5 + token + 1, 7);
    return Array.from({ length: VOCABULARY }, (_, token) => table[(key * 11 + token * 3) % table.length]);
  };
}

/** Rows that remember their own tokens, as a cache does. */
function advanceOf(models: readonly Model[], beams: number): Advance {
  let rows: number[][] = Array.from({ length: models.length * beams }, () => []);
  return (parents, tokens) => {
    rows = Array.from(parents, (parent, row) => [...rows[parent], tokens[row]]);
    return Float32Array.from(rows.flatMap((row, i) => models[Math.floor(i / beams)](row)));
  };
}

const penalty = (length: number, alpha: number): number => ((5 + length) / 6) ** alpha;

function logSoftmax(logits: readonly number[]): number[] {
  const rounded = logits.map(Math.fround);
  const highest = Math.max(...rounded);
  const logSum = highest + Math.log(rounded.reduce((sum, x) => sum + Math.exp(x - highest), 0));
  return rounded.map((x) => x - logSum);
}

/** Every sentence of up to so many tokens, with its score: the definition of what a search looks for. */
function* allSentences(
  model: Model,
  { maximumTokens, lengthPenalty }: BeamOptions,
  tokens: readonly number[] = [],
  logProbability = 0,
): Generator<{ tokens: number[]; score: number }> {
  if (tokens.length === maximumTokens) {
    yield { tokens: [...tokens], score: logProbability / penalty(maximumTokens, lengthPenalty) };
    return;
  }
  const logs = logSoftmax(model([START, ...tokens]));
  for (const [token, log] of logs.entries()) {
    const next = logProbability + log;
    if (token === END) yield { tokens: [...tokens], score: next / penalty(tokens.length + 1, lengthPenalty) };
    else yield* allSentences(model, { maximumTokens, lengthPenalty } as BeamOptions, [...tokens, token], next);
  }
}

const table = fc.array(fc.integer({ min: -24, max: 24 }).map((eighths) => eighths / 8), { minLength: 5, maxLength: 40 }); // prettier-ignore
const lengthPenalty = fc.constantFrom(0, 0.6, 1);

describe('beam search', () => {
  it('finds the best sentence of all where no beginning has to be given up', () => {
    fc.assert(
      fc.property(table, lengthPenalty, fc.integer({ min: 1, max: 4 }), (values, alpha, maximumTokens) => {
        const model = modelOf(values);
        // As many beams as there are continuations of the greatest length.
        const options = { beams: 4 ** maximumTokens, end: END, maximumTokens, lengthPenalty: alpha };
        const [[best]] = beamSearch(1, START, advanceOf([model], options.beams), options);
        const scores = [...allSentences(model, options)].map(({ score }) => score);
        // The same float64 operations in another association: a few ulp of numbers of the order of 10.
        expect(best.score).toBeCloseTo(Math.max(...scores), 12);
      }),
      { numRuns: runs(100) },
    );
  });

  it('takes the likeliest token at each step where there is one beam', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 8 }), (values, maximumTokens) => {
        const model = modelOf(values);
        const options = { beams: 1, end: END, maximumTokens, lengthPenalty: 0 };
        const [[{ tokens }]] = beamSearch(1, START, advanceOf([model], 1), options);
        const greedy: number[] = [];
        while (greedy.length < maximumTokens) {
          const logits = model([START, ...greedy]);
          const token = logits.indexOf(Math.max(...logits));
          if (token === END) break;
          greedy.push(token);
        }
        expect([...tokens]).toEqual(greedy);
      }),
      { numRuns: runs(100) },
    );
  });

  it('finds for each sentence what it finds for it alone', () => {
    fc.assert(
      fc.property(fc.array(table, { minLength: 1, maxLength: 4 }), lengthPenalty, (tables, alpha) => {
        const models = tables.map(modelOf);
        const options = { beams: 3, end: END, maximumTokens: 6, lengthPenalty: alpha };
        const together = beamSearch(models.length, START, advanceOf(models, 3), options);
        const alone = models.map((model) => beamSearch(1, START, advanceOf([model], 3), options)[0]);
        expect(together).toEqual(alone);
      }),
      { numRuns: runs(100) },
    );
  });

  it('gives hypotheses in the order of their scores, each the score of its tokens', () => {
    fc.assert(
      fc.property(table, lengthPenalty, (values, alpha) => {
        const model = modelOf(values);
        const options = { beams: 4, end: END, maximumTokens: 5, lengthPenalty: alpha };
        const [found] = beamSearch(1, START, advanceOf([model], 4), options);
        const byTokens = new Map([...allSentences(model, options)].map(({ tokens, score }) => [tokens.join(), score]));
        found.forEach(({ tokens, score }, i) => {
          expect(score).toBeCloseTo(byTokens.get(tokens.join()) ?? NaN, 12);
          if (i > 0) expect(score).toBeLessThanOrEqual(found[i - 1].score);
        });
      }),
      { numRuns: runs(100) },
    );
  });

  it('refuses options that make no search', () => {
    const search = (changes: Partial<BeamOptions>) => (): unknown =>
      beamSearch(1, START, advanceOf([modelOf([0])], 1), {
        beams: 1,
        end: END,
        maximumTokens: 1,
        lengthPenalty: 0,
        ...changes,
      });
    expect(search({ beams: 0 })).toThrow('beamSearch: beams: expected a whole number of at least 1, got 0');
    expect(search({ maximumTokens: 0.5 })).toThrow('beamSearch: maximumTokens');
    expect(search({ lengthPenalty: -1 })).toThrow('beamSearch: lengthPenalty');
  });
});
