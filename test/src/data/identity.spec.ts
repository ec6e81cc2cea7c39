import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeOtherData, identifyData, keyOfData } from '../../../src/data/identity.ts';
import { SPLITS, type Example, type TaskData } from '../../../src/data/task.ts';
import { runs } from '../../run/runs.ts';

const text = fc.string({ minLength: 1, unit: 'grapheme' });
const example: fc.Arbitrary<Example> = fc.record(
  { text, label: text, references: fc.array(text, { minLength: 1, maxLength: 3 }) },
  { requiredKeys: ['text', 'label'] },
);
const rows = fc.array(example, { maxLength: 6 });
const tasks: fc.Arbitrary<TaskData> = fc.record({
  name: text,
  metric: fc.constant('accuracy'),
  tooLong: fc.constant('refuse'),
  labels: fc.constant([]),
  train: rows,
  development: rows,
  test: rows,
});

describe('the identity of data', () => {
  it('is of the rows alone', () => {
    fc.assert(
      fc.property(tasks, text, (task, name) => {
        const again = { ...structuredClone(task), name, source: 'elsewhere', notes: ['a note'] };
        const [then, now] = [identifyData(task), identifyData(again)];
        expect(describeOtherData(then, now)).toBe('');
        expect(keyOfData(now)).toBe(keyOfData(then));
      }),
      { numRuns: runs(100) },
    );
  });

  it('is another for any other row, order, label, right answer or split, and names exactly the splits that differ', () => {
    const others = fc.tuple(tasks, fc.subarray([...SPLITS], { minLength: 1 }), fc.nat(), example, fc.nat(3));
    fc.assert(
      fc.property(others, ([task, splits, place, extra, kind]) => {
        const changed = { ...task };
        for (const split of splits) changed[split] = change(task[split], place, extra, kind);
        const differs = splits.filter((split) => JSON.stringify(changed[split]) !== JSON.stringify(task[split]));
        const [then, now] = [identifyData(task), identifyData(changed)];
        const named = describeOtherData(then, now)
          .split('; ')
          .filter((part) => part !== '')
          .map((part) => part.slice(0, part.indexOf(':')));
        expect(named.sort()).toEqual([...differs].sort());
        expect(keyOfData(then) === keyOfData(now)).toBe(differs.length === 0);
        for (const split of SPLITS)
          expect(keyOfData(then, [split]) === keyOfData(now, [split])).toBe(!differs.includes(split));
      }),
      { numRuns: runs(200) },
    );
  });

  it('does not take the end of one field for the beginning of the next', () => {
    const only = (train: readonly Example[]): TaskData => ({
      name: '',
      metric: 'BLEU',
      tooLong: 'skip',
      labels: [],
      train,
      development: [],
      test: [],
    });
    const key = (...train: Example[]): string => keyOfData(identifyData(only(train)));
    const keys = [
      key({ text: 'a', label: 'b c' }),
      key({ text: 'a b', label: 'c' }),
      key({ text: 'a"', label: 'b c' }),
      key({ text: 'a', label: 'b', references: ['b', 'c'] }),
      key({ text: 'a', label: 'b' }, { text: 'c', label: 'd' }),
      key({ text: 'a', label: 'b\n["c","d"]' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(key({ text: 'a', label: 'b', references: ['b'] })).toBe(key({ text: 'a', label: 'b' }));
  });
});

function change(list: readonly Example[], place: number, extra: Example, kind: number): readonly Example[] {
  const at = place % (list.length + 1);
  if (kind === 0) return [...list.slice(0, at), extra, ...list.slice(at)];
  if (kind === 1) return list.filter((_, i) => i !== at);
  if (kind === 2) return list.map((row, i) => (i === at ? { text: row.text, label: `${row.label}!` } : row));
  return [...list.slice(at), ...list.slice(0, at)];
}
