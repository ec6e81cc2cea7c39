/**
 * The values of the entry beside, what the others leave: what looks at its arguments takes the place of what does not.
 *
 * @module
 */
export * from '../../entries/models.ts';
export {
  Tape,
  add,
  multiply,
  scale,
  gated,
  dropout,
  linear,
  gather,
  addBias,
  headScores,
  headMix,
  attentionSoftmax,
  rotate,
  rmsNorm,
  crossEntropy,
  sum,
  gradientCheck,
  gradientsAgree,
  describeGradientCheck,
} from '../engine.ts';
export {
  initialise,
  batchOf,
  countTargets,
  pack,
  packAll,
  generate,
  beamSearch,
  decode,
  relativeBucket,
  pairBatch,
  rowsOf,
  DecoderCache,
  LayerCache,
} from '../models.ts';
export {
  denoisingSpecials,
  createBpeTokenizer,
  trainTokenizer,
  readTokenizer,
  createUnigram,
  readPrecompiled,
  encodeDocument,
  encodePrompt,
  encodeExample,
  decodeAnswer,
} from '../texts.ts';
