import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnswer, encodeDocument, encodeExample, encodePrompt } from '../../../src/text/document.ts';
import { EOS, SEP } from '../../../src/text/tokenizer.ts';
import { runs } from '../../run/runs.ts';
import { anyText, tinyTokenizer } from './tiny.ts';

const tokenizer = tinyTokenizer();

describe('documents', () => {
  it('have one end, a separator between parts, and the parts in them', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 3 }), (parts) => {
        const tokens = [...encodeDocument(tokenizer, parts)];
        expect(tokens.indexOf(EOS)).toBe(tokens.length - 1);
        expect(tokens.filter((id) => id === SEP)).toHaveLength(parts.length - 1);
        expect(tokenizer.decode(tokens)).toBe(parts.map((part) => ` ${part}`).join(''));
      }),
      { numRuns: runs(200) },
    );
  });

  it('an example is its prompt and its answer, and the loss begins with the answer', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, label) => {
        const { tokens, lossFrom } = encodeExample(tokenizer, text, label);
        expect(tokens).toEqual(encodeDocument(tokenizer, [text, label]));
        expect(tokens.slice(0, lossFrom)).toEqual(encodePrompt(tokenizer, text));
        expect(decodeAnswer(tokenizer, tokens.subarray(lossFrom))).toBe(label.trim());
      }),
      { numRuns: runs(200) },
    );
  });

  it('an answer ends where the model says so, or where it stops', () => {
    const ids = [...tokenizer.encode(' cat')];
    expect(decodeAnswer(tokenizer, [...ids, EOS, ...ids])).toBe('cat');
    expect(decodeAnswer(tokenizer, ids)).toBe('cat');
    expect(decodeAnswer(tokenizer, [])).toBe('');
  });
});
