/**
 * Measuring a model: exact match of what it answers, and perplexity.
 *
 * @module
 */
import { Tape } from '../autograd/tape.ts';
import { countLabels, type Example } from '../data/task.ts';
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { countTargets, type Batch } from '../nn/batch.ts';
import type { Decoder } from '../nn/decoder.ts';

import { generate } from '../nn/generate.ts';
import { decodeAnswer, encodePrompt } from '../text/document.ts';
import { EOS, type Tokenizer } from '../text/tokenizer.ts';
import { computeWilson, type Proportion } from './metrics.ts';

/** A model that can answer. */
export interface Answerer {
  readonly kernels: Kernels;
  readonly decoder: Decoder;
  readonly theta: Float32Array;
  readonly tokenizer: Tokenizer;
}

/** What a model answered, and how much of it is right. */
export interface Evaluation extends Proportion {
  readonly correct: number;
  readonly count: number;
  /** The answers in the examples' order. */
  readonly answers: readonly string[];
}

/** Prompts decoded at once: enough that the matrix products are not thin. */
const ROWS = 64;

/**
 * Greedy answers, the longest label's length at most.
 *
 * @param labels - what an answer can be; their lengths bound the decoding.
 */
export function answer(model: Answerer, texts: readonly string[], labels: readonly string[]): string[] {
  const { kernels, decoder, theta, tokenizer } = model;
  const maximumTokens = 1 + Math.max(...labels.map((label) => tokenizer.encode(` ${label}`).length));
  const prompts = texts.map((text) => encodePrompt(tokenizer, text));
  // Prompts of one length side by side: a batch is as long as its longest.
  const order = prompts.map((_, i) => i).sort((i, j) => prompts[i].length - prompts[j].length || i - j);
  const sorted = order.map((i) => prompts[i]);
  const generated = generate(decoder, theta, sorted, { kernels, maximumTokens, end: EOS, rows: ROWS });
  const answers = new Array<string>(texts.length).fill('');
  order.forEach((i, place) => {
    answers[i] = decodeAnswer(tokenizer, generated[place]);
  });
  return answers;
}

/**
 * Exact match on the examples.
 *
 * @throws InvalidInput where there are no examples.
 */
export function evaluate(model: Answerer, examples: readonly Example[], labels: readonly string[]): Evaluation {
  if (examples.length === 0) throw wrong('evaluate: examples', 'at least one', 'none');
  const answers = answer(
    model,
    examples.map(({ text }) => text),
    labels,
  );
  const correct = examples.filter(({ label }, i) => answers[i] === label).length;
  return { ...computeWilson(correct, examples.length), correct, count: examples.length, answers };
}

/** What always answering the training split's most frequent class gets on `examples`. */
export function evaluateMostFrequent(train: readonly Example[], examples: readonly Example[]): Evaluation {
  if (examples.length === 0) throw wrong('evaluateMostFrequent: examples', 'at least one', 'none');
  const [first] = countLabels(train).keys();
  if (first === undefined) throw wrong('evaluateMostFrequent: train', 'at least one example', 'none');
  const correct = examples.filter(({ label }) => label === first).length;
  const answers = examples.map(() => first);
  return { ...computeWilson(correct, examples.length), correct, count: examples.length, answers };
}

/** exp of the mean loss per target over the batches: how many tokens the model wavers between. */
export function evaluatePerplexity(
  kernels: Kernels,
  decoder: Decoder,
  theta: Float32Array,
  batches: readonly Batch[],
): number {
  const tape = new Tape(kernels, 'forward');
  const targets = batches.reduce((sum, batch) => sum + countTargets(batch), 0);
  if (targets === 0) throw wrong('evaluatePerplexity: batches', 'at least one target', 'none');
  let total = 0;
  for (const batch of batches) {
    total += tape.step(() => decoder.loss(tape, theta, undefined, batch, { factor: 1 / targets }).data[0]);
  }
  return Math.exp(total);
}
