import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNormaliser } from '../../../src/text/normaliser.ts';
import { runs } from '../../run/runs.ts';
import { writeCharsMap } from './charsMap.ts';
import { anyText } from './tiny.ts';

const strip = (left: boolean, right: boolean): object => ({ type: 'Strip', strip_left: left, strip_right: right });
const spaces = { type: 'Replace', pattern: { Regex: ' {2,}' }, content: '▁' };

function normalise(value: unknown, text: string): string {
  return readNormaliser(value, 'normalizer')(text);
}

describe('a normalizer', () => {
  it('of none, and an empty sequence, leave a text as it is', () => {
    expect(normalise(null, ' a\u0308 ')).toBe(' a\u0308 ');
    expect(normalise(undefined, ' a ')).toBe(' a ');
    expect(normalise({ type: 'Sequence', normalizers: [] }, ' a ')).toBe(' a ');
  });

  it('Sequence does one after the other', () => {
    const charsmap = writeCharsMap(new Map([['\t', '  ']]));
    const steps = [
      { type: 'Precompiled', precompiled_charsmap: charsmap },
      strip(false, true),
      spaces,
      { type: 'NFKC' },
    ];
    expect(normalise({ type: 'Sequence', normalizers: steps }, '\tﬁ  x\t')).toBe('▁fi▁x');
  });

  it('Strip takes off White_Space on the sides that it names, and nothing else', () => {
    const white = fc.string({ unit: fc.constantFrom(' ', '\n', '\u0085', '\u2003', '\u3000') });
    const kept = anyText.filter((text) => !/^\p{White_Space}|\p{White_Space}$/u.test(text) && text !== '');
    fc.assert(
      fc.property(white, kept, white, (before, text, after) => {
        const whole = `${before}${text}${after}`;
        expect(normalise(strip(true, true), whole)).toBe(text);
        expect(normalise(strip(true, false), whole)).toBe(`${text}${after}`);
        expect(normalise(strip(false, true), whole)).toBe(`${before}${text}`);
        expect(normalise(strip(false, false), whole)).toBe(whole);
      }),
      { numRuns: runs(200) },
    );
  });

  it('Strip takes a long run of spaces in its stride', () => {
    const run = ' '.repeat(200_000);
    expect(normalise(strip(true, true), `${run}a${run}b${run}`)).toBe(`a${run}b`);
  });

  it('Replace puts its content for a text as it is written', () => {
    expect(normalise({ type: 'Replace', pattern: { String: '.' }, content: '$&$1' }, 'a.b.')).toBe('a$&$1b$&$1');
    expect(normalise(spaces, 'a b  c    d')).toBe('a b▁c▁d');
  });

  it('Nmt removes control characters and makes spaces of the rest of the unprintable', () => {
    expect(normalise({ type: 'Nmt' }, 'a\u0001\u0008b\u007f\u000b\u001fc\u008f')).toBe('abc');
    expect(normalise({ type: 'Nmt' }, 'a\tb\nc\u200fd\ufeffe▁\ufffd')).toBe('a b c d e  ');
    expect(normalise({ type: 'Nmt' }, '\u0000\u0085\u00a0 é🎈')).toBe('\u0000\u0085\u00a0 é🎈');
  });

  it.each([
    [{ type: 'Lowercase' }, 'normalizer.type: expected one of Precompiled, Sequence, Nmt, NFKC, Replace, Strip'],
    [{}, 'normalizer.type: expected a text, got nothing'],
    [[], 'normalizer: expected an object, got a list'],
    [{ type: 'Precompiled', precompiled_charsmap: null }, 'precompiled_charsmap: expected a text, got null'],
    [{ type: 'Sequence', normalizers: [{ type: 'NFC' }] }, 'normalizer.normalizers[0].type: expected one of'],
    [
      { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
      'normalizer.pattern.Regex: expected " {2,}", got "\\\\s+"',
    ],
    [{ type: 'Replace', pattern: { String: '' }, content: ' ' }, 'pattern.String: expected a text that is not empty'],
    [{ type: 'Strip', strip_left: 1 }, 'normalizer.strip_left: expected true or false, got 1'],
  ])('%j is refused', (value, message) => {
    expect(() => readNormaliser(value, 'normalizer')).toThrow(message);
  });
});
