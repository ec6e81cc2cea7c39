import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstalled, missing } from '../../../scripts/peers/environments.ts';
import { anyCorpus, findDifferences, SEPARATED, type Corpus, type ScoredCorpus } from '../../src/metrics/corpora.ts';
import { askPython } from '../python.ts';
import { toAscii } from './ascii.ts';

const ENVIRONMENT = 'sacrebleu';
/** Beside the test of our BLEU, which is held against it without a Python. */
const TABLE = new URL('../../src/metrics/bleuScores.json', import.meta.url).pathname;
/** Corpora of the table, and how many are drawn anew. */
const WRITTEN = 150;
const DRAWN = 2000;
const SEED = 2411_08610;

describe('sacreBLEU', () => {
  it('says of corpora what the table says (make it anew by -u)', async ({ skip }) => {
    if (!isInstalled(ENVIRONMENT)) skip(missing(ENVIRONMENT));
    const corpora = [...SEPARATED, ...fc.sample(anyCorpus, { numRuns: WRITTEN, seed: SEED })];
    const { version, scored } = ask(corpora);
    const rows = scored.map((corpus) => toAscii(JSON.stringify(corpus)));
    await expect(`{"sacrebleu": "${version}",\n"cases": [\n${rows.join(',\n')}\n]}\n`).toMatchFileSnapshot(TABLE);
  });

  const seed = Date.now() | 0;
  it(`says of ${DRAWN} corpora that are drawn from ${seed} what we say`, ({ skip }) => {
    if (!isInstalled(ENVIRONMENT)) skip(missing(ENVIRONMENT));
    const { scored } = ask(fc.sample(anyCorpus, { numRuns: DRAWN, seed }));
    expect(scored.flatMap(findDifferences)).toEqual([]);
  });
});

function ask(corpora: readonly Corpus[]): { readonly version: string; readonly scored: readonly ScoredCorpus[] } {
  const { version, expected } = askPython(ENVIRONMENT, new URL('bleu.py', import.meta.url), corpora) as Answer;
  return { version, scored: corpora.map((corpus, i) => ({ ...corpus, expected: expected[i] })) };
}

interface Answer {
  readonly version: string;
  readonly expected: readonly ScoredCorpus['expected'][];
}
