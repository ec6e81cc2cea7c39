/**
 * What the other entries leave: tensors, automatic differentiation, models and their text. It is no entry of its own.
 *
 * @module
 */

// Tensors
export type { Shape } from '../tensor/shape.ts';

// Automatic differentiation
export { Tape, type TapeMode } from '../autograd/tape.ts';
export type { Variable } from '../autograd/variable.ts';
export { PRIMITIVES, type PrimitiveName } from '../autograd/primitives.ts';
export { add, multiply, scale, gated, dropout, type Dropout } from '../autograd/elementwise.ts';
export { linear, gather } from '../autograd/linear.ts';
export { addBias, headScores, headMix, attentionSoftmax, type Visible } from '../autograd/attention.ts';
export { rotate, type Rotation } from '../autograd/rotate.ts';
export { rmsNorm } from '../autograd/rmsNorm.ts';
export { crossEntropy, sum } from '../autograd/losses.ts';
export {
  gradientCheck,
  gradientsAgree,
  describeGradientCheck,
  type GradientCheck,
  type Computation,
  type CheckedInput,
} from '../autograd/gradientCheck.ts';

// Models
export type { LossOptions } from '../nn/model.ts';
export { createDecoder, Decoder } from '../nn/decoder.ts';
export type { Model } from '../nn/model.ts';
export type { DecoderConfig } from '../nn/config.ts';
export { initialise } from '../nn/initialise.ts';
export { type Batch, type Document, MASKED, batchOf, countTargets } from '../nn/batch.ts';
export { pack, packAll } from '../nn/packing.ts';
export { generate, type GenerateOptions } from '../nn/generate.ts';
export { beamSearch, type BeamOptions, type Hypothesis, type Advance } from '../nn/beam.ts';
export { relativeBucket, type BucketOptions } from '../nn/relativePositions.ts';
export { createT5, T5, type Encoded } from '../nn/t5/encoderDecoder.ts';
export { STACKS, T5_DEFAULTS, type StackName, type T5Config } from '../nn/t5/config.ts';
export { pairBatch, rowsOf, type Pair, type PairBatch, type Rows } from '../nn/t5/pairs.ts';
export { decode, type DecodeOptions } from '../nn/t5/generate.ts';
export type { KeysValues } from '../nn/attention.ts';
export { DecoderCache, LayerCache } from '../nn/cache.ts';
export type { Move } from '../nn/moves.ts';

// Text
export { type Tokenizer, SPECIALS, PAD, EOS, SEP, denoisingSpecials } from '../text/tokenizer.ts';
export { type BpeTokenizer, createBpeTokenizer } from '../text/bpe.ts';
export type { BpeModel, Merge } from '../text/model.ts';
export { BYTE_CHARACTERS } from '../text/byteLevel.ts';
export { trainTokenizer } from '../text/train.ts';
export { readTokenizer } from '../text/tokenizerJson.ts';
export { createUnigram, type UnigramModel, type SplitWord } from '../text/unigram.ts';
export { readPrecompiled, type Normalise } from '../text/precompiled.ts';
export { type Sequence, encodeDocument, encodePrompt, encodeExample, decodeAnswer } from '../text/document.ts';
