import { describe, expect, it } from 'vitest';
import type { Trained } from '../../../cli/demo/compare.ts';
import { methodsOf, type DemoMethod } from '../../../cli/demo/methods.ts';
import { createRows, createSamples } from '../../../cli/demo/rows.ts';
import { readSeedMeasure } from '../../../cli/demo/seedMeasure.ts';
import { describeDemo, titleOf } from '../../../cli/demo/words.ts';
import { RESULT_FORMAT, type TrainResult } from '../../../src/run/result.ts';
import { syntheticReport, syntheticTranslation } from '../report/synthetic.ts';

const IDENTITY = { seed: '', tokenizer: null, data: null, code: null };
const SAMPLES = Array.from({ length: 12 }, (_, i) => ({ text: `text ${i}`, expected: `label ${i}` }));

/** Every method of the main job, trained to answer its own name. */
const resultOf = (method: DemoMethod): TrainResult => ({
  format: RESULT_FORMAT,
  rows: { correct: '101010101010' },
  learningRateFrom: 'given',
  identity: IDENTITY,
  earlier: [],
  method: method.method,
  epsilon: method.epsilon,
  learningRate: 1,
  steps: 1,
  task: 'any',
  split: 'test',
  metric: { metric: 'accuracy', scale: 'share', value: 0.5, low: 0.4, high: 0.6, correct: 6, count: 12 },
  size: 100,
  changed: 10,
  realisedFraction: 0.1,
  bytes: 60,
  seconds: 1,
  placement: [],
  overlap: null,
  samples: SAMPLES.map((sample) => ({ ...sample, answer: method.id })),
  fingerprint: '',
  warnings: [],
});
const SCORES = { correct: SAMPLES.map((_, i) => i % 2 === 0) };
const METHODS = methodsOf('supersense');
const trained = METHODS.map((method): Trained => ({
  method,
  runs: [{ randomSeed: 1, folder: method.id, result: resultOf(method), scores: SCORES }],
}));
const searched = (): null => null;
const measure = { value: 0.1, low: 0, high: 0.2 };

describe('the rows of the main job', () => {
  it('begin with what is not trained, then full fine-tuning', () => {
    expect(createRows('accuracy', trained, searched, measure, measure).map(({ method }) => method)).toEqual([
      ...['most frequent class', 'seed as it is', 'full fine-tuning', 'DST', 'DST', 'DST', 'random mask'],
    ]);
  });

  it('have no most frequent class where there are no classes', () => {
    const rows = createRows('accuracy', trained, searched, measure, null);
    expect(rows).toEqual(createRows('accuracy', trained, searched, measure, measure).slice(1));
  });
});

describe('the rows over several random seeds', () => {
  const bySeed = trained.map(({ method, runs: [run] }): Trained => {
    const better = { ...run.result, seconds: 3, metric: { ...run.result.metric, value: 1 } };
    const all = { correct: SCORES.correct.map(() => true) };
    return { method, runs: [run, { ...run, randomSeed: 7, result: better, scores: all }] };
  });
  const rows = createRows('accuracy', bySeed, ({ id }) => (id === 'full' ? 'guess' : null), measure, null);

  it('have the mean of the metric with an interval of rows and seeds, and every seed’s own', () => {
    const [, full, dst] = rows;
    expect(full).toMatchObject({ metric: 0.75, learningRate: 1, rateNote: 'guess', seconds: 2, bytes: 60 });
    expect(full.low).toBeLessThan(0.75);
    expect(full.high).toBeGreaterThan(0.75);
    expect(dst.rateNote).toBeNull();
    expect(dst.runs).toEqual([
      { randomSeed: 1, metric: 0.5, seconds: 1 },
      { randomSeed: 7, metric: 1, seconds: 3 },
    ]);
  });

  it('are shown with the spread, and the claims say how many random seeds they rest on', () => {
    const text = describeDemo({ ...syntheticReport(), rows }, 'runs/x', rows[2], 1000);
    expect(text).toMatch(/ 95 % interval +2 random seeds +learning rate /);
    expect(text).toMatch(/^full fine-tuning +75\.0 % .* 50\.0 to 100\.0 +1 \(guess\) .* 0:01 to 0:03$/m);
    expect(text).toContain('What the paper claims, on these rows and 2 random seeds (1, 7):');
  });
});

