/**
 * Measuring a model: what it answers, and perplexity.
 *
 * @module
 */
import { Tape } from '../autograd/tape.ts';
import { countLabels, nameOfRow, type Example, type TaskData } from '../data/task.ts';
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { measureAnswers, type Measure } from '../metrics/measure.ts';
import { createAsWritten } from './spelling.ts';
import type { AnswerOptions, MicroBatch, TextModel } from '../models/textModel.ts';

/** A model that can answer. */
export interface Answerer {
  readonly model: TextModel;
  readonly kernels: Kernels;
  readonly theta: Float32Array;
}

/** What a model answered, and what that is worth. */
export interface Evaluation extends Measure {
  /** The answers in the examples' order. */
  readonly answers: readonly string[];
}

/** How answers are searched for: greedily, and as long as the task's longest answer, if nothing is said. */
export type Search = Partial<Pick<AnswerOptions, 'beams' | 'lengthPenalty' | 'maximumTokens' | 'watch'>>;

/**
 * Measures a model on examples of a task. An answer that is what the tokenizer makes of a label is that label.
 *
 * @throws InvalidInput if there are no examples, or the model cannot say a label or distinguish two.
 */
export function evaluate(
  { model, kernels, theta }: Answerer,
  task: TaskData,
  examples: readonly Example[],
  search: Search = {},
): Evaluation {
  if (examples.length === 0) throw wrong('evaluate: examples', 'at least one', 'none');
  const maximumTokens = search.maximumTokens ?? longestAnswer(model, task);
  const texts = examples.map(({ text }) => text);
  const nameOf = (i: number): string => nameOfRow(examples, i, 'examples');
  const asWritten = createAsWritten(model, task);
  const said = model.answer(texts, { ...search, kernels, theta, maximumTokens, nameOf });
  const answers = said.map((answer, i) => asWritten(answer, examples[i]));
  return { ...measureAnswers(task.metric, answers, examples), answers };
}

/** Tokens of a task's longest label; of its longest training answer, if any text can be one. */
export function longestAnswer(model: TextModel, { labels, train }: TaskData): number {
  const answers = labels.length > 0 ? labels : train.map(({ label }) => label);
  return answers.reduce((most, answer) => Math.max(most, model.tokensOf(answer)), 1);
}

/** What always answering the training split's most frequent class gets on `examples`. */
export function evaluateMostFrequent(train: readonly Example[], examples: readonly Example[]): Evaluation {
  if (examples.length === 0) throw wrong('evaluateMostFrequent: examples', 'at least one', 'none');
  const [first] = countLabels(train).keys();
  if (first === undefined) throw wrong('evaluateMostFrequent: train', 'at least one example', 'none');
  const answers = examples.map(() => first);
  return { ...measureAnswers('accuracy', answers, examples), answers };
}

/** exp of the mean loss per target over the batches: how many tokens the model wavers between. */
export function evaluatePerplexity(kernels: Kernels, theta: Float32Array, batches: readonly MicroBatch[]): number {
  const tape = new Tape(kernels, 'forward');
  const targets = batches.reduce((sum, batch) => sum + batch.targets, 0);
  if (targets === 0) throw wrong('evaluatePerplexity: batches', 'at least one target', 'none');
  let total = 0;
  for (const batch of batches) {
    total += tape.step(() => batch.loss(tape, theta, undefined, { factor: 1 / targets }).data[0]);
  }
  return Math.exp(total);
}
