/**
 * AdaFactor as the programs other than t5x have it, a law for each stage in which they differ. They apply to who claims
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
import { accepts, base, judgeEveryUpdate, matrices, optionsInPairs, requests, vectors } from './optimized.ts';
import type { Request } from './optimized.ts';

type Options = Partial<OptimizerChoice>;

interface Stage {
  readonly id: string;
  readonly claim: string;
  readonly weight?: number;
  inputs(capabilities: Capabilities): Arbitrary<Request>;
}

function dialectLaw(dialect: Dialect, { id, claim, weight = 1, inputs }: Stage): Law<Request> {
  return defineLaw({
    ...base,
    id: `${dialect}/${id}`,
    claim,
    accepts,
    inputs,
    weight,
    kind: 'ruling',
    needs: { optimizer: 'adafactor', dialect },
    check: judgeEveryUpdate,
  });
}

function optionsOf(dialect: Dialect, format: Format): Arbitrary<Options> {
  const scale = format.round(0.001);
  return fc
    .record({
      dialect: fc.constant(dialect),
      decayRate: fc.constantFrom(0.8, 0.5),
      epsilon1: fc.constantFrom(2 ** -8, 2 ** -16),
      epsilon2: fc.constantFrom(scale, 0.25),
      // torch refuses less than 1.
      clippingThreshold: fc.constantFrom(1, 2),
      switches: fc.constantFrom(...ASKED[dialect].switches),
    })
    .map(({ switches, ...options }) => ({ ...options, ...switches }));
}

interface Stacks {
  readonly claim: string;
  readonly shapes: readonly (readonly number[])[];
}

const BY_THE_LAST_TWO: Stacks = {
  claim: 'A tensor of rank 3 and more is factored along its last two dimensions, and clipped and scaled as a whole.',
  shapes: [
    [2, 2, 3],
    [2, 3, 2],
    [3, 3, 4],
    [2, 2, 2],
    [1, 2, 3],
    [2, 2, 2, 2],
    [4, 2, 3],
    [4, 3, 1],
  ],
};
const BY_THE_TWO_LARGEST: Stacks = {
  claim:
    'A tensor of rank 3 and more is factored along its two largest dimensions wherever they stand, of equals the later, ' +
    'and clipped and scaled as a whole.',
  shapes: [
    [2, 2, 3],
    [2, 2, 2],
    [3, 2, 2],
    [4, 2, 3],
    [3, 4, 2],
    [3, 3, 2],
    [2, 2, 2, 2],
    [3, 2, 2, 4],
  ],
};
const BY_THE_FIRST_OR_LAST_TWO: Stacks = {
  claim:
    'A tensor of rank 3 and more is factored along its first two dimensions if both reach the minimum, else along its last ' +
    'two if those do, and otherwise kept in full.',
  shapes: [
    [2, 3, 3],
    [3, 2, 2],
    [2, 2, 1],
    [1, 2, 3],
    [2, 1, 3],
    [3, 3, 2, 2],
    [2, 1, 2, 2],
  ],
};

/** The minimum from which it factors, if it has one, small enough for small matrices. */
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
      claim: ASKED[dialect].stacks.claim,
      inputs: (capabilities) =>
        requests(capabilities, {
          shapes: fc.constantFrom(...ASKED[dialect].stacks.shapes),
          choice: plainly(dialect, fc.constant({})),
        }),
    },
    {
      id: 'defaults',
      claim: ASKED[dialect].defaults,
      inputs: (capabilities) => requests(capabilities, { shapes: vectors(), choice: fc.constant({ dialect }) }),
    },
    {
      id: 'options-alone-and-in-pairs',
      claim: 'Each option means the same beside each other one and without it, on vectors, matrices and stacks.',
      weight: 3,
      inputs: (capabilities) => optionsInPairs(capabilities, dialect),
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

function momentum(dialect: Dialect, options: Options = {}): Stage {
  return {
    id: 'momentum-averages-the-scaled-updates',
    claim: 'Momentum is m = β₁m + (1 − β₁)·y of the updates as they are scaled, without a correction for the start.',
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: vectors(),
        choice: plainly(dialect, fc.constantFrom({ ...options, momentum: 0.5 }, { ...options, momentum: 0.875 })),
      }),
  };
}

/** From θ = 0 even an update in place shows the bits of the first. */
function momentumInBfloat16(dialect: Dialect, of: string, options: Options): Stage {
  return {
    id: 'momentum-is-in-bfloat16',
    claim: `Momentum is m = β₁m + (1 − β₁)·y of the updates as they are ${of}, both rounded to bfloat16, 0.9 by default.`,
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: vectors(),
        choice: plainly(dialect, fc.constantFrom(options, { ...options, momentum: 0.5 })),
      }).map((request) => ({ ...request, parameters: request.parameters.map(() => 0) })),
  };
}