describe('the samples of the main job', () => {
  it('are ten, the seed before what was made of it', () => {
    const samples = createSamples(
      trained,
      SAMPLES.map((_, i) => `seed ${i}`),
    );
    expect(samples).toHaveLength(10);
    samples.forEach(({ text, answers }, i) => {
      expect(text).toBe(`text ${i}`);
      expect(Object.values(answers)).toEqual([
        ...[`seed ${i}`, 'full', 'dst-0.1', 'dst-0.01', 'dst-0.001', 'random-0.01'],
      ]);
      expect(Object.keys(answers).slice(0, 3)).toEqual(['seed as it is', 'full fine-tuning', 'DST ε = 10 %']);
    });
  });

  it('are without the seed where it was not asked', () => {
    expect(Object.keys(createSamples(trained, null)[0].answers)).toHaveLength(METHODS.length);
  });

  it('take along what else is right', () => {
    const references = ['label 0', 'another'];
    const [first, ...others] = trained;
    const [run] = first.runs;
    const result = { ...run.result, samples: [{ ...SAMPLES[0], references, answer: 'x' }] };
    const several = { ...first, runs: [{ ...run, result }] };
    expect(createSamples([several, ...others], null)[0].references).toEqual(references);
    expect(createSamples(trained, null)[0]).not.toHaveProperty('references');
  });
});

describe('what dst eval says of the seed', () => {
  const answer = { task: 'any', value: 0.5, low: 0.4, high: 0.6, answers: ['a', ''] };
  const share = { metricName: 'accuracy', metricScale: 'share' } as const;
  const points = { metricName: 'BLEU', metricScale: 'points' } as const;

  it('is read with its answers, empty ones too, and without the rest', () => {
    expect(readSeedMeasure(answer, share, 'seed')).toEqual({ value: 0.5, low: 0.4, high: 0.6, answers: ['a', ''] });
    expect(readSeedMeasure({ ...answer, value: 15.9, high: 17 }, points, 'seed').value).toBe(15.9);
  });

  it.each([
    [{ ...answer, answers: undefined }, 'seed: answers: expected a value, got "nothing"'],
    [{ ...answer, answers: 'a' }, 'seed: answers: expected a list of texts, got "a"'],
    [{ ...answer, answers: ['a', 1] }, 'seed: answers[1]: expected a text, got 1'],
    [{ ...answer, value: 15.9 }, 'seed: value: expected a number in [0, 1], got 15.9'],
    [null, 'seed: expected an object, got null'],
  ])('is refused: %j', (wrong, message) => {
    expect(() => readSeedMeasure(wrong, share, 'seed')).toThrow(message);
  });
});

describe('the main job as text', () => {
  const lines = (report: ReturnType<typeof syntheticReport>): string[] =>
    describeDemo(report, 'runs/x', report.rows[3], 1_050_000).split('\n');

  it('heads the column with the name of the metric, and writes it on its scale', () => {
    const [heading, , , full] = lines(syntheticTranslation());
    expect(heading).toMatch(/ BLEU +95 % interval/);
    expect(full).toMatch(/^full fine-tuning +20\.9 +20\.2 to 21\.5 /);
    const [headingOfShares, , , , fullOfShares] = lines(syntheticReport());
    expect(headingOfShares).toMatch(/ accuracy +95 % interval/);
    expect(fullOfShares).toMatch(/^full fine-tuning +69\.6 % +67\.5 to 71\.7 +0\.02 /);
  });

  it('tells what is not decided from what does not hold, and that it rests on one random seed', () => {
    const text = lines(syntheticReport()).join('\n');
    expect(text).toContain('What the paper claims, on these rows and one random seed (1):');
    expect(text).toMatch(/^ {2}not decided {4}Table 2 /m);
    expect(text).toMatch(/^ {2}does NOT hold {2}Table 2 /m);
  });

  it('is titled by the task, and the main job by its own name', () => {
    expect(titleOf('supersense')).toBe('Dynamic Subset Tuning: the main job');
    expect(titleOf('de-en')).toBe('Dynamic Subset Tuning: de-en');
  });

  it('ends with a line to try on a text of the task, quoted for a shell', () => {
    const report = { ...syntheticReport(), samples: [{ text: 'it\'s "here"', expected: 'x', answers: {} }] };
    expect(lines(report)).toContain(`Try: dst generate --model runs/x --prompt 'it'\\''s "here"'`);
    expect(lines({ ...report, samples: [] }).join('\n')).not.toContain('Try:');
  });
});
