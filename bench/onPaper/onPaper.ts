/**
 * Growth on paper: what a step of training and DST's share of it move and exchange in a model of any size. Counted, not
 * measured.
 *
 * Counted per parameter are bytes read or written once each from memory, which at these sizes holds no vector in a
 * cache. Parameters, gradients and the seed are bfloat16; updates, candidates and distances float32.
 *
 * @module
 */
import { wrong } from '../../src/errors.ts';

/** A model, its batch, and how it is tuned. */
export interface PaperModel {
  /** n */
  readonly parameters: number;
  /** Tokens of one step over all machines. */
  readonly tokens: number;
  /** Silos: per module and layer. */
  readonly silos: number;
  /** T of Algorithm 2. */
  readonly iterations: number;
  /** Over how many machines the parameters are parted. */
  readonly machines: number;
}

/** What one step costs, in all machines together unless it says otherwise. */
export interface PaperStep {
  /** 6 · n · tokens: forward and backward (Kaplan et al. 2020, Section 2.1). */
  readonly flops: number;
  /** Of AdaFactor, factored, without momentum, and of θ + u. */
  readonly optimizerBytes: number;
  /** Of DST with a vector of distances: δ, T counts, projection. */
  readonly iterativeBytes: number;
  /** Of exact selection by the digits of the bit pattern in place of the T counts. */
  readonly selectBytes: number;
  /** Memory that DST adds: the seed and one distance a parameter. */
  readonly memoryBytes: number;
  /** Bytes that each machine sends for Algorithm 2: T times one count a silo, and two floats of its bracket. */
  readonly iterativeExchange: number;
  /** The same for exact selection: three histograms a silo. */
  readonly selectExchange: number;
  /** The same for a literal Eq. 6: its distances. */
  readonly gatherExchange: number;
  /** All-reduces that wait for each other: T, and the one that tells the bracket. */
  readonly iterativeRounds: number;
}

const BFLOAT16 = 2;
const FLOAT32 = 4;
/** A count of up to 2⁶⁴ parameters. */
const COUNT = 8;

/**
 * Passes over vectors, in bytes a parameter:
 * AdaFactor reads g for its sums, g again for the update, writes u, reads u for its RMS, reads and writes it to scale it (once),
 * reads θ for its RMS, reads θ and u and writes θ̂.
 */
const OPTIMIZER = BFLOAT16 + BFLOAT16 + FLOAT32 + FLOAT32 + 2 * FLOAT32 + BFLOAT16 + BFLOAT16 + FLOAT32 + FLOAT32;
/** δ reads θ̂ and θ⁰ and is written. */
const DISTANCE = FLOAT32 + BFLOAT16 + FLOAT32;
/** A count reads δ. */
const COUNTING = FLOAT32;
/** The projection reads δ, θ̂ and θ⁰ and writes θ. */
const PROJECTION = FLOAT32 + FLOAT32 + BFLOAT16 + BFLOAT16;
/** Digits of 11, 10 and 10 bits: three passes with a histogram each. */
const DIGIT_BITS = [11, 10, 10] as const;

/** @throws {@link InvalidInput} if a number is not positive. */
export function computePaperStep(model: PaperModel): PaperStep {
  for (const [name, value] of Object.entries(model)) {
    if (!(value > 0 && value < Infinity)) throw wrong(`paper model: ${name}`, 'a number above 0', value);
  }
  const { parameters: n, tokens, silos, iterations: T, machines } = model;
  const histograms = DIGIT_BITS.reduce((sum, bits) => sum + 2 ** bits, 0);
  return {
    flops: 6 * n * tokens,
    optimizerBytes: n * OPTIMIZER,
    iterativeBytes: n * (DISTANCE + T * COUNTING + PROJECTION),
    selectBytes: n * (DISTANCE + DIGIT_BITS.length * COUNTING + PROJECTION),
    memoryBytes: n * (BFLOAT16 + FLOAT32),
    iterativeExchange: silos * (T * COUNT + 2 * FLOAT32),
    selectExchange: silos * histograms * COUNT,
    gatherExchange: (n * FLOAT32) / machines,
    iterativeRounds: T + 1,
  };
}

/**
 * DST's share of a step on a machine of `balance` operations a byte, if neither hides behind the other:
 * the time of its bytes over the time of the step's operations and of the optimizer's bytes.
 */
export function computePaperShare(step: PaperStep, bytes: number, balance: number): number {
  return (bytes * balance) / (step.flops + step.optimizerBytes * balance);
}
