/**
 * AdaFactor as programs other than t5x have it, a law for each stage in which they differ. They apply to who claims
 * the dialect.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { formatOf, ordinaryNumbers } from '../arbitraries.ts';
import { DIALECTS } from '../implementation.ts';
import type { Capabilities, Dialect, OptimizerChoice } from '../implementation.ts';
import type { Format } from '../oracle/formats.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import { accepts, base, judgeEveryUpdate, matrices, requests, vectors } from './optimized.ts';
import type { Request } from './optimized.ts';

type Options = Partial<OptimizerChoice>;

interface Stage {
  readonly id: string;
  readonly claim: string;
  inputs(capabilities: Capabilities): Arbitrary<Request>;
}

function dialectLaw(dialect: Dialect, { id, claim, inputs }: Stage): Law<Request> {
  return defineLaw({
    ...base,
    id: `${dialect}/${id}`,
    claim,
    accepts,
    inputs,
    kind: 'ruling',
    needs: { optimizer: 'adafactor', dialect },
    check: judgeEveryUpdate,
  });
}

function optionsOf(dialect: Dialect, format: Format): Arbitrary<Options> {
  const scale = format.round(0.001);
  return fc.record({
    dialect: fc.constant(dialect),
    decayRate: fc.constantFrom(0.8, 0.5),
    epsilon1: fc.constantFrom(2 ** -8, 2 ** -16),
    epsilon2: fc.constantFrom(scale, 0.25),
    // torch refuses less than 1.
    clippingThreshold: fc.constantFrom(1, 2),
    multiplyByParameterScale: fc.constantFrom(...ASKED[dialect].scales),
  });
}

/** Matrices one after the other; the last two dimensions are the largest, so that all dialects factor the same. */
function stacks(): Arbitrary<readonly number[]> {
  return fc.constantFrom([2, 2, 3], [2, 3, 2], [3, 3, 4], [2, 2, 2], [1, 2, 3], [2, 2, 2, 2]);
}

/** The minimum from which optax factors, small enough for small matrices; the others have none. */
function factoring(dialect: Dialect): Options {
  return ASKED[dialect].hasMinimum ? { minDimSizeToFactor: 2 } : {};
}

/** With the options given, and no others but the dialect's name. */
function plainly(dialect: Dialect, options: Arbitrary<Options>): Arbitrary<Options> {
  return options.map((choice) => ({ dialect, ...factoring(dialect), ...choice }));
}

function lawsOf(dialect: Dialect): Law<Request>[] {
  const shared: Stage[] = [
    {
      id: 'vectors-step-by-step',
      claim: ASKED[dialect].vectors,
      inputs: (capabilities) =>
        requests(capabilities, { shapes: vectors(), choice: optionsOf(dialect, formatOf(capabilities)) }),
    },
    {
      id: 'matrices-step-by-step',
      claim: ASKED[dialect].hasMinimum
        ? 'A matrix is factored from the minimum on: v̂ = v_row v_colᵀ / mean(v_row).'
        : 'Every matrix is factored, however small: v̂ = v_row v_colᵀ / mean(v_row).',
      inputs: (capabilities) =>
        requests(capabilities, {
          shapes: matrices(),
          choice: optionsOf(dialect, formatOf(capabilities)).map((choice) => ({ ...factoring(dialect), ...choice })),
        }),
    },
    {
      id: 'stacks-are-factored-matrix-by-matrix',
      claim:
        'A tensor of rank 3 and more is factored along its last two dimensions, and clipped and scaled as a whole.',
      inputs: (capabilities) => requests(capabilities, { shapes: stacks(), choice: plainly(dialect, fc.constant({})) }),
    },
    {
      id: 'defaults',
      claim: ASKED[dialect].defaults,
      inputs: (capabilities) => requests(capabilities, { shapes: vectors(), choice: fc.constant({ dialect }) }),
    },
    {
      id: 'weight-decay',
      claim: ASKED[dialect].weightDecay,
      inputs: (capabilities) =>
        requests(capabilities, {
          shapes: vectors(),
          choice: plainly(dialect, fc.constantFrom({ weightDecay: 0.5 }, { weightDecay: 0.125 })),
        }),
    },
  ];
  return [...shared, ...ASKED[dialect].own(dialect)].map((stage) => dialectLaw(dialect, stage));
}

