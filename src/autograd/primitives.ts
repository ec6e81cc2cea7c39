/**
 * The closed list of what can be differentiated. A row added here is a compile error in the gradient check's spec
 * until that has a case for it.
 *
 * @module
 */
export const PRIMITIVES = [
  'add',
  'addBias',
  'attentionSoftmax',
  'crossEntropy',
  'dropout',
  'gated',
  'gather',
  'headAttention',
  'headMix',
  'headScores',
  'linear',
  'multiply',
  'rmsNorm',
  'rotate',
  'scale',
  'sum',
] as const;
/** The name of a primitive. */
export type PrimitiveName = (typeof PRIMITIVES)[number];
