/**
 * Training: tasks, runs in their folders, fine-tuning with each method, pre-training, and what answers are worth.
 *
 * @example
 * ```ts
 * const config = readTrainConfig({ model: 'seeds/decoder', task: 'supersense', epsilon: 0.01 }, 'my config');
 * config.method; // 'dst'
 * ```
 *
 * @packageDocumentation
 */

// Data
export { referencesOf, SPLITS, type Example, type MetricName, type Split, type TaskData } from '../data/task.ts';
export { identifyData, describeOtherData, keyOfData, type DataIdentity, type SplitIdentity } from '../data/identity.ts';
export { readFolder } from '../data/folder.ts';
export { readGlosses, type Gloss, type PartOfSpeech } from '../data/wordnet.ts';
export { type LexicographerClass, LEXICOGRAPHER_CLASSES, NOUN_CLASSES } from '../data/lexicographer.ts';
export { readBrown } from '../data/brown.ts';
export { readAligned, type AlignedData, type SentencePair, type Part } from '../data/aligned.ts';
export { corruptSpans, CORRUPTION_DEFAULTS, type CorruptionOptions } from '../data/spanCorruption.ts';
export { readSupersense } from '../data/supersense.ts';
export { readPhonemes } from '../data/phonemes.ts';
export { readPronunciations } from '../data/cmuDictionary.ts';

// Training
export { Profile, PROFILE_GROUPS, type ProfileGroup, type ProfileRow, type ProfileTable } from '../kernel/profile.ts';
export { type TrainConfig, TRAIN_DEFAULTS, readTrainConfig } from '../train/config.ts';
export { type PretrainConfig, PRETRAIN_DEFAULTS, readPretrainConfig } from '../pretrain/pretrainConfig.ts';
export { finetune } from '../run/finetune.ts';
export type { FinetuneOptions, TrainWatcher } from '../run/prepareRun.ts';
export type { TrainResult, Placement } from '../run/result.ts';
export { readRowScores, type RowRecord } from '../run/rowRecord.ts';
export type { OverlapTable } from '../run/snapshots.ts';
export type { StepRecord } from '../train/loop.ts';
export { readRun, type ComparisonRecord, type RunRecord, type EarlierIdentity } from '../run/runFolder.ts';
export { identify, type Identity, type SeedParts } from '../run/identity.ts';
export { readTaskOfRun, type FoundTask } from '../run/runTask.ts';
export type { Place } from '../files/place.ts';
export { guessLearningRate, type Searched } from '../train/learningRate.ts';
export type { DstChoices } from '../train/dstChoices.ts';
export {
  METHOD_NAMES,
  type MethodName,
  OPTIMIZERS,
  type OptimizerName,
  SCHEDULES,
  type ScheduleName,
  NORMALISATIONS,
  type NormalisationName,
  RATE_ORIGINS,
  type RateOrigin,
} from '../train/names.ts';
export type { CorpusText } from '../pretrain/corpusText.ts';
export { pretrain, type PretrainOptions, type PretrainResult, type PretrainWatcher } from '../pretrain/pretrain.ts';
export { evaluate, type Evaluation, type Answerer, type Search } from '../train/evaluate.ts';
export type { LengthPolicy } from '../data/rows.ts';
export { measureAnswers, measureRows, METRIC_SCALES, type Measure, type MetricScale } from '../metrics/measure.ts';
export { scoreRows, type RowScores } from '../metrics/rowScores.ts';
export { readTask, isOpenTask, TASK_NAMES, type TaskChoice } from '../data/tasks.ts';
export type { TextModel, MicroBatch, Dataset, AnswerOptions, WriteOptions } from '../models/textModel.ts';
export { computeWilson, type Proportion } from '../metrics/wilson.ts';
export { computeMcNemar } from '../metrics/mcnemar.ts';
export { computeDifference, computeMean, type Difference } from '../metrics/paired.ts';
export { computeBootstrap } from '../metrics/bootstrap.ts';
export {
  computeBleu,
  bleuStatistics,
  addStatistics,
  scoreBleu,
  BLEU_SMOOTHINGS,
  type Bleu,
  type BleuStatistics,
  type BleuSmoothing,
} from '../metrics/bleu.ts';
export { computeEditDistance } from '../metrics/editDistance.ts';
export {
  computePhonemeErrorRate,
  phonemeErrors,
  scorePhonemeErrors,
  type PhonemeErrors,
} from '../metrics/phonemeErrorRate.ts';
export { tokenizeForBleu, BLEU_TOKENIZERS, type BleuTokenizer } from '../metrics/bleuTokens.ts';
export { openModel, openSeedOfRun, type OpenedModel } from '../run/openModel.ts';

// Errors
export { InvalidInput, Unavailable, Internal } from '../errors.ts';
