import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { splitAtSpaces, trimSpaces, trimSpacesEnd } from '../../../src/text/whiteSpace.ts';
import { isScoredCorpora, SEPARATORS } from '../metrics/corpora.ts';

const path = new URL('../metrics/bleuScores.json', import.meta.url);
const file: unknown = JSON.parse(readFileSync(path, 'utf8'));
if (!isScoredCorpora(file)) throw new TypeError(`${path.href}: expected what test/peers/texts writes`);

/** The characters that part words for Python: with one between two of them the reference has seven words, not six. */
const parting = new Set(
  SEPARATORS.filter((one, i) => one.length === 1 && file.cases[i].expected.none.referenceLength === 7),
);

describe('white space', () => {
  it.each(SEPARATORS.filter((separator) => Array.from(separator).length === 1))('has %j where Python has it', (one) => {
    const is = parting.has(one);
    expect(splitAtSpaces(`${one}a${one}${one}b${one}`)).toEqual(is ? ['a', 'b'] : [`${one}a${one}${one}b${one}`]);
    expect(trimSpaces(`${one}${one}a${one}b${one}`)).toBe(is ? `a${one}b` : `${one}${one}a${one}b${one}`);
    expect(trimSpacesEnd(`${one}a${one}${one}`)).toBe(is ? `${one}a` : `${one}a${one}${one}`);
  });

  it('is all there is of a text, or none', () => {
    const all = [...parting].join('');
    expect(splitAtSpaces(all)).toEqual([]);
    expect(trimSpaces(all)).toBe('');
    expect(splitAtSpaces('')).toEqual([]);
    expect(trimSpaces('')).toBe('');
  });

  it('is trimmed in linear time: a run inside a text is looked at once', () => {
    // a million spaces: quadratic time would be hours, and the run's own limit would end it
    const text = `a${' '.repeat(1_000_000)}b`;
    expect(trimSpaces(text)).toBe(text);
  });
});
