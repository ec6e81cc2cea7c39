import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findDifferences, isScoredCorpora, SEPARATED } from './corpora.ts';

const path = new URL('./bleuScores.json', import.meta.url);
const file: unknown = JSON.parse(readFileSync(path, 'utf8'));
if (!isScoredCorpora(file)) throw new TypeError(`${path.href}: expected what test/peers/texts writes`);
const { sacrebleu, cases } = file;

describe(`BLEU is that of sacreBLEU ${sacrebleu}`, () => {
  it('parts words where Python does: one separator at a time', () => {
    const separated = cases.slice(0, SEPARATED.length);
    expect(separated.map(({ references }) => references)).toEqual(SEPARATED.map(({ references }) => references));
    expect(separated.flatMap(findDifferences)).toEqual([]);
  });

  it('has its statistics and scores on corpora of all that some language calls white space', () => {
    const corpora = cases.slice(SEPARATED.length);
    expect(corpora.length).toBeGreaterThanOrEqual(100);
    expect(corpora.flatMap(findDifferences)).toEqual([]);
  });
});
