import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Example, MetricName } from '../../../src/data/task.ts';
import { measureAnswers, measureRows } from '../../../src/metrics/measure.ts';
import { scoreRows } from '../../../src/metrics/rowScores.ts';
import { readRowScores, recordRows, type RowRecord } from '../../../src/run/rowRecord.ts';
import { runs } from '../../run/runs.ts';

const METRICS: readonly MetricName[] = ['accuracy', 'BLEU', 'exact match'];

const sentence = fc
  .array(fc.constantFrom('AH', 'B', 'AW', 'T', '.'), { minLength: 1, maxLength: 7 })
  .map((words) => words.join(' '));

/** Examples with what was answered to them: often right, sometimes nothing. */
const answered = fc.array(
  fc.record({
    example: fc.oneof(
      fc.record({ text: fc.constant('a text'), label: sentence }),
      fc
        .tuple(sentence, sentence)
        .map(([label, other]): Example => ({ text: 'a text', label, references: [label, other] })),
    ),
    answer: fc.option(fc.oneof(sentence, fc.constant('')), { nil: null }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('the scores of rows', () => {
  it('add up to the metric, its interval and its second number, also when they were written down and read again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...METRICS), answered, (metric, rows) => {
        const examples = rows.map(({ example }) => example);
        const answers = rows.map(({ example, answer }) => answer ?? example.label);
        const scores = scoreRows(metric, answers, examples);
        const read = readRowScores(JSON.parse(JSON.stringify(recordRows(scores))) as RowRecord, 'rows');
        expect(read).toEqual(scores);
        expect(measureRows(metric, read)).toEqual(measureAnswers(metric, answers, examples));
      }),
      { numRuns: runs(40, 4) },
    );
  });

  it('stand in the order of the rows', () => {
    const examples = ['AH', 'B', 'AW'].map((label) => ({ text: 'a text', label }));
    for (const metric of METRICS) {
      const inOrder = scoreRows(metric, ['AH', 'T', ''], examples);
      expect(inOrder.correct, metric).toEqual([true, false, false]);
      const alone = examples.map((example, i) => scoreRows(metric, [['AH', 'T', ''][i]], [example]));
      expect(inOrder.bleu, metric).toEqual(inOrder.bleu && alone.flatMap(({ bleu = [] }) => bleu));
      expect(inOrder.phonemes, metric).toEqual(inOrder.phonemes && alone.flatMap(({ phonemes = [] }) => phonemes));
    }
  });

  it.each<[RowRecord, string]>([
    [{ correct: '10x' }, 'rows: correct[2]: expected 0 or 1, got "x"'],
    [{ correct: '10', phonemes: ['0 3'] }, 'rows: phonemes: expected 2 rows, as correct has, got 1'],
    [
      { correct: '1', phonemes: ['0 3 4'] },
      'rows: phonemes[0]: expected 2 whole numbers with a space between them, got "0 3 4"',
    ],
    [{ correct: '1', bleu: ['1 1'] }, 'rows: bleu[0]: expected 10 whole numbers'],
  ])('are refused where a row is not what it should be: %j', (record, message) => {
    expect(() => readRowScores(record, 'rows')).toThrow(message);
  });
});
