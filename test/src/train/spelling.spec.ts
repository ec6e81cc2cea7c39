import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countLabels, type Example, type TaskData } from '../../../src/data/task.ts';
import { InvalidInput } from '../../../src/errors.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import type { TrainResult } from '../../../src/run/result.ts';
import { createAsWritten, spellLabels } from '../../../src/train/spelling.ts';
import { checkPrompt, checkTexts } from '../../../src/train/textWarnings.ts';
import { createT5OfUnigrams } from './unigramT5.ts';
import { resultOfRun } from './trained.ts';

const { model, theta } = createT5OfUnigrams();

function taskOf(labels: readonly string[], texts: readonly string[] = labels.map(() => 'the cat')): TaskData {
  const train = labels.map((label, i): Example => ({ text: texts[i], label, where: `t/train.tsv:${i + 1}` }));
  return {
    name: 't',
    metric: 'accuracy',
    tooLong: 'refuse',
    labels: [...countLabels(train).keys()],
    train,
    development: [],
    test: [],
  };
}

describe('a label', () => {
  it.each([
    ['{the}', 'the'],
    ['ﬁn', 'fin'],
    ['the  cat', 'the cat'],
    ['the\u00a0cat', 'the cat'],
    ['the</s>cat', 'the'],
    ['<extra_id_0> cat', 'cat'],
    ['cat', 'cat'],
  ])('%j is %j to the tokenizer, and that answer counts as it', (label, spelling) => {
    const task = taskOf([label, 'schön']);
    expect(model.spell(label)).toBe(spelling);
    expect(createAsWritten(model, task)(spelling, task.train[0])).toBe(label);
    expect(createAsWritten(model, task)('other', task.train[0])).toBe('other');
  });

  it('of which the tokenizer leaves nothing is refused, by file and line', () => {
    const read = (): unknown => spellLabels(model, taskOf(['cat', '{}']));
    expect(read).toThrow(InvalidInput);
    expect(read).toThrow('t/train.tsv:2: expected a label with something in it that the tokenizer can say, got "{}"');
  });

  it('that the tokenizer makes another of is refused, both by name', () => {
    const read = (): unknown => spellLabels(model, taskOf(['the cat', '{the  cat}']));
    expect(read).toThrow(InvalidInput);
    expect(read).toThrow(
      't/train.tsv:2: expected a label that the tokenizer spells otherwise than "the cat" (t/train.tsv:1), which it spells "the cat", ' +
        'got "{the  cat}"',
    );
  });

  it('that is an answer among several counts as the one that is spelt so', () => {
    const example = { text: 'a', label: 'R EH', references: ['{R}', 'ﬁ'] };
    const task: TaskData = { ...taskOf([]), metric: 'exact match', labels: [], train: [example] };
    expect(createAsWritten(model, task)('fi', example)).toBe('ﬁ');
    expect(createAsWritten(model, { ...task, metric: 'BLEU' })('fi', example)).toBe('fi');
  });
});

describe('the texts of a task', () => {
  it('are told of where the tokenizer makes another label, knows nothing of a text, or ends it', () => {
    expect(checkTexts(model, taskOf(['ﬁn', 'cat', 'the'], ['жжж ж', 'the </s> cat', 'the ж']), ['train'])).toEqual([
      'the tokenizer makes "fin" of the label "ﬁn" (t/train.tsv:1): such answers count as the labels',
      'train: the tokenizer has a token for nothing in the text of 1 of 3 rows, first t/train.tsv:1',
      'train: the token that ends a text is spelt in 1 of 3 rows, which end there for the model, first t/train.tsv:2',
    ]);
  });

  it('are refused where nothing is left of them, by file and line', () => {
    const task = taskOf(['cat', 'the'], ['a', '\u2581']);
    expect(() => checkTexts(model, task)).toThrow(InvalidInput);
    expect(() => checkTexts(model, task)).toThrow(
      't/train.tsv:2: expected a text of which the tokenizer leaves something',
    );
  });

  it('are told of or refused also where one is asked alone', () => {
    expect(checkPrompt(model, 'the жук', '--prompt')).toEqual([]);
    expect(checkPrompt(model, 'жук', '--prompt')).toEqual(['--prompt: the tokenizer has a token for nothing in "жук"']);
    expect(() => checkPrompt(model, '\u2581', '--prompt')).toThrow('--prompt: expected a text of which the tokenizer');
  });

  it('say how much of translations cannot be said', () => {
    const task: TaskData = { ...taskOf(['the cat', 'the ж', 'Q'], ['a', 'a', 'a']), metric: 'BLEU', labels: [] };
    // ▁the ▁cat, ▁the ▁ ж, ▁ Q: two of seven
    expect(checkTexts(model, task)).toEqual([
      "train: the tokenizer lacks 2 of the answers' 7 tokens (29 %), which cannot be learnt or said, in 2 of 3 rows, first t/train.tsv:2",
    ]);
  });
});

describe('a run whose labels the tokenizer cannot spell', () => {
  const root = mkdtempSync(join(tmpdir(), 'dst-labels-'));
  afterAll(() => rmSync(root, { recursive: true }));

  const TEXTS = ['the cat', 'für Straße', 'schön', '1, 1'];
  const run = async (name: string, labels: readonly string[]): Promise<TrainResult> => {
    const [seed, task] = [join(root, `seed-${name}`), join(root, name)];
    model.write(seed, theta);
    mkdirSync(task);
    const rows = TEXTS.map((text, i) => `${text}\t${labels[i]}\n`).join('');
    for (const part of ['train', 'development', 'test']) writeFileSync(join(task, `${part}.tsv`), rows);
    const values = { model: seed, task, method: 'full', steps: 80, batch: 4, learningRate: 0.1 };
    return resultOfRun(join(root, `run-${name}`), readTrainConfig(values, 'spec'));
  };

  it('is as right as one whose labels are what it makes of them, and warns of each', async () => {
    const plain = await run('plain', ['the', 'fin', 'cats', 'the cat']);
    const odd = await run('odd', ['{the}', 'ﬁn', 'cats', 'the  cat']);
    expect(plain.metric.value).toBe(1);
    expect(odd.metric).toEqual(plain.metric);
    expect(odd.rows).toEqual(plain.rows);
    expect(odd.samples.map(({ answer }) => answer)).toEqual(odd.samples.map(({ expected }) => expected));
    expect(plain.warnings.filter((warning) => warning.includes('the tokenizer'))).toEqual([]);
    expect(odd.warnings.filter((warning) => warning.includes('the tokenizer'))).toEqual([
      expect.stringMatching(/^the tokenizer makes "the cat" of .*, "the" of .*, "fin" of /),
    ]);
  });
});