function relativeStep(dialect: Dialect, byDefault: boolean): Stage {
  return {
    id: 'a-relative-step-ignores-the-learning-rate',
    claim: `With relativeStep${byDefault ? ', as by default,' : ''} the step size is min(0.01, t^−½), whatever the learning rate.`,
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: vectors(),
        choice: plainly(
          dialect,
          fc.constantFrom<Options>(...(byDefault ? [{}, { relativeStep: false }] : [{ relativeStep: true }])),
        ),
      }),
  };
}

function beta2Cap(dialect: Dialect): Stage {
  return {
    id: 'second-moments-decay-no-slower-than-the-cap',
    claim: 'β₂ is at most the cap: min(beta2Cap, 1 − t^−0.8).',
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: fc.oneof(vectors(), matrices()),
        choice: plainly(
          dialect,
          fc.constantFrom({ beta2Cap: 0.25, momentum: null }, { beta2Cap: 0.5, momentum: null }),
        ),
      }),
  };
}

function withoutClip(dialect: Dialect): Stage {
  return {
    id: 'without-a-threshold-nothing-is-clipped',
    claim: 'With no clipping threshold an update is as large as it is.',
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: fc.oneof(vectors(), matrices()),
        choice: plainly(dialect, fc.constant({ clippingThreshold: null, momentum: null })),
      }),
  };
}

function cappedRate(dialect: Dialect): Stage {
  return {
    id: 'rate-is-at-most-the-inverse-root-of-the-step',
    claim: 'The learning rate is a cap: the step size is min(lr, t^−½) times the parameter scale.',
    inputs: (capabilities) =>
      requests(capabilities, { shapes: vectors(), choice: fc.constant({ dialect, learningRate: 1 }) }),
  };
}

function factorsFromASize(dialect: Dialect): Stage {
  return {
    id: 'factors-from-a-size',
    claim: 'A matrix is factored if its second-largest dimension is at least the minimum, and otherwise kept in full.',
    inputs: (capabilities) =>
      requests(capabilities, {
        shapes: fc.constantFrom([3, 4], [2, 4], [4, 2], [3, 3]),
        choice: fc.constant({ dialect, minDimSizeToFactor: 3 }),
      }),
  };
}

const TORCH_ALONE: readonly Stage[] = [
  cappedRate('torch'),
  {
    id: 'epsilon-is-the-least-root',
    claim: 'ε₁ is not added to g²: it is the least that √v̂ can be, the format’s epsilon by default.',
    inputs: (capabilities) => {
      const format = formatOf(capabilities);
      // Of a matrix whose squares are just below ε₁ the mean of the rows is ε₁, and the rest of v̂ is above its own least.
      const tiny = (least: number, most: number): Arbitrary<number> =>
        fc
          .tuple(ordinaryNumbers(format), fc.integer({ min: least, max: most }))
          .map(([x, order]) => format.round(x * format.epsilon * 2 ** order));
      const vector = fc.array(tiny(-2, 3), { minLength: 1, maxLength: 8 });
      const matrix = fc.array(tiny(4, 9), { minLength: 6, maxLength: 6 });
      return fc
        .tuple(
          fc.oneof(
            vector.map((gradient) => ({ gradient, shape: [gradient.length] })),
            matrix.map((gradient) => ({ gradient, shape: [2, 3] })),
          ),
          fc.constantFrom<Options>({}, { epsilon1: format.epsilon * 4 }),
        )
        .map(([{ gradient, shape }, options]) => ({
          optimizer: { name: 'adafactor', learningRate: 1, dialect: 'torch', ...options },
          parameters: gradient.map(() => 1),
          shape,
          gradients: [gradient, gradient],
        }));
    },
  },
];

/** How the laws of one dialect differ from those of the others. */
interface Asked {
  readonly hasMinimum: boolean;
  /** What options beside the numbers may be. */
  readonly switches: readonly Options[];
  readonly stacks: Stacks;
  readonly vectors: string;
  readonly defaults: string;
  readonly weightDecay: string;
  /** The stages that not every dialect has. */
  readonly own: (dialect: Dialect) => readonly Stage[];
}

const [UNSCALED, SCALED]: readonly Options[] = [
  { multiplyByParameterScale: false },
  { multiplyByParameterScale: true },
];
const [GIVEN, RELATIVE]: readonly Options[] = [{ relativeStep: false }, { relativeStep: true }];

