/**
 * What Dynamic Subset Tuning meets at a published AdaFactor: whether settings give t5x's updates, and which subset is kept.
 *
 * @module
 */
import type { Implementation, OptimizerChoice } from '../../../spec/implementation.ts';
import { Random } from '../../../src/tensor/random.ts';
import { ask, measure, type Agreement } from './agreement.ts';
import { OURS } from './ours.ts';
import { problem, type Problem } from './problems.ts';

type Options = Partial<OptimizerChoice>;

/** Settings of a program, and those of t5x that they give, on tensors that both factor or neither. */
export interface Settings {
  readonly theirs: Options;
  readonly t5x: Options;
}

const UNSCALED = { multiplyByParameterScale: false };
/** From the size of t5x's. */
const MINIMUM = { minDimSizeToFactor: 128 };
const AT_DEFAULTS: Settings = { theirs: {}, t5x: {} };

/** By the name in published.py. The guide on published AdaFactors has the same in Python. */
export const AS_T5X: Readonly<Record<string, Settings>> = {
  optax: AT_DEFAULTS,
  transformers: AT_DEFAULTS,
  keras: AT_DEFAULTS,
  torch: AT_DEFAULTS,
  mlx: { theirs: { relativeStep: false }, t5x: {} },
  pytorch_optimizer: { theirs: { relativeStep: false, momentum: null }, t5x: {} },
  timm: { theirs: MINIMUM, t5x: UNSCALED },
  'timm-big-vision': { theirs: { ...MINIMUM, momentum: null, clippingThreshold: 1 }, t5x: UNSCALED },
};

const SEED = 8610;
const STEPS = 5;
const EPSILON = 0.1;
/** A vector, and a matrix that all of them factor. */
const SHAPES = [[1000], [130, 128]];
/** Below t^−½ at each of the steps, so that a cap does not show. */
const LEARNING_RATE = 0.001;

/** How far the updates lie from t5x's with these settings. */
export function compareWithT5x(
  program: Implementation,
  dialect: string,
  { theirs, t5x }: Settings,
): Promise<Agreement> {
  const asT5x: Implementation = {
    ...program,
    optimize: (asked) =>
      program.optimize({ ...asked, optimizer: { ...asked.optimizer, ...without(t5x), ...theirs, dialect } }),
  };
  return measure(asT5x, problems({ dialect: 't5x', ...t5x }));
}

/** t5x's own options are not the program's. */
function without(options: Options): Options {
  return Object.fromEntries(Object.keys(options).map((name) => [name, undefined]));
}

/** Beside what t5x's updates do. */
export interface Moved {
  /** Of the subsets that are kept, by the absolute distance, after five steps. */
  readonly overlap: number;
  /** Of the distances that the parameters have gone, without a subset. */
  readonly ratio: number;
}

export async function moveAsT5x(program: Implementation, dialect: string, { theirs, t5x }: Settings): Promise<Moved> {
  const [, matrix] = problems({});
  const [a, b] = [
    await move(program, { ...matrix, optimizer: { ...matrix.optimizer, ...theirs, dialect } }),
    await move(OURS, { ...matrix, optimizer: { ...matrix.optimizer, ...t5x, dialect: 't5x' } }),
  ];
  const { overlap } = outputOf(await OURS.overlap({ seed: matrix.parameters, a: a.kept, b: b.kept }));
  return { overlap, ratio: a.distance / b.distance };
}

/** How many different absolute distances a vector has after its first step. */
export async function countFirstDistances(program: Implementation, dialect: string): Promise<number> {
  const [vector] = problems({});
  const parameters = vector.parameters.map(() => 0);
  const [update] = await ask(program, { ...vector, parameters, optimizer: { ...vector.optimizer, dialect } });
  return new Set(update.map(Math.abs)).size;
}

function problems(options: Options): Problem[] {
  const random = new Random(SEED);
  return SHAPES.map((shape) => {
    const made = problem(random, 't5x', shape, STEPS, {});
    return { ...made, optimizer: { name: 'adafactor', learningRate: LEARNING_RATE, ...options } };
  });
}

/** θ after the steps with all but the subset back at its seed, and how far it was before. */
async function move(
  program: Implementation,
  asked: Problem,
): Promise<{ readonly kept: readonly number[]; readonly distance: number }> {
  const seed = asked.parameters;
  const updates = await ask(program, asked);
  const candidate = seed.map((value, i) => updates.reduce((sum, u) => Math.fround(sum + u[i]), value));
  const choice = { epsilon: EPSILON, distance: 'absolute', method: 'quantile' } as const;
  const { parameters } = outputOf(await OURS.project({ seed, candidate, silos: [seed.length], ...choice }));
  return { kept: parameters, distance: Math.hypot(...candidate.map((value, i) => value - seed[i])) };
}

function outputOf<T>(answer: { readonly output: T } | object): T {
  if ('output' in answer) return answer.output;
  throw new Error(`expected an output, got ${JSON.stringify(answer)}`);
}
