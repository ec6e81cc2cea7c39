/**
 * Greedy decoding with the key-value cache: tokens a second by the number of prompts decoded together, and what one more
 * token costs by the length of the text before it.
 *
 * `node scripts/run.mjs bench/generation.ts [--quick] [--json]`
 *
 * @module
 */
import { formatTable } from '../cli/table.ts';
import { createKernels } from '../src/kernel/create.ts';
import { Memory } from '../src/kernel/memory.ts';
import { createDecoder } from '../src/nn/decoder.ts';
import { generate } from '../src/nn/generate.ts';
import { initialise } from '../src/nn/initialise.ts';
import { Random } from '../src/tensor/random.ts';

/** The decoder of the training step's benchmark, with room for longer texts. */
const CONFIG = {
  vocabularySize: 2000,
  modelSize: 128,
  layers: 4,
  heads: 4,
  feedForwardSize: 512,
  context: 1024,
  activation: 'gelu',
  tiedEmbedding: true,
  ropeBase: 10_000,
  normEpsilon: 1e-6,
} as const;
/** No token ends a text. */
const NEVER = -1;
const PROMPT = 8;

const isQuick = process.argv.includes('--quick');
const ROUNDS = isQuick ? 3 : 9;
const TOKENS = isQuick ? 24 : 56;
const TOGETHER = [1, 4, 16, 32];
const CONTEXTS = isQuick ? [64, 256, 960] : [64, 128, 256, 512, 960];

const kernels = createKernels('simd', new Memory());
const decoder = createDecoder(CONFIG);
const theta = kernels.memory.floats(decoder.size);
initialise(decoder, theta, new Random(1));
const random = new Random(2);
const promptOf = (length: number): Int32Array =>
  Int32Array.from({ length }, () => random.integer(CONFIG.vocabularySize));

/** Milliseconds of decoding `tokens` after each prompt: of this process, so that others who share the machine count for less. */
function time(prompts: readonly Int32Array[], tokens: number): number {
  const start = process.cpuUsage();
  generate(decoder, theta, prompts, { kernels, maximumTokens: tokens, end: NEVER, rows: prompts.length });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** One time a round for each case, the cases taking turns; a first round, which compiles, is not counted. */
function interleave(cases: readonly (() => number)[]): number[][] {
  cases.forEach((measure) => measure());
  const rounds = Array.from({ length: ROUNDS }, () => cases.map((measure) => measure()));
  return cases.map((_, i) => rounds.map((round) => round[i]));
}

interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { low: sorted[0], median: sorted[sorted.length >> 1], high: sorted[sorted.length - 1] };
}

const format = ({ low, median, high }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${low.toFixed(digits)} … ${high.toFixed(digits)})`;

const batches = TOGETHER.map((rows) => Array.from({ length: rows }, () => promptOf(PROMPT)));
// What the tokens after the first cost: the first is the prompt's.
const times = interleave(batches.map((prompts) => () => time(prompts, TOKENS + 1) - time(prompts, 1)));
const together = TOGETHER.map((rows, i) => ({
  rows,
  tokensPerSecond: spreadOf(times[i].map((ms) => (1000 * rows * TOKENS) / ms)),
  // Round by round against one prompt alone: what slows the machine for a while slows both.
  timesOne: spreadOf(times[i].map((ms, round) => (rows * times[0][round]) / ms)),
}));

const STEPS = 32;
const longer = CONTEXTS.map((length) => promptOf(length));
const steps = interleave(longer.map((prompt) => () => (time([prompt], STEPS + 1) - time([prompt], 1)) / STEPS));
const contexts = CONTEXTS.map((context, i) => ({ context, millisecondsPerToken: spreadOf(steps[i]) }));

if (process.argv.includes('--json')) {
  const facts = { parameters: decoder.size, prompt: PROMPT, tokens: TOKENS, rounds: ROUNDS };
  console.log(JSON.stringify({ bench: 'generation', node: process.version, facts, together, contexts }, null, 2));
} else {
  console.log(`${decoder.size} parameters, ${TOKENS} tokens after prompts of ${PROMPT}, median (least … greatest)\n`);
  console.log(
    formatTable(
      [
        { heading: 'together', align: 'right' },
        { heading: 'tokens a second', align: 'right' },
        { heading: 'times one', align: 'right' },
      ],
      together.map((row) => [String(row.rows), format(row.tokensPerSecond, 0), format(row.timesOne, 2)]),
    ),
  );
  console.log(
    formatTable(
      [
        { heading: 'text before', align: 'right' },
        { heading: 'ms a token', align: 'right' },
      ],
      contexts.map((row) => [String(row.context), format(row.millisecondsPerToken, 3)]),
    ),
  );
}
