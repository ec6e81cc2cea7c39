/**
 * Everything that the package offers, room by room, the paper first. Importing it does no work: kernels, tables and files
 * are made and read when asked for. A function that is added here is owed a row of kinds in src/checked/ and a right call in
 * test/project/calls/.
 *
 * @packageDocumentation
 */

// The paper on one page: the definition of all that follows
export * as paper from './paper.ts';

// The paper as it runs
export { ANCHORS, type Anchor } from './dst/anchors.ts';
export {
  DISTANCES,
  type DistanceName,
  SILO_STRATEGIES,
  type SiloStrategy,
  THRESHOLD_METHODS,
  type ThresholdMethod,
  BUDGET_RULES,
  type BudgetRule,
  MASK_RULES,
  type MaskRule,
  NORMALISERS,
  NORMALISED_GROUPS,
  type Normalisation,
  type Parameter,
  type Stretch,
  type Silo,
  type Selection,
  type RandomSource,
} from './dst/notation.ts';
export { partition, type PartitionOptions, consecutiveSilos, checkPartition } from './dst/silos.ts';
export {
  createProblem,
  createProjection,
  type Problem,
  type ProblemOptions,
  type Projection,
  type ProjectionOptions,
  type ThresholdOptions,
  THRESHOLD_DEFAULTS,
} from './dst/problem.ts';
export { createState, restoreState, type TuningState, type SavedState } from './dst/state.ts';
export type { Before } from './dst/undo.ts';
export { step } from './dst/step.ts';
export type {
  StepEvent,
  Observe,
  UpdateEvent,
  CandidateEvent,
  DistancesEvent,
  BisectionEvent,
  ThresholdEvent,
  ProjectionEvent,
  DoneEvent,
} from './dst/events.ts';
export {
  traceStep,
  type TraceEvent,
  type TraceOptions,
  type JsonNumber,
  type JsonList,
  toJsonNumber,
} from './dst/trace.ts';
export { computeQuantile, sortThreshold, selectThreshold } from './dst/threshold.ts';
export { computeIterativeThreshold, reseedThreshold, type Bisection, type BisectionOptions } from './dst/iterative.ts';
export { computeIterativeBySelection } from './dst/iterativeBySelection.ts';
export { computeBudgets, quantileCount, largestRemainder, toRatio, type SiloBudget } from './dst/budget.ts';
export { countKept, keepSelected, listKept } from './dst/project.ts';
export { computeNearest, type Nearest } from './dst/nearest.ts';
export { computeScales, normaliseDistances, type ScaledStretch } from './dst/normalisation.ts';
export { countChanged, isFeasible, isFeasibleInEverySilo, measure, type Realised, type Count } from './dst/feasible.ts';
export { overlap, overlapOfMasks, overlapOfSubsets } from './dst/overlap.ts';
export { extract, apply, applyInPlace, revert, checkSubset, type Subset, type Fingerprint } from './dst/subset.ts';
export { findWarnings } from './dst/warnings.ts';
export type { Layout, Piece, SiloView } from './dst/layout.ts';

// Errors
export { InvalidInput, Unavailable, Internal } from './errors.ts';

// Kernels: the hot loops
export { createKernels, type KernelOptions } from './kernel/create.ts';
export { grantedThreads } from './kernel/threads/granted.ts';
export { closeThreads } from './kernel/threads/workerPool.ts';
export {
  KERNEL_NAMES,
  type KernelName,
  type Kernels,
  type MatmulShape,
  type Batch as MatmulBatch,
  ACTIVATIONS,
  type Activation,
  type DistanceKind,
  type AttentionShape,
  type OrderStatistic,
} from './kernel/kernels.ts';
export { Memory } from './kernel/memory.ts';

// Optimizers
export type { Optimizer, OptimizerState, ParameterShape } from './optim/optimizer.ts';
export { sgd } from './optim/sgd.ts';
export { adafactor, ADAFACTOR_DEFAULTS, type AdafactorChoice } from './optim/adafactor.ts';
export {
  DIALECT_NAMES,
  DIALECTS,
  type AdafactorOptions,
  type Dialect,
  type DialectName,
  type FactoringName,
  type RegularisationName,
  type StepSizeName,
  type MomentumName,
  type WeightDecayName,
  type Limit,
} from './optim/dialects.ts';
export {
  type Schedule,
  constant,
  linearWarmUp,
  inverseSquareRoot,
  linearDecay,
  cosineDecay,
} from './optim/schedules.ts';
export { clipByGlobalNorm } from './optim/clip.ts';