const AS_IN_T5X: Asked = {
  hasMinimum: true,
  switches: [UNSCALED, SCALED],
  stacks: BY_THE_TWO_LARGEST,
  vectors: 'Of a vector v = β₂v + (1 − β₂)(g² + ε₁) and u = −lr·scale·clip(g/√v).',
  defaults: 'By default the step is scaled by max(0.001, RMS(θ)).',
  weightDecay: 'Weight decay takes wθ from the update: w is not multiplied by the learning rate.',
  own: (dialect) => [momentum(dialect)],
};

const AS_IN_HUGGINGFACE: Asked = {
  ...AS_IN_T5X,
  hasMinimum: false,
  switches: [UNSCALED, SCALED, { ...UNSCALED, ...RELATIVE }, { ...SCALED, ...RELATIVE }],
  stacks: BY_THE_LAST_TWO,
  weightDecay: 'Weight decay takes lr·scale·wθ from the update: the parameter scale is in it.',
  own: (dialect) => [momentum(dialect), relativeStep(dialect, false)],
};

/** Each with the learning rate taken, too, which they ignore by default. */
const IGNORING: Pick<Asked, 'switches' | 'defaults'> = {
  switches: [
    { ...UNSCALED, ...GIVEN },
    { ...SCALED, ...GIVEN },
    { ...SCALED, ...RELATIVE },
  ],
  defaults: 'By default the learning rate is ignored: the step is min(0.01, t^−½)·max(0.001, RMS(θ)).',
};

const ASKED: Readonly<Record<Dialect, Asked>> = {
  t5x: AS_IN_T5X,
  optax: { ...AS_IN_T5X, own: (dialect) => [momentum(dialect), factorsFromASize(dialect), withoutClip(dialect)] },
  praxis: {
    ...AS_IN_T5X,
    hasMinimum: false,
    stacks: BY_THE_LAST_TWO,
    defaults: 'By default the step is not scaled by the parameters.',
    weightDecay: 'Weight decay takes lr·wθ from the update, whatever the parameter scale.',
  },
  huggingface: AS_IN_HUGGINGFACE,
  torch: {
    hasMinimum: false,
    // It always scales by the parameters.
    switches: [SCALED],
    stacks: BY_THE_LAST_TWO,
    vectors: 'Of a vector v = β₂v + (1 − β₂)g² and u = −ρ·scale·clip(g/√max(v, ε₁²)), ρ = min(lr, t^−½).',
    defaults: AS_IN_T5X.defaults,
    weightDecay:
      'Weight decay takes lr·wθ from the update: the learning rate without its cap, and without the parameter scale.',
    own: () => TORCH_ALONE,
  },
  keras: {
    ...AS_IN_HUGGINGFACE,
    switches: [SCALED],
    weightDecay: 'Weight decay takes lr·wθ from the update, and the parameter scale is the RMS of what it leaves of θ.',
    own: (dialect) => [cappedRate(dialect)],
  },
  mlx: {
    ...AS_IN_HUGGINGFACE,
    ...IGNORING,
    own: (dialect) => [momentum(dialect, GIVEN), relativeStep(dialect, true)],
  },
  'pytorch-optimizer': {
    ...AS_IN_HUGGINGFACE,
    ...IGNORING,
    own: (dialect) => [momentumInBfloat16(dialect, 'scaled', GIVEN), relativeStep(dialect, true), beta2Cap(dialect)],
  },
  timm: {
    ...AS_IN_HUGGINGFACE,
    hasMinimum: true,
    stacks: BY_THE_FIRST_OR_LAST_TWO,
    switches: [{}, SCALED, RELATIVE, { ...UNSCALED, ...RELATIVE }],
    defaults:
      'The step is scaled by the parameters only if it is relative: with a learning rate the option is ignored.',
    weightDecay: 'Weight decay takes lr·wθ from the update.',
    own: (dialect) => [...AS_IN_HUGGINGFACE.own(dialect), factorsFromASize(dialect)],
  },
  'big-vision': {
    ...AS_IN_T5X,
    switches: [{}, { momentum: null }],
    defaults: 'By default the step is neither scaled by the parameters nor clipped.',
    weightDecay: 'Weight decay takes lr·wθ from the update.',
    own: (dialect) => [
      momentumInBfloat16(dialect, 'before the rate', {}),
      beta2Cap(dialect),
      withoutClip(dialect),
      factorsFromASize(dialect),
    ],
  },
};

/** The laws of this file; t5x's are a file of their own. */
export const laws: readonly Law[] = DIALECTS.filter((dialect) => dialect !== 't5x').flatMap(lawsOf);
