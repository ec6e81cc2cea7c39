/**
 * The scores of rows as result.json keeps them: a character a row for right and wrong, a line of whole numbers a row for
 * what BLEU and the phoneme error rate add up.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { list, textOf } from '../text/json.ts';
import type { BleuStatistics } from '../metrics/bleu.ts';
import type { PhonemeErrors } from '../metrics/phonemeErrorRate.ts';
import type { RowScores } from '../metrics/rowScores.ts';

/** One entry a row, in the order of the split's rows. */
export interface RowRecord {
  /** `1` for an answer that is a right one, letter for letter, else `0`. */
  readonly correct: string;
  /**
   * sacreBLEU's statistics of each sentence in its order: words of the answer, words of the reference, runs of 1 to 4 words
   * that the reference has too, runs of 1 to 4 words.
   */
  readonly bleu?: readonly string[];
  /** Edits to the nearest reference, and its phonemes. */
  readonly phonemes?: readonly string[];
}

/** How many numbers a row has. */
const BLEU_NUMBERS = 10;
const PHONEME_NUMBERS = 2;

/** Writes scores down. */
export function recordRows({ correct, bleu, phonemes }: RowScores): RowRecord {
  return {
    correct: correct.map((right) => (right ? '1' : '0')).join(''),
    ...(bleu === undefined
      ? {}
      : {
          bleu: bleu.map(({ hypothesisLength, referenceLength, matches, totals }) =>
            [hypothesisLength, referenceLength, ...matches, ...totals].join(' '),
          ),
        }),
    ...(phonemes === undefined
      ? {}
      : { phonemes: phonemes.map(({ edits, referenceLength }) => `${edits} ${referenceLength}`) }),
  };
}

/**
 * Reads the `rows` of a run's result.json.
 *
 * @param where - what was read, for errors.
 * @throws InvalidInput if a row is not what it should be, or the lists differ in length.
 * @example
 * ```ts
 * readRowScores({ correct: '101' }, 'result.json: rows').correct; // [true, false, true]
 * ```
 */
export function readRowScores(record: RowRecord, where: string): RowScores {
  const correct = Array.from(textOf(record.correct, `${where}: correct`), (mark, i) => {
    if (mark !== '0' && mark !== '1') throw wrong(`${where}: correct[${i}]`, '0 or 1', mark);
    return mark === '1';
  });
  const rowsOf = <Row>(name: 'bleu' | 'phonemes', count: number, make: (numbers: readonly number[]) => Row): Row[] => {
    const place = `${where}: ${name}`;
    const lines = list(record[name], place);
    if (lines.length !== correct.length) throw wrong(place, `${correct.length} rows, as correct has`, lines.length);
    return lines.map((line, i) => make(readNumbers(line, count, `${place}[${i}]`)));
  };
  return {
    correct,
    ...(record.bleu === undefined ? {} : { bleu: rowsOf('bleu', BLEU_NUMBERS, toBleu) }),
    ...(record.phonemes === undefined ? {} : { phonemes: rowsOf('phonemes', PHONEME_NUMBERS, toPhonemes) }),
  };
}

function readNumbers(line: unknown, count: number, where: string): number[] {
  const words = textOf(line, where).split(' ');
  if (words.length !== count || !words.every((word) => /^\d+$/.test(word)))
    throw wrong(where, `${count} whole numbers with a space between them`, line);
  return words.map(Number);
}

function toBleu([hypothesisLength, referenceLength, ...runs]: readonly number[]): BleuStatistics {
  return { hypothesisLength, referenceLength, matches: runs.slice(0, 4), totals: runs.slice(4) };
}

function toPhonemes([edits, referenceLength]: readonly number[]): PhonemeErrors {
  return { edits, referenceLength };
}
