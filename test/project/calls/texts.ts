/**
 * Right calls of tokenizers and tasks.
 *
 * @module
 */
import * as library from '../../../src/index.ts';
import { dry, list, nullable, opaque, options, record, right, type Calls } from '../wrongKinds.ts';
import { example, tokenizer } from './things.ts';

const model: library.BpeModel = {
  specials: library.SPECIALS,
  vocabulary: [...library.SPECIALS, ...library.BYTE_CHARACTERS],
  merges: [],
};

export const texts: Calls = {
  denoisingSpecials: () => right(2),
  createBpeTokenizer: () => right(record({ ...model }), 'here'),
  trainTokenizer: () => right(opaque(['a b']), 260, opaque(library.SPECIALS)),
  readTokenizer: () => right(tokenizer.json(), 'here'),
  createUnigram: () =>
    right(
      record({
        pieces: opaque([
          ['<unk>', 0],
          ['a', -1],
        ]),
        unknown: 0,
        specials: new Set([0]),
      }),
      'here',
    ),
  readPrecompiled: () => dry('', 'here'),
  encodeDocument: () => right(tokenizer, list('a')),
  encodePrompt: () => right(tokenizer, 'a'),
  encodeExample: () => right(tokenizer, 'a', 'b'),
  decodeAnswer: () => right(tokenizer, [3]),
  referencesOf: () => right(record({ ...example })),
  readFolder: () => dry('folder'),
  readGlosses: () => right(),
  readBrown: () => right(),
  readSupersense: () => right(),
  readPhonemes: () => right(),
  readPronunciations: () => right(),
  readAligned: () => dry('folder', 'de', 'en', nullable('test')),
  readTask: () => dry(options({ task: 'supersense', data: nullable('folder'), test: nullable('test') })),
  isOpenTask: () => right('de-en'),
};
