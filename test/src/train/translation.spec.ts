/**
 * A T5 as it is trained and measured: batches that do not depend on how they are cut, what is left out, and a whole run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tape } from '../../../src/autograd/tape.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { computeBleu } from '../../../src/metrics/bleu.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import { evaluate } from '../../../src/train/evaluate.ts';
import { measureAnswers, measureRows } from '../../../src/metrics/measure.ts';
import { readRowScores } from '../../../src/run/rowRecord.ts';
import { openModel } from '../../../src/run/openModel.ts';
import type { TrainResult } from '../../../src/run/result.ts';
import { createTaskBatches } from '../../../src/train/taskBatches.ts';
import { readTask } from '../../../src/data/tasks.ts';
import type { MicroBatch } from '../../../src/models/textModel.ts';
import { createT5World, type T5World } from './t5World.ts';
import { resultOfRun } from './trained.ts';

let world: T5World;
beforeAll(() => {
  world = createT5World();
});
afterAll(() => world.remove());

const chosen = (): ReturnType<typeof readTask> => readTask({ task: 'de-en', data: world.data });

/** Σ of the targets' cross-entropies, and its gradient. */
function lossOf(batches: readonly MicroBatch[]): { loss: number; gradient: Float32Array } {
  const kernels = createKernels('simd');
  const theta = kernels.memory.copyOf(world.theta);
  const gradient = kernels.memory.floats(theta.length);
  const tape = new Tape(kernels, 'record');
  let loss = 0;
  for (const batch of batches)
    loss += tape.step(() => {
      const sum = batch.loss(tape, theta, gradient, { factor: 1 });
      tape.backward(sum);
      return sum.data[0];
    });
  return { loss, gradient };
}

describe('dataset of a T5', () => {
  it('have the loss and the gradient of the whole batch, however it is cut', () => {
    const { model } = world;
    const dataset = model.dataset(chosen().train, 'refuse', 'train');
    const indices = [7, 3, 22, 11, 0, 29, 14];
    const whole = lossOf(dataset.batches(indices, 7));
    for (const atOnce of [1, 2, 5]) {
      const parts = dataset.batches(indices, atOnce);
      expect(parts).toHaveLength(Math.ceil(7 / atOnce));
      const cut = lossOf(parts);
      // Sums of float32 in another order: each of the some hundred terms is rounded once, relative to the sum.
      expect(Math.abs(cut.loss - whole.loss) / whole.loss).toBeLessThan(300 * 2 ** -24);
      const scale = Math.max(...whole.gradient.map(Math.abs));
      cut.gradient.forEach((g, i) => expect(Math.abs(g - whole.gradient[i])).toBeLessThan(300 * 2 ** -24 * scale));
    }
  });

  it('count what they predict: every token of every translation and its end', () => {
    const { model } = world;
    const { train } = chosen();
    const batches = model.dataset(train, 'refuse', 'train').batches([0, 1, 2, 3], 3);
    const targets = train.slice(0, 4).reduce((sum, { label }) => sum + model.tokensOf(label), 0);
    expect(batches.reduce((sum, batch) => sum + batch.targets, 0)).toBe(targets);
  });

  it('leave out and count what is longer than the context, or refuse it by its place', () => {
    const { model } = world;
    const long = { text: 'Hund '.repeat(60), label: 'dog' };
    const examples = [...chosen().train.slice(0, 3), long, chosen().train[4]];
    expect(model.dataset(examples, 'skip', 'train')).toMatchObject({ count: 4, leftOut: 1 });
    expect(() => model.dataset(examples, 'refuse', 'train')).toThrow(/^train\[3\]: expected at most 40 tokens/);
    const known = examples.with(3, { ...long, where: 'mine/train.de:17' });
    expect(() => model.dataset(known, 'refuse', 'train')).toThrow(/^mine\/train\.de:17: expected at most 40 tokens/);
  });
});

