/**
 * A right call of every function and class that the package exports, from which the spec beside makes wrong ones.
 *
 * @module
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFileSystem } from '../../src/files/fileSystem.ts';
import * as library from '../../src/index.ts';
import { closed, dry, list, nullable, opaque, options, record, type Call } from './wrongKinds.ts';

const vector = (...values: number[]): Float32Array => Float32Array.from(values);
const ints = (...values: number[]): Int32Array => Int32Array.from(values);

const kernels = library.createKernels('scalar');
const seed = vector(1, 2, 3, 4);
const tuned = vector(1, 5, 3, 4);
const problem = library.createProblem({ seed, epsilon: 0.5, optimizer: library.sgd() });
const state = (): library.TuningState => library.createState(problem);
const silo = (): library.SiloView => state().layout.silos[0];
const parameters = [{ name: 'w', module: 'w', layer: null, shape: [4], offset: 0 }];
const tensor = record({ ...parameters[0], layer: 0 }, ['shape'], ['layer']);
const silos = problem.silos;
const subset = library.extract(seed, tuned);
const selection = record({ threshold: 1, ties: 0 });
const search = (): unknown[] => [seed, 0.5, 2, options({ factor: 2, iterations: 3 }, 'open'), kernels];
const distances = vector(3, 1, 2, 0);

const tape = new library.Tape(kernels, 'record');
const variable = (...shape: number[]): library.Variable => {
  const made = tape.variable(shape);
  made.data.fill(0.5);
  return made;
};
const random = new library.Random(1);

const decoder = library.createDecoder({
  vocabularySize: 10,
  modelSize: 8,
  layers: 1,
  heads: 2,
  feedForwardSize: 12,
  context: 8,
  activation: 'gelu',
  tiedEmbedding: true,
  ropeBase: 10_000,
  normEpsilon: 1e-6,
});
const t5 = library.createT5({
  ...library.T5_DEFAULTS,
  vocabularySize: 10,
  modelSize: 8,
  headSize: 4,
  heads: 2,
  feedForwardSize: 12,
  encoderLayers: 1,
  decoderLayers: 1,
});
const theta = kernels.memory.floats(decoder.size);
library.initialise(decoder, theta, random);
const t5Theta = kernels.memory.floats(t5.size);
library.initialise(t5, t5Theta, random);
const documents = (): unknown => list(record({ tokens: ints(1, 2, 3), lossFrom: 1 }));

const tokenizer = library.trainTokenizer(['a b a b'], 260);
const model: library.BpeModel = {
  specials: library.SPECIALS,
  vocabulary: [...library.SPECIALS, ...library.BYTE_CHARACTERS],
  merges: [],
};
const example: library.Example = { text: 'a', label: 'b' };
const texts = (): unknown => list('a b');
const statistics = (): library.BleuStatistics[] => library.bleuStatistics(['a b'], [['a b']]);

const folder = (): string => mkdtempSync(join(tmpdir(), 'dst-calls-'));
const nano = fileURLToPath(new URL('../../seeds/nano', import.meta.url));
const tensors: library.StoredTensor[] = [{ name: 'w', dtype: 'F32', shape: [1], bytes: new Uint8Array(4) }];
const about = { epsilon: '0.5', silos: 'none', distance: 'absolute', method: 'dst' } as const;
const artifact = library.createArtifact(seed, tuned, parameters, about);
const subsetFile = (): Uint8Array => library.writeSubset(artifact);
const stored = { config: decoder.config, theta: new Float32Array(theta), tokenizer, layout: decoder.parameters };
const watcher = Object.fromEntries(
  ['begun', 'step', 'development', 'warning', 'measuring', 'stage', 'perplexity'].map((name) => [
    name,
    (): void => undefined,
  ]),
);
const task: library.TaskData = {
  name: 'x',
  metric: 'accuracy',
  tooLong: 'refuse',
  labels: ['b'],
  train: [example],
  development: [],
  test: [],
};
const run = { folder: 'run', resume: false, signal: new AbortController().signal, threads: 1, checkpointSeconds: 60 };

const data = (): unknown => record({ ...library.identifyData(task) }, ['source']);

const silent = (...given: unknown[]): Call => ({ given });

/** By the name of the export. Those that take nothing have an empty list. */
export const CALLS: Readonly<Record<string, () => Call>> = {
  partition: () => silent(list(tensor), closed('none'), options({ group: (name: string) => name })),
  consecutiveSilos: () => silent(list(2)),
  checkPartition: () => silent(list(record({ ...silos[0] }, ['module', 'layer', 'members'])), 4),
  createProblem: () =>
    silent(
      options({
        seed,
        epsilon: 0.5,
        optimizer: library.sgd(),
        parameters: list(tensor),
        silos: closed('none'),
        group: (name: string) => name,
        distance: closed('absolute'),
        threshold: options({ method: closed('iterative'), factor: 2, iterations: 2, start: 1, warmStart: false }),
        budget: closed('quantile'),
        normalisation: nullable(options({ by: closed('size'), over: closed('per-module') })),
        kernels,
        mask: closed('random'),
      }),
    ),
  createProjection: () => silent(options({ seed, epsilon: 0.5 })),
  createState: () => silent(problem, random),
  restoreState: () => silent(problem, record({ ...state() }, ['layout', 'optimizer', 'update', 'before'], ['mask'])),
  step: () => silent(problem, state(), seed, 0.1, () => undefined),
  traceStep: () => silent(problem, state(), seed, 0.1, () => undefined, options({ limit: 2 })),
  toJsonNumber: () => silent(nullable(opaque(1))),
  computeQuantile: () => silent(distances, 0.5),
  sortThreshold: () => silent(distances, record({ rank: 1, weight: 0.5 })),
  selectThreshold: () => silent(distances, 2, kernels, 1, 4),
  computeIterativeThreshold: () => ({ given: search() }),
  computeIterativeBySelection: () => ({ given: search() }),
  reseedThreshold: () => silent(1, distances, 2, kernels),
  computeBudgets: () => silent(list(4), closed('quantile'), 0.5),
  quantileCount: () => silent(4, 0.5),
  largestRemainder: () => silent(list(4), 0.5),
  toRatio: () => silent(0.5),
  keepSelected: () => silent(silo(), selection, kernels),
  listKept: () => silent(distances, selection),
  countKept: () => silent(distances, selection),
  computeNearest: () => silent(options({ seed, epsilon: 0.5 }), tuned, opaque([1])),
  computeScales: () => silent(problem),
  normaliseDistances: () => silent(vector(1, 2), 2, kernels),
  countChanged: () => silent(seed, tuned, kernels),
  isFeasible: () => silent(seed, tuned, 0.5, kernels),
  isFeasibleInEverySilo: () =>
    silent(seed, tuned, list(record({ ...silos[0] }, ['module', 'layer', 'members'])), 0.5, kernels),
  measure: () => silent(list(record({ ...silos[0] }, ['module', 'layer', 'members'])), seed, tuned, kernels),
  overlap: () => silent(seed, tuned, tuned),
  overlapOfSubsets: () => silent(record({ ...subset }, ['seedFingerprint']), subset),
  overlapOfMasks: () => silent(Uint8Array.of(1), Uint8Array.of(3)),
  extract: () => silent(seed, tuned, () => 'digest'),
  apply: () => silent(seed, record({ ...subset }, ['seedFingerprint']), () => 'digest'),
  applyInPlace: () => silent(seed.slice(), record({ ...subset }, ['seedFingerprint'])),
  revert: () => silent(tuned, record({ ...subset }, ['seedFingerprint']), seed),
  checkSubset: () => silent(record({ ...subset }, ['seedFingerprint']), 4),
  findWarnings: () => silent(problem),
  InvalidInput: () => silent(),
  Unavailable: () => silent(),
  Internal: () => silent(),

  createKernels: () => silent(closed('scalar'), new library.Memory(), options({ threads: 1 })),
  grantedThreads: () => silent(),
  closeThreads: () => silent(kernels.memory),
  Memory: () => silent(),
  Profile: () => silent(() => 0),
  sgd: () => silent(),
  adafactor: () =>
    silent(
      options({
        dialect: closed('t5x'),
        decayRate: 0.8,
        epsilon1: 1e-30,
        epsilon2: 1e-3,
        clippingThreshold: nullable(1),
        minDimSizeToFactor: nullable(128),
        multiplyByParameterScale: true,
        momentum: nullable(0.9),
        weightDecay: nullable(0.1),
      }),
    ),
  constant: () => silent(1),
  linearWarmUp: () => silent(1, 2),
  inverseSquareRoot: () => silent(1, 2),
  linearDecay: () => silent(1, 2, 3),
  cosineDecay: () => silent(1, 2, 3),
  clipByGlobalNorm: () => silent(kernels, seed.slice(), 1, 2),
  Random: () => silent(opaque(1)),
  roundToBfloat16: () => silent(seed.slice()),
  encodeBfloat16: () => silent(seed),
  decodeBfloat16: () => silent(Uint16Array.of(1)),

  Tape: () => silent(kernels, closed('record')),
  add: () => silent(tape, record({ ...variable(2, 3) }, ['gradient', 'shape']), variable(2, 3)),
  multiply: () => silent(tape, variable(2, 3), variable(2, 3)),
  scale: () => silent(tape, variable(2, 3), 2),
  gated: () => silent(tape, variable(2, 3), variable(2, 3), closed('gelu')),
  dropout: () => silent(tape, variable(2, 3), record({ rate: 0.5, random })),
  linear: () => silent(tape, variable(2, 3), variable(4, 3)),
  gather: () => silent(tape, variable(2, 3), ints(1), list(1)),
  addBias: () => silent(tape, variable(1, 2, 2, 3), variable(2, 2, 3)),
  headScores: () => silent(tape, variable(1, 2, 4), variable(1, 3, 4), 2, 1, 3),
  headMix: () => silent(tape, variable(1, 2, 2, 3), variable(1, 3, 4)),
  attentionSoftmax: () => silent(tape, variable(1, 1, 2, 3), record({ from: ints(0, 0), to: ints(1, 2) })),
  rotate: () => silent(tape, variable(1, 4), record({ cosine: vector(1), sine: vector(0), positions: ints(0) }), 2),
  rmsNorm: () => silent(tape, variable(2, 3), variable(3), 1e-6),
  crossEntropy: () => silent(tape, variable(2, 3), ints(0, 1), 1),
  sum: () => silent(tape, variable(2, 3)),
  gradientCheck: () =>
    silent(
      kernels,
      (on: library.Tape, [x]: library.Variable[]) => library.sum(on, x),
      list(record({ shape: opaque([1]), values: opaque([1]) })),
      random,
    ),
  gradientsAgree: () => silent(record({ input: 0, analytic: 1, numeric: 1, bound: 1 }, ['input'])),
  describeGradientCheck: () => silent(record({ input: 0, analytic: 1, numeric: 1, bound: 1 }, ['input'])),

  createDecoder: () => silent(options({ ...decoder.config, activation: closed('gelu') })),
  Decoder: () => silent(options({ ...decoder.config, activation: closed('gelu') })),
  initialise: () => silent(decoder, theta, random),
  batchOf: () => silent(documents(), 4),
  countTargets: () => silent(record({ targets: ints(1) })),
  pack: () => silent(documents(), 4, 1),
  packAll: () => silent(documents(), options({ rows: 1, length: 4 })),
  generate: () => silent(decoder, theta, list(ints(1)), options({ kernels, maximumTokens: 2, end: 1, rows: 1 })),
  beamSearch: () =>
    silent(
      1,
      0,
      (parents: Int32Array) => new Float32Array(parents.length * 4),
      options({ beams: 1, end: 1, maximumTokens: 2, lengthPenalty: 0 }),
    ),
  relativeBucket: () => silent(1, options({ buckets: 8, maximumDistance: 16, bidirectional: true })),
  createT5: () => silent(options({ ...t5.config, activation: closed('gelu') })),
  T5: () => silent(options({ ...t5.config, activation: closed('gelu') })),
  pairBatch: () => silent(list(record({ source: ints(1), target: ints(1) })), 0, options({ source: 2, target: 2 })),
  rowsOf: () => silent(list(ints(1)), 2),
  decode: () =>
    silent(
      t5,
      t5Theta,
      list(ints(1)),
      options({ kernels, beams: 1, end: 1, maximumTokens: 2, lengthPenalty: 0, together: 1 }),
    ),
  DecoderCache: () => silent(kernels.memory, 1, 1, 2, 4),
  LayerCache: () => silent(kernels.memory, 1, 2, 4, record({ positions: ints(0), keys: 1 })),

  denoisingSpecials: () => silent(2),
  createBpeTokenizer: () => silent(record({ ...model }), 'here'),
  trainTokenizer: () => silent(opaque(['a b']), 260, opaque(library.SPECIALS)),
  readTokenizer: () => silent(tokenizer.json(), 'here'),
  createUnigram: () =>
    silent(
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
  encodeDocument: () => silent(tokenizer, list('a')),
  encodePrompt: () => silent(tokenizer, 'a'),
  encodeExample: () => silent(tokenizer, 'a', 'b'),
  decodeAnswer: () => silent(tokenizer, [3]),

  referencesOf: () => silent(record({ ...example })),
  readFolder: () => dry('folder'),
  readGlosses: () => silent(),
  readBrown: () => silent(),
  readSupersense: () => silent(),
  readPhonemes: () => silent(),
  readPronunciations: () => silent(),
  readAligned: () => dry('folder', 'de', 'en'),
  corruptSpans: () =>
    silent(ints(3, 4, 5, 6), random, options({ density: 0.5, meanSpan: 1, sentinels: opaque([7, 8, 9, 10]), end: 1 })),
  readTask: () => dry(options({ task: 'supersense', data: nullable('folder') })),
  isOpenTask: () => silent('de-en'),

  writeAtomically: () => silent(join(folder(), 'file'), opaque('text'), nodeFileSystem),
  readSafetensors: () => silent(library.writeSafetensors(tensors), 'here'),
  writeSafetensors: () => silent(opaque(tensors), options({ key: 'value' }, 'open')),
  fingerprint: () => silent(seed, list(record(parameters[0], ['module', 'layer', 'shape']))),
  writeSubset: () =>
    silent(
      record(
        { ...artifact },
        Object.keys(artifact).filter((name) => name !== 'epsilon'),
      ),
      closed('gap'),
    ),
  readSubset: () => silent(subsetFile(), 'here'),
  createArtifact: () =>
    silent(seed, tuned, list(tensor), options({ ...about, silos: closed('none'), distance: closed('absolute') })),
  applyArtifact: () => silent(seed, opaque(parameters), artifact, 'here'),
  revertArtifact: () => silent(tuned, seed, opaque(parameters), artifact, 'here'),
  readModelFolder: () => silent(nano, nodeFileSystem),
  writeModelFolder: () => silent(folder(), record({ ...stored }, ['config', 'layout']), nodeFileSystem),
  readT5Folder: () => dry('folder', nodeFileSystem),
  writeT5Folder: () =>
    silent(
      folder(),
      record({ ...stored, config: t5.config, theta: new Float32Array(t5Theta), layout: t5.parameters }, [
        'config',
        'layout',
      ]),
      nodeFileSystem,
    ),
  peakBytes: () =>
    silent(
      record(
        {
          config: decoder.config,
          parameters: opaque(decoder.parameters),
          rows: 1,
          length: 4,
          targets: 4,
          method: closed('dst'),
          optimizer: { name: 'sgd' },
        },
        ['config'],
      ),
    ),
  readTrainConfig: () => silent(options({ model: 'seed', epsilon: 0.5, distance: closed('absolute') }), 'here'),
  readPretrainConfig: () => silent(options({ steps: 200, seed: 1 }), 'here', closed('nano')),
  finetune: () =>
    dry(
      options({
        ...run,
        config: options({ model: 'seed' }),
        seed: { ...stored },
        task,
        watcher,
        checkpointSteps: nullable(1),
      }),
    ),
  pretrain: () => dry(options({ ...run, config: options({ steps: 200 }), watcher, readText: () => ({}) })),
  guessLearningRate: () => silent(record({ method: 'dst', epsilon: 0.1, optimizer: 'adafactor', dialect: 't5x' })),
  identify: () => silent({ fingerprint: 'f', model: { tokenizer } }, task),
  identifyData: () =>
    silent(record({ ...task }, ['name', 'metric', 'tooLong', 'labels', 'train', 'development', 'test'])),
  describeOtherData: () => silent(data(), data()),
  keyOfData: () => silent(data(), list(closed('train'))),
  openSeedOfRun: () => dry('run', record({ seed: {}, identity: {}, config: {} }), nullable('seed'), 'flag'),
  readRun: () => dry('run'),
  readTaskOfRun: () => dry('run', record({ seed: {}, identity: {}, config: {} }), nullable('data'), true),
  evaluate: () =>
    silent(
      {
        model: { answer: (asked: string[]) => asked, tokensOf: () => 1, spell: (answer: string) => answer },
        kernels,
        theta,
      },
      task,
      list(record({ ...example })),
      options({ beams: 1, lengthPenalty: 0, maximumTokens: 2 }),
    ),
  measureAnswers: () => silent(closed('accuracy'), texts(), list(record({ ...example }))),
  measureRows: () => silent(closed('accuracy'), record({ correct: opaque([true]) })),
  scoreRows: () => silent(closed('accuracy'), texts(), list(record({ ...example }))),
  readRowScores: () => silent(record({ correct: '1' }), 'here'),
  computeMean: () => silent(closed('accuracy'), list(record({ correct: opaque([true]) })), 10),
  computeDifference: () =>
    silent(
      closed('accuracy'),
      list(record({ correct: opaque([true]) })),
      list(record({ correct: opaque([false]) })),
      10,
    ),
  computeMcNemar: () => silent(1, 2),
  computeWilson: () => silent(1, 2),
  computeBootstrap: () => silent(opaque([1, 2]), ([x]: number[]) => x, 1, 10),
  computeBleu: () => silent(texts(), list(list('a b')), closed('13a'), closed('exp')),
  bleuStatistics: () => silent(texts(), list(list('a b')), closed('none')),
  addStatistics: () => silent(opaque(statistics())),
  scoreBleu: () => silent(record({ ...library.addStatistics(statistics()) }, ['matches', 'totals']), closed('none')),
  computeEditDistance: () => silent(opaque(['a']), opaque(['b'])),
  computePhonemeErrorRate: () => silent(texts(), list(list('a b'))),
  phonemeErrors: () => silent(texts(), list(list('a b'))),
  scorePhonemeErrors: () => silent(opaque([{ edits: 1, referenceLength: 2 }])),
  tokenizeForBleu: () => silent('a b', closed('13a')),
  openModel: () => silent(nano),
};
