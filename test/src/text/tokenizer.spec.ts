import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { createBpeTokenizer } from '../../../src/text/bpe.ts';
import { BYTE_CHARACTERS, bytesOfToken, splitPieces } from '../../../src/text/byteLevel.ts';
import { denoisingSpecials, EOS, SPECIALS } from '../../../src/text/tokenizer.ts';
import { trainTokenizer } from '../../../src/text/train.ts';
import { runs } from '../../run/runs.ts';
import { createPeer } from './peer.ts';
import { anyText, tinyTokenizer } from './tiny.ts';

const tokenizer = tinyTokenizer();

describe('pieces', () => {
  it('are the whole text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(splitPieces(text).join('')).toBe(text);
      }),
      { numRuns: runs(500) },
    );
  });

  it('keep a space with the word after it, and cut before the last space of a run', () => {
    expect(splitPieces("I'll  see 12 cats!!\n")).toEqual(['I', "'ll", ' ', ' see', ' 12', ' cats', '!!', '\n']);
  });
});

describe('byte characters', () => {
  it('are 256 different ones, and lead back to their bytes', () => {
    expect(new Set(BYTE_CHARACTERS).size).toBe(256);
    expect(bytesOfToken(BYTE_CHARACTERS.join(''))).toEqual(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    expect(BYTE_CHARACTERS[0x20]).toBe('Ġ');
    expect(bytesOfToken('a b')).toBeUndefined();
  });
});

describe('a tokenizer', () => {
  it('gives every text back: decode(encode(s)) = s', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('never makes a special token of a text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenizer.encode(`${text}<pad><eos><sep>`).every((id) => id >= SPECIALS.length)).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });

  // U+0085 and U+FEFF: its JavaScript `\s` is not the White_Space that the Rust library and we go by
  it('encodes as Hugging Face does', async () => {
    const peer = await createPeer(tokenizer.json());
    const withoutSpecials = anyText.map((text) => text.replaceAll(/<(pad|eos|sep)>|[\u0085\uFEFF]/g, '.'));
    fc.assert(
      fc.property(withoutSpecials, (text) => {
        expect([...tokenizer.encode(text)]).toEqual(peer.encode(text));
      }),
      { numRuns: runs(500) },
    );
  });

  it('takes a word of 100,000 letters in its stride', () => {
    const word = 'cat'.repeat(33_000);
    expect(tokenizer.decode(tokenizer.encode(word))).toBe(word);
  });

  it('leaves specials out of the text, and refuses ids that it does not have', () => {
    expect(tokenizer.decode([0, ...tokenizer.encode('a cat'), 1, 2])).toBe('a cat');
    expect(() => tokenizer.decode([400])).toThrow('decode: ids[0]: expected an id below 374, got 400');
    expect(() => tokenizer.decode([-1])).toThrow(InvalidInput);
  });

  it('knows its end and its sentinels, where it has them', () => {
    expect(tokenizer.end).toBe(EOS);
    expect(tokenizer.sentinels).toEqual([]);
    const denoising = trainTokenizer(['a <extra_id_1>'], 300, denoisingSpecials(12));
    expect(denoising.sentinels).toEqual(Array.from({ length: 12 }, (_, i) => SPECIALS.length + i));
    expect(denoising.decode([denoising.sentinels[1], ...denoising.encode('<extra_id_1>')])).toBe('<extra_id_1>');
    expect(() => denoisingSpecials(-1)).toThrow('expected a whole number of at least 0, got -1');
  });

  it('shows bytes that are no UTF-8 as U+FFFD', () => {
    const [first] = tokenizer.encode('東');
    expect(tokenizer.decode([first])).toBe('\uFFFD');
  });

  it.each([
    [{ vocabulary: ['<eos>'] }, 'vocabulary[0]: expected the special token <pad>, got "<eos>"'],
    [{ vocabulary: [...SPECIALS, ...BYTE_CHARACTERS, 'a'] }, 'vocabulary[259]: expected each token once, got "a"'],
    [{ vocabulary: [...SPECIALS, ...BYTE_CHARACTERS.slice(1)] }, 'expected a token for each of the 256 bytes'],
    [{ vocabulary: [...SPECIALS, ...BYTE_CHARACTERS, 'a b'] }, 'expected characters that stand for bytes, got "a b"'],
    [{ specials: [], vocabulary: BYTE_CHARACTERS }, 'specials: expected <eos>, which ends a text, got "none"'],
    [{ merges: [[10, 11]] as const }, 'merges[0]: expected two tokens that together are a token'],
  ])('refuses a model that does not hold together (%#)', (change, message) => {
    const sound = { specials: SPECIALS, vocabulary: [...SPECIALS, ...BYTE_CHARACTERS], merges: [] };
    expect(() => createBpeTokenizer({ ...sound, ...change })).toThrow(message);
  });
});
