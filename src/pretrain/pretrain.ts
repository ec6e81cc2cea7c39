/**
 * Pre-training: a decoder or a T5 from nothing on real text, until it is a seed.
 *
 * The folder then holds config.json, model.safetensors and tokenizer.json (the model), pretrain.json (the config that
 * reproduces it) and log.jsonl. Everything is a function of the config; no bit depends on the clock.
 *
 * @module
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wrong } from '../errors.ts';
import { makeFolder, writeAtomically, writeNew } from '../files/atomic.ts';
import { openEventLog, truncateEvents } from '../files/events.ts';
import { createKernels } from '../kernel/create.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { Memory } from '../kernel/memory.ts';
import { closeThreads } from '../kernel/threads/workerPool.ts';
import {
  callable,
  checkOptions,
  having,
  instance,
  integer,
  optional,
  real,
  text,
  truth,
  type Kinds,
} from '../kinds.ts';
import { createDecoder, type Decoder } from '../nn/decoder.ts';
import { initialise } from '../nn/initialise.ts';
import { T5_DEFAULTS } from '../nn/t5/config.ts';
import { createT5, T5 } from '../nn/t5/encoderDecoder.ts';
import { Random } from '../tensor/random.ts';
import { printJson } from '../text/json.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { readCheckpoint } from '../run/checkpoint.ts';
import { prepareCorpus, type Corpus } from './corpus.ts';
import type { CorpusText } from './corpusText.ts';
import { requireSameCorpus } from './corpusIdentity.ts';
import { createDecoderModel } from '../models/decoderModel.ts';
import { pretrainFingerprint, readPretrainConfig, type PretrainConfig } from './pretrainConfig.ts';
import { evaluatePerplexity } from '../train/evaluate.ts';
import { Checkpointer } from '../run/checkpointer.ts';
import { createFullLearner, type Saved } from '../train/learner.ts';
import { runLoop, type Loop, type StepRecord } from '../train/loop.ts';
import { createOptimizer, createSchedule } from '../train/optimization.ts';
import { createT5Model } from '../models/t5Model.ts';
import type { TextModel } from '../models/textModel.ts';

/** What somebody who watches is told. */
export interface PretrainWatcher {
  /** A stage that takes a while, before the first step. */
  stage(words: string): void;
  step(record: StepRecord, steps: number, tokensPerSecond: number): void;
  perplexity(step: number, value: number): void;
}

export interface PretrainOptions {
  readonly config: PretrainConfig;
  readonly folder: string;
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly watcher: PretrainWatcher;
  /** How many work on one kernel, 1 by default; no bit depends on it. */
  readonly threads?: number;
  readonly checkpointSeconds: number;
  /** Reads what is trained on. */
  readonly readText: () => CorpusText;
}

export interface PretrainResult {
  /** Whether all steps were made; otherwise the run can be resumed. */
  readonly finished: boolean;
  readonly step: number;
  /** On held-out definitions, per token; null if the run was stopped. */
  readonly perplexity: number | null;
  readonly parameters: number;
  readonly seconds: number;
}

const CHECKPOINT = 'checkpoint.safetensors';
/** Steps between two lines of the log. */
const LOG_EVERY = 25;

const OPTIONS: Kinds<PretrainOptions> = {
  config: readPretrainConfig,
  folder: text,
  resume: truth,
  signal: instance(AbortSignal, 'an AbortSignal'),
  watcher: having('a watcher', { stage: callable, step: callable, perplexity: callable }),
  threads: optional(integer(1)),
  checkpointSeconds: real,
  readText: callable,
};

/**
 * Trains a seed into `options.folder`.
 *
 * @throws {@link InvalidInput} for an option that is not what it should be, before anything is written; if a run that
 * is continued has another corpus or tokenizer than it was begun with.
 */
