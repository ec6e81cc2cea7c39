import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findTokenDifferences, isTokenCases } from './tokenCases.ts';
import { endText } from '../../../src/text/document.ts';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';
import { createFinder, readAddedTokens } from '../../../src/text/addedTokens.ts';

const path = new URL('./tokenCases.json', import.meta.url);
const file: unknown = JSON.parse(readFileSync(path, 'utf8'));
if (!isTokenCases(file)) throw new TypeError(`${path.href}: expected what test/peers/texts writes`);

describe(`texts with added tokens are read as by tokenizers ${file.versions.tokenizers}`, () => {
  it.each(file.cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    expect(one.texts.length).toBeGreaterThan(0);
    expect(findTokenDifferences(file.file, one)).toEqual([]);
    const tokenizer = readTokenizer(JSON.stringify({ ...file.file, ...one.changes }), one.name);
    for (const [text, ids] of one.texts) expect([...endText(tokenizer, text)]).toEqual([...ids, tokenizer.end]);
  });
});

describe('added tokens', () => {
  const token = { special: false, normalized: true, single_word: false, lstrip: false, rstrip: false };

  it('are normalised unless they are special, where the file does not say', () => {
    const [plain, special] = readAddedTokens(
      [
        { id: 5, content: 'a' },
        { id: 6, content: 'b', special: true },
      ],
      't',
    );
    expect([plain.normalized, special.normalized]).toEqual([true, false]);
  });

  it('are found from the left, the longest first, and never within each other', () => {
    const contents = ['ab', 'abc', 'bcd', 'c.', 'c+', '[x]'];
    const find = createFinder(
      readAddedTokens(
        contents.map((content, id) => ({ ...token, id, content })),
        't',
      ),
    );
    expect(find('abcd')).toEqual([1, 'd']);
    expect(find('bcdc.cxc+')).toEqual([2, 3, 'cx', 4]);
    expect(find('[x]x')).toEqual([5, 'x']);
    expect(find('')).toEqual([]);
  });

  it('that have to stand alone do not stand beside a letter of two units', () => {
    const find = createFinder(readAddedTokens([{ ...token, id: 0, content: 'cat', single_word: true }], 't'));
    expect(find('𐐷cat')).toEqual(['𐐷cat']);
    expect(find('cat𐐷')).toEqual(['cat𐐷']);
    expect(find('🎈cat🎈')).toEqual(['🎈', 0, '🎈']);
  });
});
