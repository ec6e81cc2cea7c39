/**
 * `dst generate`: what a model answers. A tuned run wraps the prompt as its task does and prints the class.
 *
 * @module
 */
import type { Command } from 'commander';
import { wrong } from '../../src/errors.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { generate } from '../../src/nn/generate.ts';
import { decodeAnswer, encodePrompt } from '../../src/text/document.ts';
import { EOS } from '../../src/text/tokenizer.ts';
import { openModel } from '../../src/train/models.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { defaultSeed } from '../seeds.ts';
import { addThreadsOption, threadsOf, type ThreadsOption } from '../threads.ts';
import { kernelNamed } from './eval.ts';

interface Options extends CommonOptions, ThreadsOption {
  readonly model?: string;
  readonly prompt: string;
  readonly maximumTokens: number;
  readonly raw?: true;
  readonly kernels: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(addThreadsOption(command))
    .option('--model <folder>', 'a model or a run (default: the seed in seeds/)')
    .requiredOption('--prompt <text>', 'what the model is given')
    .option('--maximum-tokens <n>', 'longest answer', integerOption('--maximum-tokens', 1), 16)
    .option('--raw', 'continue the prompt itself: no separator behind it')
    .option('--kernels <name>', 'scalar or simd', 'simd')
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst generate --model runs/latest --prompt "a large wild cat with a striped coat"', 'the class of a definition'],
    ['dst generate --prompt "a device for measuring time"', 'the seed: which word is defined'],
    ['dst generate --raw --prompt "the capital of"', 'plain continuation'],
  ]);
}

function run(options: Options, io: Io): void {
  const name = kernelNamed(options.kernels);
  const threads = threadsOf(options, name);
  if (options.prompt.trim() === '') throw wrong('--prompt', 'a text that is not empty', options.prompt);
  const model = openModel(options.model ?? defaultSeed());
  const { decoder, tokenizer } = model;
  const prompt =
    options.raw === true ? tokenizer.encode(` ${options.prompt}`) : encodePrompt(tokenizer, options.prompt);
  const room = decoder.config.context - prompt.length;
  if (room < 1) throw wrong('--prompt', `at most ${decoder.config.context - 1} tokens`, `${prompt.length} tokens`);
  const kernels = createKernels(name, new Memory(), { threads });
  const theta = kernels.memory.copyOf(model.theta);
  const maximumTokens = Math.min(room, options.maximumTokens);
  const [generated] = generate(decoder, theta, [prompt], { kernels, maximumTokens, end: EOS });
  const answer = decodeAnswer(tokenizer, generated);
  writeResult(io, options.json === true, { model: model.folder, prompt: options.prompt, answer }, `${answer}\n`);
}