export async function pretrain(options: PretrainOptions): Promise<PretrainResult> {
  checkOptions(OPTIONS, options, 'pretrain');
  const { config, folder, watcher } = options;
  const network = createSeedNetwork(config); // whatever is wrong with the sizes is said before anything is written
  const runFingerprint = pretrainFingerprint(config);
  const checkpointPath = join(folder, CHECKPOINT);
  makeFolder(folder);
  const checkpoint =
    options.resume && existsSync(checkpointPath) ? readCheckpoint(checkpointPath, runFingerprint) : null;
  const [configPath, configText] = [join(folder, 'pretrain.json'), `${printJson(config, 'pretrain.json', 2)}\n`];
  if (options.resume) writeAtomically(configPath, configText);
  else if (!writeNew(configPath, configText))
    throw wrong('--out', 'a folder in which no run has begun (or --resume)', folder);

  const corpus = readCorpus(options, network, checkpoint !== null);
  const changed = checkpoint === null ? null : requireSameCorpus(checkpoint.identity, corpus.identity, folder);
  if (changed !== null) watcher.stage(changed);
  const kernels = createKernels(config.kernels, new Memory(), { threads: options.threads ?? 1 });
  const loop = createPretrainLoop(config, kernels, network, corpus, checkpoint);
  const logPath = join(folder, 'log.jsonl');
  truncateEvents(logPath, checkpoint?.step ?? 0);
  const log = openEventLog(logPath);
  const checkpointer = new Checkpointer({
    path: checkpointPath,
    origin: { run: runFingerprint, identity: corpus.identity },
    everySeconds: options.checkpointSeconds,
    everySteps: null,
    secondsBefore: checkpoint?.seconds ?? 0,
  });
  let perplexity: number | null = null;
  let tokens = 0;
  const began = Date.now();
  try {
    const save = (): void => {
      log.sync(); // no checkpoint may be ahead of the log
      checkpointer.save(loop.learner.save());
    };
    const made = (record: StepRecord): void => {
      const { step, loss, learningRate, gradientNorm } = record;
      tokens += record.tokens;
      watcher.step(record, config.steps, (1000 * tokens) / (Date.now() - began));
      if (step % LOG_EVERY === 0 || step === config.steps) {
        log.append({ step, kind: 'step', loss, learningRate, gradientNorm });
      }
      if (step % config.evaluateEvery === 0 || step === config.steps) {
        perplexity = evaluatePerplexity(kernels, loop.learner.theta, corpus.heldOut);
        log.append({ step, kind: 'perplexity', value: perplexity });
        watcher.perplexity(step, perplexity);
      }
      if (step < config.steps && checkpointer.isDue(step)) save();
    };
    const last = await runLoop(loop, checkpoint?.step ?? 0, config.steps, made, options.signal);
    const finished = last === config.steps;
    if (!finished) save();
    else {
      writeSeed(config, folder, textModelOf(network, corpus.tokenizer), loop.learner.theta);
      rmSync(checkpointPath, { force: true });
    }
    return { finished, step: last, perplexity, parameters: network.size, seconds: checkpointer.seconds };
  } finally {
    log.close();
  }
}

/**
 * Steps a second that this machine makes with a config, from a few steps that are thrown away.
 * `--minutes` chooses the number of steps with it.
 */
export async function measureSpeed(
  options: Pick<PretrainOptions, 'config' | 'folder' | 'watcher' | 'readText' | 'threads' | 'signal'>,
): Promise<number> {
  const { config, folder, signal, threads = 1 } = options;
  const network = createSeedNetwork(config);
  makeFolder(folder);
  const kernels = createKernels(config.kernels, new Memory(), { threads });
  const loop = createPretrainLoop(config, kernels, network, readCorpus(options, network, false), null);
  const warmUp = 3;
  const measured = 10;
  let began = 0;
  const made = ({ step }: StepRecord): void => {
    if (step === warmUp) began = Date.now();
  };
  await runLoop(loop, 0, warmUp + measured, made, signal);
  signal.throwIfAborted();
  const seconds = (Date.now() - began) / 1000;
  await closeThreads(kernels.memory);
  return measured / seconds;
}

function readCorpus(
  { config, folder, watcher, readText }: Pick<PretrainOptions, 'config' | 'folder' | 'watcher' | 'readText'>,
  network: Decoder | T5,
  known: boolean,
): Corpus {
  const say = (words: string): void => watcher.stage(words);
  say('reading the corpus');
  return prepareCorpus(readText(), config, network, folder, known, say);
}

function createPretrainLoop(
  config: PretrainConfig,
  kernels: Kernels,
  network: Decoder | T5,
  corpus: Corpus,
  saved: Saved | null,
): Loop {
  const start = new Float32Array(network.size);
  initialise(network, start, new Random(config.randomSeed).split('initialise'));
  return {
    kernels,
    parameters: network.parameters,
    learner: createFullLearner(kernels, createOptimizer(config), network.parameters, start, saved),
    schedule: createSchedule(config),
    batches: corpus.batches,
    clip: config.clip,
    dropout: config.dropout,
    randomSeed: config.randomSeed,
  };
}

/** Su et al. 2021 for rotary positions; T5 1.1 for the rest. */
const NORM_EPSILON = 1e-6;

function createSeedNetwork(config: PretrainConfig): Decoder | T5 {
  const { vocabularySize, modelSize, layers, heads, feedForwardSize, context, activation, tiedEmbedding } = config;
  const common = { vocabularySize, modelSize, heads, feedForwardSize, context, activation, tiedEmbedding };
  switch (config.architecture) {
    case 'decoder':
      return createDecoder({ ...common, layers, ropeBase: 10_000, normEpsilon: NORM_EPSILON });
    case 't5':
      if (modelSize % heads !== 0) throw wrong('pretrain: modelSize', `a multiple of the ${heads} heads`, modelSize);
      return createT5({
        ...T5_DEFAULTS,
        ...common,
        headSize: modelSize / heads,
        encoderLayers: layers,
        decoderLayers: layers,
        normEpsilon: NORM_EPSILON,
      });
  }
}

function textModelOf(network: Decoder | T5, tokenizer: Tokenizer): TextModel {
  return network instanceof T5 ? createT5Model(network, tokenizer) : createDecoderModel(network, tokenizer);
}

function writeSeed(config: PretrainConfig, folder: string, model: TextModel, theta: Float32Array): void {
  model.write(folder, theta, {
    dtype: config.dtype,
    metadata: { pretraining: pretrainFingerprint(config).slice(0, 16), steps: String(config.steps) },
  });
}
