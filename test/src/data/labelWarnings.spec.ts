import { describe, expect, it } from 'vitest';
import { findLabelWarnings } from '../../../src/data/labelWarnings.ts';
import { countLabels, type Example, type TaskData } from '../../../src/data/task.ts';

/** A task of the labels given, each row with its file and line. */
function taskOf(parts: Readonly<Record<'train' | 'development' | 'test', readonly string[]>>): TaskData {
  const rows = (part: keyof typeof parts): Example[] =>
    parts[part].map((row, i) => {
      const [text, label = text] = row.split('\t');
      return { text, label, where: `t/${part}.tsv:${i + 1}` };
    });
  const [train, development, test] = [rows('train'), rows('development'), rows('test')];
  const labels = [...countLabels([...train, ...development, ...test]).keys()];
  return { name: 't', metric: 'accuracy', tooLong: 'refuse', labels, train, development, test };
}

const warningsOf = (train: readonly string[], test: readonly string[] = train): string[] =>
  findLabelWarnings(taskOf({ train, development: train, test }));

describe('warnings about labels', () => {
  it('are none for labels that are told apart by more than their writing, and for a task without classes', () => {
    expect(warningsOf(['animal', 'plant', 'tool', 'a plant', 'C', 'C++', 'C#'])).toEqual([]);
    const open = { ...taskOf({ train: ['a', 'A'], development: [], test: ['b'] }), labels: [] };
    expect(findLabelWarnings(open)).toEqual([]);
  });

  it('name a header in each part that has one, by file and line', () => {
    const warning = (file: string): string =>
      `t/${file}.tsv:1: "text" and "Label" look like the names of columns, and are read as a text and its label`;
    expect(warningsOf(['text\tLabel', 'a cat\tanimal'])).toEqual(['train', 'development', 'test'].map(warning));
    const inTest = warningsOf(['a cat\tanimal'], ['text\tLabel', 'a cat\tanimal']);
    expect(inTest).toContain(warning('test'));
  });

  it('name no header where a later row has the label too, or only a word of a sentence is a column’s name', () => {
    expect(warningsOf(['which topic\tquestion', 'a rose\tplant', 'where\tquestion'])).toEqual([]);
    expect(warningsOf(['the title of a text\tsports', 'a rose\tplant'])).toEqual([]);
  });

  it('name labels that train has not', () => {
    expect(warningsOf(['a', 'b'], ['a', 'c', 'b'])).toEqual([
      'no row of train has the label "c" (t/test.tsv:2): nothing teaches to answer so',
    ]);
    expect(warningsOf(['a', 'b'], ['c', 'd', 'e', 'f', 'g'])).toEqual([
      'no row of train has the 5 labels "c" (t/test.tsv:1), "d" (t/test.tsv:2), "e" (t/test.tsv:3) and 2 more: ' +
        'nothing teaches to answer so',
    ]);
  });

  it.each([
    ['caf\u00e9', 'cafe\u0301', 'Unicode normalisation'],
    ['ﬁsh', 'fish', 'Unicode normalisation'],
    ['Sport', 'sport', 'case'],
    ['ice cream', 'ice  cream', 'white space or invisible characters'],
    ['icecream', 'ice\u200bcream', 'white space or invisible characters'],
    ['icecream', 'ice cream', 'white space or invisible characters'],
    ['Ice Cream', 'icecream', 'case, white space and Unicode normalisation'],
  ])('name %j and %j, which differ in %s', (one, other, difference) => {
    expect(warningsOf([one, 'x', other])).toEqual([
      expect.stringMatching(
        new RegExp(
          `^the labels ".*" \\(t/train.tsv:[13]\\), ".*" \\(t/train.tsv:[13]\\) differ in ${difference} alone`,
        ),
      ),
    ]);
  });
});
