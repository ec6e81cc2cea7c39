/**
 * Decoding with key-value caches: greedy by the number of prompts decoded together, what one more token costs by the
 * length of the text before it, and a T5's beams beside greedy.
 *
 * @module
 */
import { Tape } from '../../src/autograd/tape.ts';
import type { Kernels } from '../../src/kernel/kernels.ts';
import { emptyBatch } from '../../src/nn/batch.ts';
import { DecoderCache } from '../../src/nn/cache.ts';
import { createDecoder, type Decoder } from '../../src/nn/decoder.ts';
import { generate } from '../../src/nn/generate.ts';
import { initialise } from '../../src/nn/initialise.ts';
import { createT5, type T5 } from '../../src/nn/t5/encoderDecoder.ts';
import { decode } from '../../src/nn/t5/generate.ts';
import { Random } from '../../src/tensor/random.ts';
import { CPU_CLOCK, cpuMilliseconds, onCpu, type RoundOptions } from '../contestant.ts';
import { BEAMS, caseOfContext, caseOfTogether, caseOfBeams, printGeneration } from './table.ts';
import { oneThread } from '../kernelsOf.ts';
import type { Row, SubjectResult } from '../result.ts';
import { interleaveAcross, type Effort, type Placed } from '../rounds.ts';
import { computeMedian } from '../spread.ts';
import type { Setting, Subject } from '../subject.ts';
import { drawTokens, SOURCE_LENGTH, T5_YARDSTICK } from '../step/t5Yardstick.ts';
import { YARDSTICK } from '../step/yardstick.ts';

/** No token ends a text. */
const NEVER = -1;
const PROMPT = 8;
const TOGETHER = [1, 4, 16, 32];
const CONTEXTS = [64, 128, 256, 512, 1024, 2048, 4096];
/** The decoder of the training step's benchmark, with a context for longer texts. */
const CONFIG = { ...YARDSTICK, context: CONTEXTS[CONTEXTS.length - 1] };

export const generation: Subject = { measure, print: printGeneration };

async function measure({ quick, kernels: name, say }: Setting): Promise<SubjectResult> {
  const kernels = oneThread(name);
  const decoder = createDecoder(CONFIG);
  const theta = begin(decoder, kernels);
  const t5 = createT5(T5_YARDSTICK);
  const tokens = quick ? 24 : 56;
  const effort: Effort = { rounds: quick ? 5 : 9, round: { milliseconds: quick ? 30 : 200, least: 1 } };
  const families = {
    'prompts together': TOGETHER.map((rows) => greedy(kernels, decoder, theta, rows, tokens)),
    'the text before a token': CONTEXTS.map((context) => oneToken(kernels, decoder, theta, context)),
    beams: searches(kernels, t5, begin(t5, kernels), tokens),
  };
  const rows: Row[] = [];
  for (const [family, placed] of Object.entries(families)) {
    say(family);
    rows.push(...(await interleaveAcross(placed, effort)).rows);
  }
  const facts = { parameters: decoder.size, t5: t5.size, prompt: PROMPT, source: SOURCE_LENGTH, tokens };
  return { subject: 'generation', rows, absent: [], facts: { ...facts, clock: CPU_CLOCK } };
}

function begin(model: Decoder | T5, { memory }: Kernels): Float32Array {
  const theta = memory.floats(model.size);
  initialise(model, theta, new Random(1));
  return theta;
}

/** A call decodes `tokens` in each of some rows. The first token of a row is its prompt's, and is not counted. */
function greedy(kernels: Kernels, decoder: Decoder, theta: Float32Array, rows: number, tokens: number): Placed {
  const random = new Random(2);
  const draw = (): Int32Array => Int32Array.from({ length: PROMPT }, () => random.integer(CONFIG.vocabularySize));
  const prompts = Array.from({ length: rows }, draw);
  const time = (maximumTokens: number): number => {
    const begin = cpuMilliseconds();
    generate(decoder, theta, prompts, { kernels, maximumTokens, end: NEVER, rows });
    return cpuMilliseconds() - begin;
  };
  const round = ({ milliseconds, least }: RoundOptions): Promise<number> => {
    const times: number[] = [];
    const end = cpuMilliseconds() + milliseconds;
    while (times.length < least || cpuMilliseconds() < end) times.push(time(tokens + 1) - time(1));
    return Promise.resolve(computeMedian(times));
  };
  return { about: { case: caseOfTogether(rows), x: rows }, contestant: { peer: 'ours', threads: 1, round } };
}

/** A call is one token after `context` − 1 others. What they were does not matter: their keys and values are zeros. */
function oneToken(kernels: Kernels, decoder: Decoder, theta: Float32Array, context: number): Placed {
  const { layers, modelSize } = CONFIG;
  const cache = new DecoderCache(kernels.memory, layers, 1, context, modelSize);
  const batch = emptyBatch(1, 1);
  batch.positions[0] = context - 1;
  batch.to[0] = context;
  const tape = new Tape(kernels, 'forward');
  const contestant = onCpu('ours', () =>
    tape.step(() => void decoder.step(tape, theta, batch, Int32Array.of(0), cache)),
  );
  return { about: { case: caseOfContext(context), x: context }, contestant };
}

/** A call decodes `tokens` for one source, or for 16 together, greedily or with beams. */
function searches(kernels: Kernels, t5: T5, theta: Float32Array, tokens: number): Placed[] {
  const random = new Random(2);
  const all = Array.from({ length: 16 }, () => drawTokens(random, SOURCE_LENGTH));
  return [1, all.length].flatMap((sources) =>
    BEAMS.map((beams): Placed => {
      const options = { kernels, beams, end: NEVER, maximumTokens: tokens, lengthPenalty: 0.6 };
      const contestant = onCpu('ours', () => void decode(t5, theta, all.slice(0, sources), options));
      return { about: { case: caseOfBeams(sources, beams), x: sources }, contestant };
    }),
  );
}