// Tensors
export { Random, type RandomState } from './tensor/random.ts';
export type { Shape } from './tensor/shape.ts';
export { roundToBfloat16, encodeBfloat16, decodeBfloat16 } from './tensor/bfloat16.ts';

// Automatic differentiation
export { Tape, type TapeMode } from './autograd/tape.ts';
export type { Variable } from './autograd/variable.ts';
export { PRIMITIVES, type PrimitiveName } from './autograd/primitives.ts';
export { add, multiply, scale, gated, dropout, type Dropout } from './autograd/elementwise.ts';
export { linear, gather } from './autograd/linear.ts';
export { addBias, headScores, headMix, attentionSoftmax, type Visible } from './autograd/attention.ts';
export { rotate, type Rotation } from './autograd/rotate.ts';
export { rmsNorm } from './autograd/rmsNorm.ts';
export { crossEntropy, sum } from './autograd/losses.ts';
export {
  gradientCheck,
  gradientsAgree,
  describeGradientCheck,
  type GradientCheck,
  type Computation,
  type CheckedInput,
} from './autograd/gradientCheck.ts';

// Models
export type { LossOptions } from './nn/model.ts';
export { createDecoder, Decoder } from './nn/decoder.ts';
export type { Model } from './nn/model.ts';
export type { DecoderConfig } from './nn/config.ts';
export { initialise } from './nn/initialise.ts';
export { type Batch, type Document, MASKED, batchOf, countTargets } from './nn/batch.ts';
export { pack, packAll } from './nn/packing.ts';
export { generate, type GenerateOptions } from './nn/generate.ts';
export { beamSearch, type BeamOptions, type Hypothesis, type Advance } from './nn/beam.ts';
export { relativeBucket, type BucketOptions } from './nn/relativePositions.ts';
export { createT5, T5, type Encoded } from './nn/t5/encoderDecoder.ts';
export { STACKS, T5_DEFAULTS, type StackName, type T5Config } from './nn/t5/config.ts';
export { pairBatch, rowsOf, type Pair, type PairBatch, type Rows } from './nn/t5/pairs.ts';
export { decode, type DecodeOptions } from './nn/t5/generate.ts';
export type { KeysValues } from './nn/attention.ts';
export { DecoderCache, LayerCache } from './nn/cache.ts';
export type { Move } from './nn/moves.ts';
export type { Parameter as ModelParameter } from './nn/parameters.ts';

// Text
export { type Tokenizer, SPECIALS, PAD, EOS, SEP, denoisingSpecials } from './text/tokenizer.ts';
export { type BpeTokenizer, createBpeTokenizer } from './text/bpe.ts';
export type { BpeModel, Merge } from './text/model.ts';
export { BYTE_CHARACTERS } from './text/byteLevel.ts';
export { trainTokenizer } from './text/train.ts';
export { readTokenizer } from './text/tokenizerJson.ts';
export { createUnigram, type UnigramModel, type SplitWord } from './text/unigram.ts';
export { readPrecompiled, type Normalise } from './text/precompiled.ts';
export { type Sequence, encodeDocument, encodePrompt, encodeExample, decodeAnswer } from './text/document.ts';

// Data
export { referencesOf, SPLITS, type Example, type MetricName, type Split, type TaskData } from './data/task.ts';
export { identifyData, describeOtherData, keyOfData, type DataIdentity, type SplitIdentity } from './data/identity.ts';
export { readFolder } from './data/folder.ts';
export { readGlosses, type Gloss, type PartOfSpeech } from './data/wordnet.ts';
export { type LexicographerClass, LEXICOGRAPHER_CLASSES, NOUN_CLASSES } from './data/lexicographer.ts';
export { readBrown } from './data/brown.ts';
export { readAligned, type AlignedData, type SentencePair, type Part } from './data/aligned.ts';
export { corruptSpans, CORRUPTION_DEFAULTS, type CorruptionOptions } from './data/spanCorruption.ts';
export { readSupersense } from './data/supersense.ts';
export { readPhonemes } from './data/phonemes.ts';
export { readPronunciations } from './data/cmuDictionary.ts';

