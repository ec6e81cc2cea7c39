/**
 * What training and measuring need to know of a model that reads and writes text: how examples become batches with a
 * loss, and how texts become answers. A decoder and a T5 differ here and nowhere else.
 *
 * @module
 */
import type { Dropout } from '../autograd/elementwise.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Variable } from '../autograd/variable.ts';
import type { Example } from '../data/task.ts';
import type { LengthPolicy } from '../data/rows.ts';
import type { FileSystem } from '../files/fileSystem.ts';
import type { Kernels } from '../kernel/kernels.ts';
import type { DecoderConfig } from '../nn/config.ts';
import type { T5Config } from '../nn/t5/config.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** Rows that a model reads together. */
export interface MicroBatch {
  /** Targets that count in the loss. */
  readonly targets: number;
  /** Places that the model computes, padding among them. */
  readonly tokens: number;
  /**
   * The sum of the targets' cross-entropies, times `factor`.
   *
   * @param gradient - the flat vector that the backward pass adds to; undefined on a tape that does not record.
   * @returns a single number.
   */
  loss(
    tape: Tape,
    theta: Float32Array,
    gradient: Float32Array | undefined,
    options: { readonly factor: number; readonly dropout?: Dropout },
  ): Variable;
}

/** Examples to learn from, as tokens. */
export interface Dataset {
  /** How many there are. */
  readonly count: number;
  /** How many more there were that are longer than the context. */
  readonly leftOut: number;
  /**
   * Some of them.
   *
   * @param indices - which, each below `count`.
   * @param atOnce - how many a micro-batch has at most.
   */
  batches(indices: readonly number[], atOnce: number): readonly MicroBatch[];
}

export interface AnswerOptions {
  readonly kernels: Kernels;
  /** The parameters, in the kernels' memory. */
  readonly theta: Float32Array;
  /** The most tokens of an answer, its end among them. */
  readonly maximumTokens: number;
  /** Beginnings kept at each step; 1, greedy decoding, if absent. */
  readonly beams?: number;
  /** α of the beams' length penalty, see src/nn/beam.ts. */
  readonly lengthPenalty?: number;
  /** Whether the text itself is to be continued, without a separator behind it. Decoders only. */
  readonly raw?: boolean;
  /** What the text with that index is called in errors; `texts[i]` if absent. */
  readonly nameOf?: (index: number) => string;
  /** Is told after each token how many texts are answered, and how many tokens the answers under way have. */
  readonly watch?: ((answered: number, tokens: number) => void) | undefined;
}

export interface WriteOptions {
  /** How the numbers are stored; BF16 rounds them. F32 if absent. */
  readonly dtype?: 'F32' | 'BF16';
  readonly metadata?: Readonly<Record<string, string>>;
  readonly fileSystem?: FileSystem;
}

/** A model and its tokenizer. Its parameters' values are elsewhere: θ. */
export interface TextModel {
  readonly config: DecoderConfig | T5Config;
  /** The parameters, in the order in which they lie in θ. */
  readonly parameters: readonly Parameter[];
  /** n, the length of θ. */
  readonly size: number;
  readonly tokenizer: Tokenizer;
  /**
   * Examples to learn from.
   *
   * @param policy - for those that are longer than the context: `refuse` them, or `skip` and count them.
   * @param where - what the list of examples is called in errors; an example that knows where it comes from says that.
   * @throws InvalidInput naming the first that is too long, under `refuse`.
   */
  dataset(examples: readonly Example[], policy: LengthPolicy, where: string): Dataset;
  /**
   * Refuses examples that the model cannot be measured on.
   *
   * @param where - as in {@link TextModel.dataset}.
   * @throws InvalidInput naming the first that is longer than the context.
   */
  requireReadable(examples: readonly Example[], where: string): void;
  /** How many tokens an answer takes, its end among them. */
  tokensOf(answer: string): number;
  /**
   * What the model says when its tokens are an answer's: what the tokenizer leaves of the text. A T5's vocabulary lacks `{`
   * and makes one space of two, so that its "{a  b}" is "a b".
   */
  spell(answer: string): string;
  /**
   * What the model answers to each text.
   *
   * @throws InvalidInput if an option is none of this model's.
   */
  answer(texts: readonly string[], options: AnswerOptions): string[];
  /** Writes a folder of the model's own with these parameters. */
  write(folder: string, theta: Float32Array, options?: WriteOptions): void;
  /**
   * Writes the folder that the model was read from, with these parameters in the place of those that were there: config,
   * tokenizer and the rest stay as they are, byte for byte. As {@link TextModel.write} if it was not read.
   */
  writeTuned(folder: string, theta: Float32Array, fileSystem?: FileSystem): void;
}
