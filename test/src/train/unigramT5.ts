/**
 * A T5 of some thousand parameters whose tokenizer has not every character.
 *
 * @module
 */
import { initialise } from '../../../src/nn/initialise.ts';
import { T5_DEFAULTS } from '../../../src/nn/t5/config.ts';
import { createT5 } from '../../../src/nn/t5/encoderDecoder.ts';
import { Random } from '../../../src/tensor/random.ts';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';
import { createT5Model } from '../../../src/models/t5Model.ts';
import type { TextModel } from '../../../src/models/textModel.ts';
import { PIECES, t5Json } from '../text/t5Json.ts';

/** A T5 whose tokenizer lacks `{`, `Q` and `ж`, and makes `fi` of `ﬁ` and one space of two. */
export function createT5OfUnigrams(): { readonly model: TextModel; readonly theta: Float32Array } {
  const t5 = createT5({
    ...T5_DEFAULTS,
    vocabularySize: PIECES.length,
    modelSize: 16,
    headSize: 8,
    heads: 2,
    feedForwardSize: 24,
    encoderLayers: 1,
    decoderLayers: 1,
    context: 40,
  });
  const theta = new Float32Array(t5.size);
  initialise(t5, theta, new Random(3));
  return { model: createT5Model(t5, readTokenizer(t5Json(), 't.json')), theta };
}
