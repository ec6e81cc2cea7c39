import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import type { Tokenizer } from '../../../src/text/tokenizer.ts';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';
import { runs } from '../../run/runs.ts';
import { createPeer } from './peer.ts';
import { METASPACE, PARTS, PIECES, SENTINELS, t5Json } from './t5Json.ts';
import { anyText } from './tiny.ts';

const json = t5Json();
const tokenizer = readTokenizer(json, 't.json');
const idOf = (piece: string): number => PIECES.findIndex(([known]) => known === piece);
const piecesOf = (text: string): string[] => [...tokenizer.encode(text)].map((id) => PIECES[id][0]);

/** Texts of the vocabulary, of what the map replaces, and of characters that have no piece. */
const someText = fc.array(fc.constantFrom(...PARTS), { maxLength: 16 }).map((parts) => parts.join(''));

/** As Hugging Face's converter has them since it writes no WhitespaceSplit. */
const newer = t5Json({
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'NFKC' },
      { type: 'Strip', strip_left: false, strip_right: true },
      { type: 'Replace', pattern: { Regex: ' {2,}' }, content: '▁' },
    ],
  },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
});

describe("T5's tokenizer", () => {
  it.each([
    ['a precompiled map and WhitespaceSplit', json, someText],
    ['NFKC, Strip and Replace', newer, fc.oneof(someText, anyText)],
  ])('encodes and decodes as Hugging Face does, with %s', async (_, file, texts) => {
    const peer = await createPeer(file);
    const read = readTokenizer(file, 't.json');
    // JavaScript's `\s` is not White_Space in two characters
    const fit = texts.map((text) => text.replaceAll(/[\u0085\uFEFF]/g, '.'));
    fc.assert(
      fc.property(fit, (text) => {
        const ids = [...read.encode(text)];
        expect(ids).toEqual(peer.encode(text));
        expect(read.decode(ids)).toBe(peer.decode(ids));
      }),
      { numRuns: runs(500) },
    );
  });

  it('gives a text of words back, each behind one space, and its tokens again: encode(decode(encode(s))) = encode(s)', () => {
    const words = fc.array(fc.constantFrom('the', 'cat', 'cats', 'für', 'Straße.', 'schön', '東京', '1'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, fc.constantFrom(' ', '  ', '\n', ' \t '), (list, space) => {
        const ids = tokenizer.encode(list.join(space));
        expect(tokenizer.decode(ids)).toBe(list.join(' '));
        expect(tokenizer.encode(tokenizer.decode(ids))).toEqual(ids);
      }),
      { numRuns: runs(200) },
    );
  });

  it('has pieces for German umlauts, composed or not', () => {
    expect(piecesOf('für schöne Straße.')).toEqual(['▁für', '▁schön', 'e', '▁Straße', '.']);
    expect(tokenizer.encode('fu\u0308r scho\u0308n')).toEqual(tokenizer.encode('für schön'));
    expect([...tokenizer.encode('für')]).toEqual([idOf('▁für')]);
  });

  it('has a special token that a text spells as one token, and what stands around it as texts of their own', () => {
    const special = fc.constantFrom('</s>', '<pad>', '<unk>', '<extra_id_0>', `<extra_id_${SENTINELS - 1}>`);
    fc.assert(
      fc.property(someText, special, someText, (before, name, after) => {
        const around = [before, after].map((text) => [...tokenizer.encode(text)]);
        expect([...tokenizer.encode(`${before}${name}${after}`)]).toEqual([...around[0], idOf(name), ...around[1]]);
      }),
      { numRuns: runs(200) },
    );
    expect(piecesOf('<unk>')).toEqual(['<unk>']);
    expect(piecesOf('<unk')).toEqual(['▁', '<unk>', 'n', '<unk>']); // "<u", "k"
  });

  it('makes no special token of what becomes one only where it is normalised, as SentencePiece does not', () => {
    const normalizer = { type: 'NFKC' };
    const ids = [...readTokenizer(t5Json({ normalizer }), 't.json').encode('the ＜/s> ＜extra_id_0>')];
    expect(ids).not.toContain(tokenizer.end);
    expect(ids).not.toContain(tokenizer.sentinels[0]);
    expect(ids).toEqual([...readTokenizer(t5Json({ normalizer }), 't.json').encode('the ＜/s＞ ＜extra_id_0＞')]);
  });

  it('knows its end, its specials by id, and its sentinels in the order of their use', () => {
    expect(tokenizer.end).toBe(1);
    expect(tokenizer.vocabularySize).toBe(PIECES.length);
    expect(tokenizer.sentinels).toEqual(Array.from({ length: SENTINELS }, (_, i) => PIECES.length - 1 - i));
    expect(tokenizer.specials.slice(0, 4)).toEqual(['<pad>', '</s>', '<unk>', `<extra_id_${SENTINELS - 1}>`]);
  });

  it('leaves specials out of a text, also before its first word, and refuses ids that it does not have', () => {
    const [first] = tokenizer.sentinels;
    expect(tokenizer.decode([0, first, ...tokenizer.encode('the cats'), 2, 1])).toBe('the cats');
    expect(tokenizer.decode([idOf('▁'), idOf('▁cat'), idOf('▁')])).toBe(' cat ');
    expect(() => tokenizer.decode([PIECES.length])).toThrow(`decode: ids[0]: expected an id below ${PIECES.length}`);
    expect(() => tokenizer.decode([-1])).toThrow(InvalidInput);
  });

  it('gives its file back', () => {
    expect(tokenizer.json()).toBe(json);
  });

  it('may list its sentinels as added tokens alone', () => {
    const model = { type: 'Unigram', unk_id: 2, vocab: PIECES.slice(0, -SENTINELS) };
    expectSame(readTokenizer(t5Json({ model }), 't.json'), tokenizer);
  });

  it('may have more tokens than 16 bits number', () => {
    const extra = Array.from({ length: 70_000 }, (_, i) => [`▁w${i}`, -20]);
    const added = PIECES.flatMap(([content, score], id) =>
      score === 0 ? [{ id: content.startsWith('<extra') ? id + extra.length : id, content, special: true }] : [],
    );
    const vocab = [...PIECES.slice(0, -SENTINELS), ...extra, ...PIECES.slice(-SENTINELS)];
    const large = readTokenizer(
      t5Json({ added_tokens: added, model: { type: 'Unigram', unk_id: 2, vocab } }),
      't.json',
    );
    const ids = large.encode('the w69999');
    expect([...ids]).toEqual([idOf('▁the'), PIECES.length - SENTINELS + 69_999]);
    expect(large.decode(ids)).toBe('the w69999');
  });

  it.each([
    ['another decoder', { decoder: { type: 'ByteLevel' } }, 'decoder.type: expected "Metaspace", got "ByteLevel"'],
    ['no decoder', { decoder: null }, 'decoder: expected an object, got null'],
    ['another sign', { decoder: { ...METASPACE, replacement: '_' } }, 'decoder.replacement: expected "▁", got "_"'],
    [
      'no prefix space',
      { pre_tokenizer: { ...METASPACE, add_prefix_space: false } },
      'pre_tokenizer.add_prefix_space: expected true, got false',
    ],
    [
      'no ▁ before a text',
      { pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never' } },
      'pre_tokenizer.prepend_scheme: expected "always" or "first", got "never"',
    ],
    [
      'a ▁ before the first of several words',
      { pre_tokenizer: { type: 'Sequence', pretokenizers: [{ ...METASPACE, prepend_scheme: 'first' }] } },
      'pre_tokenizer.pretokenizers[0].prepend_scheme: expected "always", got "first"',
    ],
    [
      'another pre-tokenizer',
      { pre_tokenizer: { type: 'Digits' } },
      'pre_tokenizer.type: expected "Metaspace", "WhitespaceSplit" or "Sequence", got "Digits"',
    ],
    ['bytes for the unknown', { model: { byte_fallback: true } }, 'model.byte_fallback: expected false, got true'],
    ['no unknown piece', { model: { unk_id: null } }, 'model.unk_id: expected a number, got null'],
    ['a score that is none', { model: { vocab: [['a', '1']] } }, 'model.vocab[0][1]: expected a number, got "1"'],
    ['a piece twice', { model: { vocab: [...PIECES, ['a', -1]] } }, 'expected a piece of its own, got "a"'],
    [
      'a flag of an added token that is none',
      { added_tokens: [{ id: 0, content: '<pad>', special: 1 }] },
      'added_tokens[0].special: expected true or false, got 1',
    ],
    [
      'an added token with the id of another',
      { added_tokens: [{ id: 3, content: '</s>', special: true }] },
      'added_tokens: "</s>": expected the token 3 of the vocabulary, "▁", got "</s>"',
    ],
    [
      'an added token beyond the next',
      { added_tokens: [{ id: 4000, content: '</s>', special: true }] },
      `added_tokens: "</s>": expected an id up to ${PIECES.length}, got 4000`,
    ],
    [
      'an id that is none',
      { added_tokens: [{ id: 0.5, content: '</s>', special: true }] },
      'expected a whole number from 0 on, got 0.5',
    ],
    ['no end', { added_tokens: [] }, 'added_tokens: expected </s>, which ends a text, got "none"'],
  ])('is refused with %s', (_, { model, ...changes }: Readonly<Record<string, unknown>>, message) => {
    const whole = { type: 'Unigram', unk_id: 2, vocab: PIECES, ...(typeof model === 'object' ? model : {}) };
    const read = (): Tokenizer => readTokenizer(t5Json({ ...changes, model: whole }), 't.json');
    expect(read).toThrow(InvalidInput);
    expect(read).toThrow(`t.json: `);
    expect(read).toThrow(message);
  });
});

function expectSame(got: Tokenizer, wanted: Tokenizer): void {
  expect(got.specials).toEqual(wanted.specials);
  expect(got.sentinels).toEqual(wanted.sentinels);
  expect(got.vocabularySize).toBe(wanted.vocabularySize);
  for (const text of PARTS) expect(got.encode(text)).toEqual(wanted.encode(text));
}