function momentum(dialect: Dialect): Stage {
  return {
    id: 'momentum-averages-the-scaled-updates',
    claim: 'Momentum is m = β₁m + (1 − β₁)·y of the updates as they are scaled, without a correction for the start.',
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: vectors(),
        choice: plainly(dialect, fc.constantFrom({ momentum: 0.5 }, { momentum: 0.875 })),
      }),
  };
}

const OPTAX_ALONE: Stage = {
  id: 'factors-from-a-size',
  claim: 'A matrix is factored if its second-largest dimension is at least the minimum, and otherwise kept in full.',
  inputs: (capabilities) =>
    requests(capabilities, {
      shapes: fc.constantFrom([3, 4], [2, 4], [4, 2], [3, 3]),
      choice: fc.constant({ dialect: 'optax' as const, minDimSizeToFactor: 3 }),
    }),
};

const TORCH_ALONE: readonly Stage[] = [
  {
    id: 'rate-is-at-most-the-inverse-root-of-the-step',
    claim: 'The learning rate is a cap: the step size is min(lr, t^−½) times the parameter scale.',
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: vectors(),
        choice: fc.constant({ dialect: 'torch' as const, learningRate: 1 }),
      }),
  },
  {
    id: 'epsilon-is-the-least-root',
    claim: 'ε₁ is not added to g²: it is the least that √v̂ can be, the format’s epsilon by default.',
    inputs: (capabilities) => {
      const format = formatOf(capabilities);
      const tiny = fc.tuple(ordinaryNumbers(format), fc.integer({ min: -2, max: 3 }));
      return fc
        .tuple(
          fc.array(
            tiny.map(([x, order]) => format.round(x * format.epsilon * 2 ** order)),
            { minLength: 1, maxLength: 8 },
          ),
          fc.constantFrom<Options>({}, { epsilon1: format.epsilon * 4 }),
        )
        .map(([gradient, options]) => ({
          optimizer: { name: 'adafactor', learningRate: 1, dialect: 'torch', ...options },
          parameters: gradient.map(() => 1),
          shape: [gradient.length],
          gradients: [gradient, gradient],
        }));
    },
  },
];

/** How the laws of one dialect differ from those of the others. */
interface Asked {
  readonly hasMinimum: boolean;
  /** What the option multiplyByParameterScale may be. */
  readonly scales: readonly boolean[];
  readonly vectors: string;
  readonly defaults: string;
  readonly weightDecay: string;
  /** The stages that not every dialect has. */
  readonly own: (dialect: Dialect) => readonly Stage[];
}

const AS_IN_T5X: Asked = {
  hasMinimum: true,
  scales: [false, true],
  vectors: 'Of a vector v = β₂v + (1 − β₂)(g² + ε₁) and u = −lr·scale·clip(g/√v).',
  defaults: 'By default the step is scaled by max(0.001, RMS(θ)).',
  weightDecay: 'Weight decay takes wθ from the update: w is not multiplied by the learning rate.',
  own: (dialect) => [momentum(dialect)],
};

const ASKED: Readonly<Record<Dialect, Asked>> = {
  t5x: AS_IN_T5X,
  optax: { ...AS_IN_T5X, own: (dialect) => [momentum(dialect), OPTAX_ALONE] },
  praxis: {
    ...AS_IN_T5X,
    hasMinimum: false,
    defaults: 'By default the step is not scaled by the parameters.',
    weightDecay: 'Weight decay takes lr·wθ from the update, whatever the parameter scale.',
  },
  huggingface: {
    ...AS_IN_T5X,
    hasMinimum: false,
    weightDecay: 'Weight decay takes lr·scale·wθ from the update: the parameter scale is in it.',
  },
  torch: {
    hasMinimum: false,
    // It always scales by the parameters.
    scales: [true],
    vectors: 'Of a vector v = β₂v + (1 − β₂)g² and u = −ρ·scale·clip(g/√max(v, ε₁²)), ρ = min(lr, t^−½).',
    defaults: AS_IN_T5X.defaults,
    weightDecay:
      'Weight decay takes lr·wθ from the update: the learning rate without its cap, and without the parameter scale.',
    own: () => TORCH_ALONE,
  },
};

/** The laws of this file: those of t5x are in adafactor.ts. */
export const laws: readonly Law[] = DIALECTS.filter((dialect) => dialect !== 't5x').flatMap(lawsOf);
