/**
 * The values of the entry beside, `./train`: what looks at its arguments takes the place of what does not.
 *
 * @module
 */
export * from '../../entries/train.ts';
export { Profile } from '../engine.ts';
export { corruptSpans } from '../models.ts';
export {
  referencesOf,
  readFolder,
  readAligned,
  readTask,
  isOpenTask,
  evaluate,
  measureAnswers,
  scoreRows,
  measureRows,
  readRowScores,
  computeMean,
  computeDifference,
  computeMcNemar,
  computeWilson,
  computeBootstrap,
  computeBleu,
  bleuStatistics,
  addStatistics,
  scoreBleu,
  tokenizeForBleu,
  computeEditDistance,
  computePhonemeErrorRate,
  phonemeErrors,
  scorePhonemeErrors,
} from '../texts.ts';
export { openModel, readTrainConfig, readPretrainConfig } from '../files.ts';
export {
  guessLearningRate,
  identify,
  identifyData,
  describeOtherData,
  keyOfData,
  openSeedOfRun,
  readRun,
  readTaskOfRun,
} from '../runs.ts';
