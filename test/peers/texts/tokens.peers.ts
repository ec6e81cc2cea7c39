import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstalled, missing } from '../../../scripts/peers/environments.ts';
import { findTokenDifferences, isTokenCases, type TokenCases } from '../../src/text/tokenCases.ts';
import { anyText, tinyTokenizer } from '../../src/text/tiny.ts';
import { runSeed } from '../../run/runs.ts';
import { askPython } from '../python.ts';
import { toAscii } from './ascii.ts';

const ENVIRONMENT = 'tokenizers';
/** Beside the test of our tokenizer, which is held against it without a Python. */
const TABLE = new URL('../../src/text/tokenCases.json', import.meta.url).pathname;
/** Texts of the table in each file, and how many are drawn anew. */
const WRITTEN = 50;
const DRAWN = 3000;
const SEED = 2411_08610;

/** Of the drawn texts: others each time, and those of a failure again with its DST_SEED. */
const seed = process.env['DST_SEED'] === undefined ? Date.now() | 0 : runSeed();
const texts = (): string[] => fc.sample(anyText, { numRuns: DRAWN, seed });

describe('Hugging Face’s tokenizers', () => {
  it('makes of texts with added tokens what the table says (make it anew by -u)', async ({ skip }) => {
    if (!isInstalled(ENVIRONMENT)) skip(missing(ENVIRONMENT));
    const { versions, file, cases } = askCases({ count: WRITTEN, seed: SEED });
    const rows = cases.map(({ name, changes, texts: each }) => {
      const lines = each.map((row) => toAscii(JSON.stringify(row)));
      return (
        toAscii(`{"name": "${name}", "changes": ${JSON.stringify(changes)}, "texts": [`) + `\n${lines.join(',\n')}\n]}`
      );
    });
    const head =
      toAscii(`{"versions": ${JSON.stringify(versions)},`) + `\n${toAscii(`"file": ${JSON.stringify(file)},`)}`;
    await expect(`${head}\n"cases": [\n${rows.join(',\n')}\n]}\n`).toMatchFileSnapshot(TABLE);
  });

  it(`makes of ${DRAWN} texts with added tokens, drawn from ${seed}, what we make of them`, ({ skip }) => {
    if (!isInstalled(ENVIRONMENT)) skip(missing(ENVIRONMENT));
    const { file, cases } = askCases({ count: DRAWN, seed });
    expect(cases.flatMap((one) => findTokenDifferences(file, one))).toEqual([]);
  });

  it(`makes of ${DRAWN} texts of any characters, drawn from ${seed}, what we make of them under nmt_nfkc`, ({
    skip,
  }) => {
    if (!isInstalled(ENVIRONMENT)) skip(missing(ENVIRONMENT));
    const { file, cases } = askCases({ texts: texts() });
    // NFKC of the library knows no character that is newer than its tables, which are older than Python's: decision 0170
    const mapped = cases.filter(({ name }) => name !== 'nmt and NFKC');
    expect(mapped.flatMap((one) => findTokenDifferences(file, one))).toEqual([]);
  });

  it(`makes of ${DRAWN} texts, drawn from ${seed}, what our byte-level BPE makes of them`, ({ skip }) => {
    if (!isInstalled(ENVIRONMENT)) skip(missing(ENVIRONMENT));
    const tokenizer = tinyTokenizer();
    // of "<eos>" in a text the library makes the end, and ours does not: decision 0043
    const plain = texts().map((text) => text.replaceAll('<', '‹'));
    // blocks that have long been full: what is a letter there does not depend on the version of Unicode
    const asked = plain.map((text) => text.replace(/[^\0-\u052f\u2000-\u206f\u3041-\u30ff\u4e00-\u9fa5]/gu, '.'));
    const request = { tokenizer: tokenizer.json(), texts: asked };
    const answers = askPython(ENVIRONMENT, new URL('encode.py', import.meta.url), request) as [number[], string][];
    const ours = asked.map((text) => {
      const ids = [...tokenizer.encode(text)];
      return [ids, tokenizer.decode(ids)];
    });
    expect(ours).toEqual(answers);
  });
});

function askCases(
  request: { readonly count: number; readonly seed: number } | { readonly texts: string[] },
): TokenCases {
  const answer = askPython(ENVIRONMENT, new URL('addedTokens.py', import.meta.url), request);
  if (!isTokenCases(answer)) throw new TypeError('addedTokens.py: expected {versions, file, cases}');
  return answer;
}
