/**
 * Pre-training in the small: a seed that can be opened, a log, and the same bits after any stop.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEvents } from '../../../src/files/events.ts';
import { openModel } from '../../../src/run/openModel.ts';
import { swapMerges } from '../train/fixture.ts';
import type { CorpusText } from '../../../src/pretrain/corpusText.ts';
import { pretrain, type PretrainResult } from '../../../src/pretrain/pretrain.ts';
import { readPretrainConfig } from '../../../src/pretrain/pretrainConfig.ts';

const root = mkdtempSync(join(tmpdir(), 'dst-pretrain-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const WORDS = ['a small cat', 'a large dog', 'an old tree', 'a rare rose', 'a common saw'];
const TEXT: CorpusText = {
  documents: WORDS.flatMap((definition, i) => WORDS.map((word) => [`${definition} ${i}`, word])),
  heldOut: ['a rare cat', 'an old dog'],
};
const STEPS = 8;
const CONFIG = readPretrainConfig(
  {
    vocabularySize: 270,
    modelSize: 8,
    layers: 1,
    heads: 2,
    feedForwardSize: 12,
    context: 64,
    rows: 2,
    length: 32,
    steps: STEPS,
    warmUp: 2,
    evaluateEvery: 3,
    dropout: 0.1,
  },
  'spec',
);

/** Trains to the end, stopping after the given steps; returns the folder and the last result. */
async function train(
  stops: readonly number[],
  config = CONFIG,
  { folder = join(mkdtempSync(join(root, 'run-')), 'seed'), text = TEXT, resume = false, stopAfter = Infinity } = {},
): Promise<{ folder: string; result: PretrainResult }> {
  let result: PretrainResult | undefined;
  for (const [i, stop] of [...stops, stopAfter].entries()) {
    const controller = new AbortController();
    result = await pretrain({
      config,
      folder,
      resume: resume || i > 0,
      signal: controller.signal,
      watcher: {
        stage: () => undefined,
        perplexity: () => undefined,
        step: ({ step }) => {
          if (step >= stop) controller.abort();
        },
      },
      checkpointSeconds: Infinity,
      readText: () => text,
    });
  }
  if (result === undefined) throw new Error('expected a result');
  return { folder, result };
}

it('a second run does not begin where one has begun', async () => {
  const { folder } = await train([], CONFIG, { stopAfter: 1 });
  const begun = readFileSync(join(folder, 'pretrain.json'), 'utf8');
  const second = train([], { ...CONFIG, steps: CONFIG.steps + 1 }, { folder });
  await expect(second).rejects.toThrow('--out: expected a folder in which no run has begun (or --resume)');
  expect(readFileSync(join(folder, 'pretrain.json'), 'utf8')).toBe(begun);
});

/** Both objectives: the next token, and replaced spans, whose rows are running text. */
const CONFIGS = [
  ['decoder', CONFIG],
  ['t5', { ...CONFIG, architecture: 't5', vocabularySize: 300, tiedEmbedding: false, length: 12 }],
] as const;

describe.each(CONFIGS)('pretrain of a %s', (architecture, config) => {
  it('leaves a seed that opens, and nothing of the run', async () => {
    const { folder, result } = await train([], config);
    const { theta, model } = openModel(folder);
    expect(result).toMatchObject({ finished: true, step: STEPS, parameters: theta.length });
    expect(model.config).toMatchObject({ modelSize: 8, vocabularySize: config.vocabularySize });
    expect('encoderLayers' in model.config).toBe(architecture === 't5');
    expect(existsSync(join(folder, 'checkpoint.safetensors'))).toBe(false);
    const perplexities = readEvents(join(folder, 'log.jsonl')).filter(({ kind }) => kind === 'perplexity');
    expect(perplexities.map(({ step }) => step)).toEqual([3, 6, 8]);
    expect(perplexities.at(-1)?.['value']).toBe(result.perplexity);
  });

  it.each([[[1]], [[5]], [[3, 4, 7]]])(
    'stopped after the steps %j gives the bits of the unbroken run',
    async (stops) => {
      const [a, b] = [await train([], config), await train(stops, config)];
      for (const name of ['model.safetensors', 'tokenizer.json', 'config.json', 'log.jsonl', 'pretrain.json']) {
        expect(readFileSync(join(b.folder, name)), name).toEqual(readFileSync(join(a.folder, name)));
      }
    },
  );

  it('does not go on with another corpus, or another tokenizer, and names it', async () => {
    const { folder } = await train([], config, { stopAfter: 3 });
    const goOn = (text = TEXT): ReturnType<typeof train> => train([], config, { folder, text, resume: true });
    const checkpoint = readFileSync(join(folder, 'checkpoint.safetensors'));
    const [[first, ...rest], ...documents] = TEXT.documents;
    for (const [text, message] of [
      [{ ...TEXT, documents: [[`${first}s`, ...rest], ...documents] }, 'documents: 25 rows'],
      [{ ...TEXT, documents: documents.slice(1) }, 'documents: 25 rows'],
      [{ ...TEXT, heldOut: TEXT.heldOut.slice(1) }, 'heldOut: 2 rows'],
    ] as const)
      await expect(goOn(text)).rejects.toThrow(`${folder}: expected the corpus of the run, got another: ${message}`);
    const tokenizer = join(folder, 'tokenizer.json');
    const json = readFileSync(tokenizer, 'utf8');
    writeFileSync(tokenizer, swapMerges(json));
    await expect(goOn()).rejects.toThrow(/got another: tokenizer\.json: \w{12} then, \w{12} now$/);
    writeFileSync(tokenizer, json);
    expect(readFileSync(join(folder, 'checkpoint.safetensors'))).toEqual(checkpoint);
    expect((await goOn()).result.finished).toBe(true);
  });

  it('refuses sizes that do not fit', async () => {
    await expect(train([], { ...config, heads: 3 })).rejects.toThrow(/heads/);
  });

  it('says how many tokens the text gives where it gives too few', async () => {
    await expect(train([], { ...config, vocabularySize: 2000 })).rejects.toThrow(
      /vocabularySize: expected at most the \d+ that the text gives, got 2000/,
    );
  });
});
