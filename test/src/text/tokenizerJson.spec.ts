import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';
import { tinyTokenizer } from './tiny.ts';

const tokenizer = tinyTokenizer();
const json = tokenizer.json();

/** tokenizer.json with one text put for another. */
function changed(from: string, to: string): string {
  expect(json).toContain(from);
  return json.replace(from, to);
}

describe('tokenizer.json', () => {
  it('gives the tokenizer back', () => {
    expect(readTokenizer(json, 'tokenizer.json').json()).toBe(json);
  });

  it('may have its merges as texts, as older files do', () => {
    const old = json.replaceAll(/\["([^ "\\]+)","([^ "\\]+)"\](?=,?\n)/g, '"$1 $2"');
    expect(old).not.toBe(json);
    expect(readTokenizer(old, 'tokenizer.json').json()).toBe(json);
  });

  it('may leave its special tokens out of the vocabulary', () => {
    const without = json.replace(/"<pad>": 0,\s*"<eos>": 1,\s*"<sep>": 2,/, '');
    expect(readTokenizer(without, 'tokenizer.json').json()).toBe(json);
  });

  it.each([
    ['no JSON', json.slice(0, -3), 't.json: expected JSON, got'],
    ['a list', '[]', 't.json: expected an object, got a list'],
    [
      'another model',
      changed('"type": "BPE"', '"type": "WordPiece"'),
      't.json: model.type: expected "BPE" or "Unigram", got "WordPiece"',
    ],
    ['a normalizer', changed('"normalizer": null', '"normalizer": {}'), 't.json: normalizer: expected null'],
    [
      'a prefix space',
      changed('"add_prefix_space":false', '"add_prefix_space":true'),
      'pre_tokenizer.add_prefix_space',
    ],
    ['dropout', changed('"dropout": null', '"dropout": 0.1'), 'model.dropout: expected null'],
    ['a hole in the ids', changed('"Ā": 3', '"Ā": 4000'), 'model.vocab: expected ids from 0 to 373, got "none with 3"'],
    ['an id twice', changed('"Ā": 3', '"Ā": 4'), 'expected an id of its own, got 4'],
    ['an unknown merge', changed('"merges": [', '"merges": [["q","zz"],'), 'model.merges[0]: expected two tokens'],
    ['a merge of three', changed('"merges": [', '"merges": [["q","z","x"],'), 'model.merges[0]: expected two tokens'],
    ['specials not first', changed('"id":0', '"id":7'), 'added_tokens[0].id: expected 0, got 7'],
    ['no vocabulary', changed('"vocab": {', '"words": {'), 'model.vocab: expected an object, got nothing'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readTokenizer(text, 't.json')).toThrow(InvalidInput);
    expect(() => readTokenizer(text, 't.json')).toThrow(message);
  });
});