describe('a pair of languages as a task', () => {
  it('says where sentences can be had, where there is no folder', () => {
    expect(() => readTask({ task: 'de-en', data: null })).toThrow(/--data FOLDER .*multi30k/);
    expect(() => readTask({ task: 'supersense', data: world.data })).toThrow(/^--data: expected a pair of languages/);
    for (const task of ['supersense', 'phonemes', 'a/folder'])
      expect(() => readTask({ task, data: null, test: 'test' })).toThrow(/^--test: expected a pair of languages/);
  });

  it('tells what has an empty side and is left out', () => {
    const other = createT5World();
    other.write('val', 'eins\n\nzwei\n', 'one\nnothing\n\n');
    const task = readTask({ task: 'de-en', data: other.data });
    expect(task.development).toEqual([{ text: 'eins', label: 'one', where: join(other.data, 'val.de:1') }]);
    expect(task.notes).toEqual([`${other.data}: 2 pairs with an empty side are left out`]);
    other.remove();
  });

  it('refuses a training split of which nothing fits', () => {
    const task = { ...chosen(), train: [{ text: 'x '.repeat(100), label: 'y' }] };
    expect(() => createTaskBatches(task, world.model, { batch: 2, accumulation: 1, randomSeed: 1 })).toThrow(
      /^task de-en: train: expected at least one example that fits into the context, got "?none of 1/,
    );
  });
});

describe('a run of translation', () => {
  let result: TrainResult;
  const folder = (): string => join(world.root, 'run');
  beforeAll(async () => {
    const config = readTrainConfig(
      {
        model: world.seed,
        task: 'de-en',
        data: world.data,
        method: 'dst',
        epsilon: 0.3,
        beams: 3,
        steps: 40,
        batch: 10,
        accumulation: 3,
        learningRate: 0.2,
        minDimSizeToFactor: 8,
        evaluateEvery: 20,
      },
      'spec',
    );
    result = await resultOfRun(folder(), config, { task: chosen() });
  });

  it('is measured in corpus BLEU of its beams’ answers, on the scale of 100', () => {
    const kernels = createKernels('simd');
    const { model, theta } = openModel(folder());
    const task = chosen();
    const answerer = { model, kernels, theta: kernels.memory.copyOf(theta) };
    const { answers, ...measure } = evaluate(answerer, task, task.test, { beams: 3, lengthPenalty: 0.6 });
    expect(measure).toEqual(result.metric);
    expect(result.metric).toMatchObject({ metric: 'BLEU', scale: 'points', count: 9 });
    expect(result.metric.value).toBe(computeBleu(answers, [task.test.map(({ label }) => label)]).score);
    expect(result.metric.low).toBeLessThanOrEqual(result.metric.value);
    expect(result.samples.map(({ answer }) => answer)).toEqual(answers);
  });

  it('has the statistics of each sentence, which add up to that', () => {
    expect(measureRows('BLEU', readRowScores(result.rows, 'rows'))).toEqual(result.metric);
  });

  it('learns: BLEU is above that of the seed', () => {
    const kernels = createKernels('simd');
    const task = chosen();
    const seed = { model: world.model, kernels, theta: kernels.memory.copyOf(world.theta) };
    expect(result.metric.value).toBeGreaterThan(evaluate(seed, task, task.test).value + 5);
  });

  it('changes a subset of the T5, and the subset gives back the tuned model', () => {
    const { changed, size } = result;
    expect(changed).toBeLessThanOrEqual(0.3 * size + 40);
    expect(changed).toBeGreaterThan(0.2 * size);
    expect(openModel(folder()).fingerprint).toBe(result.fingerprint);
    expect(readFileSync(join(folder(), 'config.json'), 'utf8')).toContain('"task": "de-en"');
  });
});

describe('measureAnswers', () => {
  const examples = [
    { text: 'r e a d', label: 'R IY D', references: ['R IY D', 'R EH D'] },
    { text: 'c a t', label: 'K AE T' },
  ];

  it('takes any of the references as right, and tells the phoneme error rate beside it', () => {
    const { value, correct, count, also } = measureAnswers('exact match', ['R EH D', 'K AE'], examples);
    expect({ value, correct, count }).toEqual({ value: 0.5, correct: 1, count: 2 });
    expect(also).toMatchObject({ metric: 'phoneme error rate', value: 1 / 6 });
  });

  it('refuses answers of another number, and none', () => {
    expect(() => measureAnswers('accuracy', ['a'], examples)).toThrow('scoreRows: answers: expected 2');
    expect(() => measureAnswers('accuracy', [], [])).toThrow('scoreRows: examples: expected at least one');
  });
});