// Files
export { writeAtomically } from './files/atomic.ts';
export { readSafetensors, writeSafetensors, type StoredTensor, type SafetensorsFile } from './files/safetensors.ts';
export { type Dtype, DTYPE_BITS } from './files/dtype.ts';
export { fingerprint, type Fingerprint as SeedFingerprint, type PlacedTensor } from './files/fingerprint.ts';
export type { FileSystem } from './files/fileSystem.ts';
export {
  writeSubset,
  readSubset,
  createArtifact,
  type SubsetArtifact,
  type AboutSubset,
  applyArtifact,
  revertArtifact,
} from './files/subsetFile.ts';
export type { SubsetDescription } from './files/subsetMetadata.ts';
export { readT5Folder, writeT5Folder, type KeptT5, type StoredT5, type T5ToWrite } from './files/t5Folder.ts';
export { readModelFolder, writeModelFolder, type StoredModel, type ModelToWrite } from './files/modelFolder.ts';
export type { KeptFiles, KeptWeights } from './files/kept.ts';
export type { TensorPlace } from './files/safetensorsHeader.ts';

// Training
export { Profile, PROFILE_GROUPS, type ProfileGroup, type ProfileRow, type ProfileTable } from './kernel/profile.ts';
export { peakBytes, type MemoryParts, type MemoryPlan } from './train/memoryFormula.ts';
export type { DecoderPlan, T5Plan } from './train/activationMemory.ts';
export { type TrainConfig, TRAIN_DEFAULTS, readTrainConfig } from './train/config.ts';
export { type PretrainConfig, PRETRAIN_DEFAULTS, readPretrainConfig } from './pretrain/pretrainConfig.ts';
export { finetune } from './train/finetune.ts';
export type { FinetuneOptions, TrainWatcher } from './train/prepareRun.ts';
export type { TrainResult, Placement } from './train/result.ts';
export { readRowScores, type RowRecord } from './train/rowRecord.ts';
export type { OverlapTable } from './train/snapshots.ts';
export type { StepRecord } from './train/loop.ts';
export { readRun, type ComparisonRecord, type RunRecord, type EarlierIdentity } from './train/runFolder.ts';
export { identify, type Identity, type SeedParts } from './train/identity.ts';
export { readTaskOfRun, type FoundTask } from './train/runTask.ts';
export type { Place } from './files/place.ts';
export { guessLearningRate, type Searched } from './train/learningRate.ts';
export {
  METHODS,
  type MethodName,
  OPTIMIZERS,
  type OptimizerName,
  SCHEDULES,
  type ScheduleName,
  NORMALISATIONS,
  type NormalisationName,
  RATE_ORIGINS,
  type RateOrigin,
} from './train/names.ts';
export type { CorpusText } from './pretrain/corpusText.ts';
export { pretrain, type PretrainOptions, type PretrainResult, type PretrainWatcher } from './pretrain/pretrain.ts';
export { evaluate, type Evaluation, type Answerer, type Search } from './train/evaluate.ts';
export type { LengthPolicy } from './data/rows.ts';
export { measureAnswers, measureRows, METRIC_SCALES, type Measure, type MetricScale } from './metrics/measure.ts';
export { scoreRows, type RowScores } from './metrics/rowScores.ts';
export { readTask, isOpenTask, TASK_NAMES, type TaskChoice } from './train/tasks.ts';
export type { TextModel, MicroBatch, Lessons, AnswerOptions, WriteOptions } from './train/textModel.ts';
export { computeWilson, type Proportion } from './metrics/wilson.ts';
export { computeMcNemar } from './metrics/mcnemar.ts';
export { computeDifference, computeMean, type Difference } from './metrics/paired.ts';
export { computeBootstrap } from './metrics/bootstrap.ts';
export {
  computeBleu,
  bleuStatistics,
  addStatistics,
  scoreBleu,
  BLEU_SMOOTHINGS,
  type Bleu,
  type BleuStatistics,
  type BleuSmoothing,
} from './metrics/bleu.ts';
export { computeEditDistance } from './metrics/editDistance.ts';
export {
  computePhonemeErrorRate,
  phonemeErrors,
  scorePhonemeErrors,
  type PhonemeErrors,
} from './metrics/phonemeErrorRate.ts';
export { tokenizeForBleu, BLEU_TOKENIZERS, type BleuTokenizer } from './metrics/bleuTokens.ts';
export { openModel, openSeedOfRun, type OpenedModel } from './train/models.ts';
