/**
 * Greedy decoding, several prompts at once, with a key-value cache.
 *
 * @module
 */
import { Tape } from '../autograd/tape.ts';
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { emptyBatch, type Batch } from './batch.ts';
import { DecoderCache } from './cache.ts';
import type { Decoder } from './decoder.ts';

export interface GenerateOptions {
  readonly kernels: Kernels;
  /** The most tokens to add to a prompt; fewer if a text outgrows the context. */
  readonly maximumTokens: number;
  /** The token at which a text ends. */
  readonly end: number;
  /** How many prompts are decoded together; 32 if absent. The result does not depend on it. */
  readonly rows?: number;
  /** Is told after each token how many prompts are done, and how many tokens those under way have been given. */
  readonly watch?: ((done: number, tokens: number) => void) | undefined;
}

/** One prompt under way. */
interface Row {
  readonly prompt: Int32Array;
  readonly tokens: number[];
  done: boolean;
}

/** Prompts are padded to a multiple of this many tokens, so that few different shapes occur. */
const LENGTH_MULTIPLE = 8;

/**
 * Continues each prompt by its most likely next token (of equals the lowest), again and again, until `end` or
 * `maximumTokens`. Equal, token for token, to taking the argmax of {@link Decoder.logits} over the whole text each time.
 *
 * @param theta - the parameters, in the kernels' memory.
 * @returns the new tokens of each prompt, without `end`.
 * @throws InvalidInput naming a prompt that is empty or longer than the context.
 */
export function generate(
  decoder: Decoder,
  theta: Float32Array,
  prompts: readonly Int32Array[],
  options: GenerateOptions,
): Int32Array[] {
  const { context } = decoder.config;
  prompts.forEach((prompt, i) => {
    if (prompt.length < 1 || prompt.length > context)
      throw wrong(`generate: prompts[${i}]`, `1 to ${context} tokens, the context`, prompt.length);
  });
  const tape = new Tape(options.kernels, 'forward');
  const rows = prompts.map((prompt): Row => ({ prompt, tokens: [], done: options.maximumTokens < 1 }));
  const byLength = rows.toSorted((a, b) => a.prompt.length - b.prompt.length);
  const together = options.rows ?? 32;
  for (let i = 0; i < byLength.length; i += together)
    tape.step(() => continueAll(tape, decoder, theta, byLength.slice(i, i + together), i, options));
  return rows.map((row) => Int32Array.from(row.tokens));
}

/**
 * Decodes some prompts together: first all of each prompt, then a token of each at a time.
 *
 * @param before - how many prompts are done already.
 */
function continueAll(
  tape: Tape,
  decoder: Decoder,
  theta: Float32Array,
  rows: readonly Row[],
  before: number,
  { kernels, maximumTokens, end, watch }: GenerateOptions,
): void {
  const { layers, modelSize, context } = decoder.config;
  const longest = rows.reduce((most, { prompt }) => Math.max(most, prompt.length), 0);
  const capacity = Math.min(context, roundUp(longest) + maximumTokens);
  const cache = new DecoderCache(kernels.memory, layers, rows.length, capacity, modelSize);

  let batch = promptBatch(rows, Math.min(context, roundUp(longest)));
  let places = Int32Array.from(rows, (row, i) => i * batch.length + row.prompt.length - 1);
  for (let tokens = 1; rows.some((row) => !row.done); tokens++) {
    const best = tape.step(() => argmaxOfRows(decoder.step(tape, theta, batch, places, cache).data, rows.length));
    rows.forEach((row, i) => {
      if (!row.done && best[i] !== end) row.tokens.push(best[i]);
      const full = row.prompt.length + row.tokens.length > context;
      row.done ||= best[i] === end || full || row.tokens.length >= maximumTokens;
    });
    watch?.(before + rows.filter(({ done }) => done).length, tokens);
    batch = nextBatch(rows, context);
    places = Int32Array.from(rows, (_, i) => i);
  }
}

/** The prompts, one a row; the padding behind a prompt writes slots of the cache that later tokens overwrite. */
function promptBatch(rows: readonly Row[], length: number): Batch {
  const batch = emptyBatch(rows.length, length);
  rows.forEach(({ prompt }, row) => {
    for (let i = 0; i < length; i++) {
      const at = row * length + i;
      batch.positions[at] = i;
      if (i >= prompt.length) continue;
      batch.tokens[at] = prompt[i];
      batch.to[at] = i + 1;
    }
  });
  return batch;
}

/** The last token of each row alone; a row that is done repeats its last. */
function nextBatch(rows: readonly Row[], context: number): Batch {
  const batch = emptyBatch(rows.length, 1);
  rows.forEach(({ prompt, tokens }, row) => {
    const last = Math.min(prompt.length + tokens.length, context) - 1;
    batch.tokens[row] = tokens[tokens.length - 1] ?? prompt[prompt.length - 1];
    batch.positions[row] = last;
    batch.to[row] = last + 1;
  });
  return batch;
}

/** The index of the largest of each row's logits; of equals the lowest. */
function argmaxOfRows(logits: Float32Array, rows: number): Int32Array {
  const columns = logits.length / rows;
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = row * columns;
    for (let i = best + 1; i < (row + 1) * columns; i++) if (logits[i] > logits[best]) best = i;
    return best - row * columns;
  });
}

function roundUp(length: number): number {
  return Math.ceil(length / LENGTH_MULTIPLE) * LENGTH_MULTIPLE;
}
