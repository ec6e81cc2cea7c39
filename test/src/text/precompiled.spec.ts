import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPrecompiled } from '../../../src/text/precompiled.ts';
import { runs } from '../../run/runs.ts';
import { writeCharsMap } from './charsMap.ts';
import { anyText } from './tiny.ts';

describe('precompiled normalisation', () => {
  const normalise = readPrecompiled(
    writeCharsMap(new Map([['ﬁ', 'fi'], ['①', '1'], ['\t', ' '], ['e\u0301', 'é'], ['Å', 'Å'], ['\u00ad', '']])), // prettier-ignore
    'charsmap',
  );

  it('replaces what has a replacement, and keeps the rest', () => {
    expect(normalise('ﬁnd ①\tof 3')).toBe('find 1 of 3');
    expect(normalise('soft\u00adhyphen')).toBe('softhyphen');
    expect(normalise('')).toBe('');
  });

  it('looks up a short cluster of characters as a whole', () => {
    expect(normalise('cafe\u0301')).toBe('café');
  });

  it('looks up a long cluster character by character', () => {
    // e, acute, and a mark of its own above: 6 bytes and more.
    expect(normalise('ﬁ\u0301\u0302\u0303')).toBe('fi\u0301\u0302\u0303');
  });

  it('does not depend on what stands around a cluster', () => {
    const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(anyText, (text) => {
        const each = Array.from(clusters.segment(text), ({ segment }) => normalise(segment));
        expect(normalise(text)).toBe(each.join(''));
      }),
      { numRuns: runs(500) },
    );
  });

  it('is the map itself, character by character, for any single characters', () => {
    const character = fc.integer({ min: 1, max: 0x2fff }).map((code) => String.fromCodePoint(code));
    const map = fc.uniqueArray(fc.tuple(character, fc.stringMatching(/^[a-z]{0,3}$/)), {
      selector: ([key]) => key,
      maxLength: 30,
    });
    fc.assert(
      fc.property(map, character, (entries, other) => {
        const made = readPrecompiled(writeCharsMap(new Map(entries)), 'charsmap');
        for (const [key, replacement] of entries) expect(made(key)).toBe(replacement);
        if (!entries.some(([key]) => key === other)) expect(made(other)).toBe(other);
      }),
      { numRuns: runs(50) },
    );
  });

  it('refuses a length that lies', () => {
    expect(() => readPrecompiled('AAAA', 'charsmap')).toThrow('charsmap: expected a trie within its 3 bytes');
    expect(() => readPrecompiled(Buffer.from([255, 0, 0, 0, 1]).toString('base64'), 'charsmap')).toThrow('one of 255');
    expect(readPrecompiled('', 'charsmap')('unchanged')).toBe('unchanged');
  });
});
