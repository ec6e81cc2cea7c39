/**
 * `dst pretrain`: trains a seed on the text of the packages.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { wrong } from '../../src/errors.ts';
import { fromZero, oneOf, positive } from '../../src/kinds.ts';
import {
  PRETRAIN_DEFAULTS,
  PRETRAIN_FIELDS,
  readPretrainConfig,
  readPretrainFile,
  type PresetName,
  type PretrainConfig,
} from '../../src/pretrain/pretrainConfig.ts';
import { readCorpusText } from '../../src/pretrain/corpusText.ts';
import { measureSpeed, pretrain, type PretrainWatcher } from '../../src/pretrain/pretrain.ts';
import { record } from '../../src/text/json.ts';
import { withRandomSeed } from '../../src/train/randomSeed.ts';
import { addFieldOptions, OPTIMIZATION_WORDS, type OptionWords } from '../fieldOptions.ts';
import { Interrupted, type Io } from '../io.ts';
import { addCommonOptions, addExamples, numberOption, pick, readConfigFile, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createProgress, type Progress } from '../progress.ts';
import { requireAgreement, requireFileAgreement } from '../resumed.ts';
import { goesOnBy } from '../stop.ts';
import { formatCount, formatSeconds } from '../table.ts';
import { addThreadsOption, threadsOf, type ThreadsOption } from '../threads.ts';

interface Options extends CommonOptions, ThreadsOption {
  readonly out: string;
  readonly model: string;
  readonly config?: string;
  readonly minutes?: number;
  readonly resume?: true;
  readonly checkpointSeconds: number;
}

const PRESETS: readonly PresetName[] = ['nano', 't5-nano'];

const PRETRAIN_WORDS = {
  architecture: ['name', 'what is trained'],
  vocabularySize: ['n', 'tokens'],
  modelSize: ['n', 'width'],
  layers: ['n', 'layers'],
  heads: ['n', 'attention heads'],
  feedForwardSize: ['n', 'width inside a layer'],
  context: ['n', 'longest sequence'],
  activation: ['name', 'activation'],
  tiedEmbedding: ['bool', 'one table for both ends'],
  rows: ['n', 'rows a step'],
  length: ['n', 'tokens a row'],
  ...OPTIMIZATION_WORDS,
  evaluateEvery: ['n', 'steps between perplexities'],
  dtype: ['name', 'numbers in the file'],
} as const satisfies OptionWords<PretrainConfig>;

export function define(command: Command, io: Io): void {
  addCommonOptions(addThreadsOption(command))
    .requiredOption('--out <folder>', 'where the seed goes')
    .option('--model <name>', `what the defaults below are of: ${PRESETS.join(' or ')}`, 'nano')
    .option(
      '--config <file>',
      'a JSON file with the options below (in camel case), as pretrain.json in a seed’s folder',
    )
    .option(
      '--minutes <m>',
      'choose the steps so that training takes about this long',
      numberOption('--minutes', positive),
    )
    .option('--resume', 'continue from the last checkpoint in the folder')
    .option(
      '--checkpoint-seconds <s>',
      'seconds between two checkpoints',
      numberOption('--checkpoint-seconds', fromZero),
      60,
    );
  addFieldOptions(command, PRETRAIN_WORDS, PRETRAIN_FIELDS, PRETRAIN_DEFAULTS).action(
    (options: Options, self: Command) => run(options, self, io),
  );
  addExamples(command, [
    ['dst pretrain --out seeds/mine --minutes 10', 'as good a seed as ten minutes give'],
    ['dst pretrain --model t5-nano --out seeds/mine', 'an encoder-decoder, by span corruption'],
    [
      'dst pretrain --out seeds/mine --resume',
      'continue after a crash or Ctrl-C: the bits are those of an uninterrupted run',
    ],
    ['dst pretrain --out /tmp/again --config seeds/nano/pretrain.json', 'reproduce a committed seed'],
  ]);
}

/** What may be another in each sitting; the file of --config is looked into. */
const FREE = ['out', 'config', 'checkpointSeconds'];

async function run(options: Options, self: Command, io: Io): Promise<void> {
  const progress = createProgress(io, options.quiet === true);
  const watcher = createWatcher(progress);
  const config = await chooseConfig(options, self, io, watcher, progress);
  goesOnBy(io, ['pretrain', '--out', options.out, '--resume']);
  const { finished, step, perplexity, parameters, seconds } = await pretrain({
    config,
    folder: options.out,
    resume: options.resume === true,
    signal: io.signal,
    watcher,
    threads: threadsOf(options, config.kernels),
    checkpointSeconds: options.checkpointSeconds,
    readText: readCorpusText,
  });
  if (!finished) throw new Interrupted(`stopped after step ${step}`);
  progress.finish('pre-training', '');
  writeResult(
    io,
    options.json === true,
    { folder: options.out, parameters, steps: step, perplexity, seconds },
    `${options.out}: ${formatCount(parameters)} parameters, ${step} steps in ${formatSeconds(seconds)}, ` +
      `held-out perplexity ${perplexity?.toFixed(2) ?? 'unknown'}\n`,
  );
}

async function chooseConfig(
  options: Options,
  self: Command,
  { signal }: Io,
  watcher: PretrainWatcher,
  progress: Progress,
): Promise<PretrainConfig> {
  const stored = join(options.out, 'pretrain.json');
  if (options.resume === true) {
    if (!existsSync(stored)) throw wrong('--resume', `a run in ${options.out}`, 'a folder without pretrain.json');
    if (existsSync(join(options.out, 'model.safetensors'))) {
      throw wrong('--resume', `an unfinished run in ${options.out}`, 'a finished one');
    }
    const begun = readPretrainFile(stored);
    requireAgreement(self, { ...begun }, FREE, options.out);
    if (options.config !== undefined)
      requireFileAgreement(
        record(withRandomSeed(readConfigFile(options.config)), options.config),
        { ...begun },
        options.config,
        options.out,
      );
    return begun;
  }
  if (existsSync(join(options.out, 'model.safetensors')) || existsSync(join(options.out, 'checkpoint.safetensors'))) {
    throw wrong('--out', 'a folder without a model (or --resume)', options.out);
  }
  const file = options.config === undefined ? {} : withRandomSeed(readConfigFile(options.config));
  const given = pick(options, Object.keys(PRETRAIN_DEFAULTS));
  const preset = oneOf(PRESETS)(options.model, '--model');
  const config = readPretrainConfig(
    typeof file === 'object' && file !== null ? { ...file, ...given } : file,
    options.config ?? 'pretrain',
    preset,
  );
  if (options.minutes === undefined) return config;
  const threads = threadsOf(options, config.kernels);
  const { out: folder } = options;
  const rate = await measureSpeed({ config, folder, watcher, threads, signal, readText: readCorpusText });
  const steps = Math.max(config.warmUp + 1, Math.round(60 * options.minutes * rate));
  progress.say(`${rate.toFixed(2)} steps/s here: --minutes ${options.minutes} is --steps ${steps}`);
  return readPretrainConfig({ ...config, steps }, 'pretrain');
}

function createWatcher(progress: Progress): PretrainWatcher {
  let last = '';
  return {
    stage: (words) => progress.say(words),
    step({ step, loss }, steps, tokensPerSecond) {
      const note = `loss ${loss.toFixed(3)}  ${Math.round(tokensPerSecond)} tokens/s${last}`;
      progress.update('pre-training', { done: step, total: steps, note });
    },
    perplexity(step, value) {
      last = `  perplexity ${value.toFixed(2)}`;
      progress.say(`step ${step}: held-out perplexity ${value.toFixed(3)}`);
    },
  };
}
