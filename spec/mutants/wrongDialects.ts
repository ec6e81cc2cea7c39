/**
 * Wrong dialects of AdaFactor: a stage of one program taken for that of another.
 *
 * @module
 */
import type { Dialect } from '../implementation.ts';
import type { Mutant } from './mutant.ts';
import { LITERAL_OPTIMIZER } from './optimizers.ts';
import type { OptimizerPieces } from './optimizers.ts';
import type { Axes } from './programs.ts';

/** Whatever dialect is asked for, another's pieces. */
function takenFor(other: Dialect, ...names: readonly (keyof OptimizerPieces)[]): Partial<OptimizerPieces> {
  const all: Partial<OptimizerPieces> = {
    isFactored: (shape, minimum) => LITERAL_OPTIMIZER.isFactored(shape, minimum, other),
    axes: (shape, minimum) => LITERAL_OPTIMIZER.axes(shape, minimum, other),
    defaults: () => LITERAL_OPTIMIZER.defaults(other),
    decaysFirst: () => LITERAL_OPTIMIZER.decaysFirst(other),
    momentumOf: () => LITERAL_OPTIMIZER.momentumOf(other),
    rate: (learningRate, step) => LITERAL_OPTIMIZER.rate(learningRate, step, other),
    regularise: (epsilon1) => LITERAL_OPTIMIZER.regularise(epsilon1, other),
    isScaled: () => LITERAL_OPTIMIZER.isScaled(other),
    epsilon1: (formatEpsilon) => LITERAL_OPTIMIZER.epsilon1(formatEpsilon, other),
    weightDecay: (w, learningRate, step) => LITERAL_OPTIMIZER.weightDecay(w, learningRate, step, other),
  };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function largestWithTheEarlier(shape: readonly number[], minimum: number, dialect: Dialect): Axes {
  const [a, b] = LITERAL_OPTIMIZER.axes(shape.toReversed(), minimum, dialect);
  return [shape.length - 1 - b, shape.length - 1 - a];
}

export const WRONG_DIALECTS: readonly Mutant[] = [
  {
    name: 'dialects: all of them are t5x',
    optimizer: takenFor('t5x', 'isFactored', 'rate', 'regularise', 'isScaled', 'epsilon1', 'weightDecay'),
    caughtBy: ['praxis/matrices-step-by-step', 'huggingface/matrices-step-by-step', 'torch/matrices-step-by-step'],
  },
  {
    name: 'dialects: an unknown one is t5x',
    breaks: ['protocol'],
    accepts: (what) => what === 'dialect',
    caughtBy: ['refusals/an-unknown-dialect'],
  },
  {
    name: 'praxis: a minimum for factoring',
    optimizer: takenFor('t5x', 'isFactored'),
    caughtBy: ['praxis/matrices-step-by-step', 'praxis/stacks-are-factored-matrix-by-matrix'],
  },
  {
    name: 'praxis: scaled by the parameters where nothing is said',
    optimizer: takenFor('t5x', 'isScaled'),
    caughtBy: ['praxis/defaults'],
  },
  {
    name: 'praxis: weight decay without the learning rate',
    optimizer: takenFor('t5x', 'weightDecay'),
    caughtBy: [
      'praxis/weight-decay',
      'huggingface/weight-decay',
      'torch/weight-decay',
      'torch/options-alone-and-in-pairs',
      'keras/options-alone-and-in-pairs',
      'big-vision/options-alone-and-in-pairs',
    ],
  },
  {
    name: 'praxis: stacks are factored as one matrix',
    optimizer: {
      isFactored: (shape, minimum, dialect) =>
        shape.length === 2 && LITERAL_OPTIMIZER.isFactored(shape, minimum, dialect),
    },
    caughtBy: [
      'optax/stacks-are-factored-matrix-by-matrix',
      'praxis/stacks-are-factored-matrix-by-matrix',
      'huggingface/stacks-are-factored-matrix-by-matrix',
      'torch/stacks-are-factored-matrix-by-matrix',
    ],
  },
  {
    name: 'optax: every matrix is factored',
    optimizer: takenFor('praxis', 'isFactored'),
    caughtBy: ['optax/factors-from-a-size', 'adafactor/factors-from-128-by-default'],
  },
  {
    name: 'dialects: the mean of the rows is forgotten',
    optimizer: { combine: (row, column) => row * column },
    caughtBy: ['optax/matrices-step-by-step', 'praxis/matrices-step-by-step', 'torch/matrices-step-by-step'],
  },
  {
    name: 'huggingface: weight decay without the parameter scale',
    optimizer: takenFor('torch', 'weightDecay'),
    caughtBy: ['huggingface/weight-decay'],
  },
  {
    name: 'huggingface: not scaled by the parameters where nothing is said',
    optimizer: takenFor('praxis', 'isScaled'),
    caughtBy: ['huggingface/defaults', 'optax/defaults', 'torch/defaults'],
  },
  {
    name: 'dialects: momentum corrected for its start',
    optimizer: { momentum: (previous, update, beta) => beta * previous + update },
    caughtBy: [
      'optax/momentum-averages-the-scaled-updates',
      'praxis/momentum-averages-the-scaled-updates',
      'huggingface/momentum-averages-the-scaled-updates',
    ],
  },
  {
    name: 'dialects: β₂ is a step ahead',
    optimizer: { decay: (step, rate) => 1 - (step + 1) ** -rate },
    caughtBy: [
      'optax/vectors-step-by-step',
      'praxis/vectors-step-by-step',
      'huggingface/vectors-step-by-step',
      'torch/vectors-step-by-step',
    ],
  },
  {
    name: 'torch: the learning rate is no cap',
    optimizer: takenFor('t5x', 'rate'),
    caughtBy: ['torch/rate-is-at-most-the-inverse-root-of-the-step'],
  },
  {
    name: 'torch: the cap counts steps from 0',
    optimizer: {
      rate: (learningRate, step, dialect) => LITERAL_OPTIMIZER.rate(learningRate, Math.max(1, step - 1), dialect),
    },
    caughtBy: ['torch/rate-is-at-most-the-inverse-root-of-the-step'],
  },
  {
    name: 'torch: ε₁ is added to the squares',
    optimizer: takenFor('t5x', 'regularise'),
    caughtBy: ['torch/epsilon-is-the-least-root', 'torch/vectors-step-by-step'],
  },
  {
    name: 'torch: ε₁ is the least of v, not of its root',
    optimizer: {
      regularise: (epsilon1, dialect) =>
        LITERAL_OPTIMIZER.regularise(dialect === 'torch' ? Math.sqrt(epsilon1) : epsilon1, dialect),
    },
    caughtBy: ['torch/epsilon-is-the-least-root', 'torch/vectors-step-by-step'],
  },
  {
    name: 'torch: ε₁ is 1e-30 where nothing is said',
    optimizer: takenFor('t5x', 'epsilon1'),
    caughtBy: ['torch/epsilon-is-the-least-root'],
  },
  {
    name: 'optax: a tensor of rank 3 is factored along its last two dimensions',
    optimizer: takenFor('praxis', 'axes'),
    caughtBy: [
      'optax/stacks-are-factored-matrix-by-matrix',
      'timm/stacks-are-factored-matrix-by-matrix',
      'big-vision/stacks-are-factored-matrix-by-matrix',
    ],
  },
  {
    name: 'optax: of dimensions that are alike the earlier is the larger',
    optimizer: {
      axes: largestWithTheEarlier,
    },
    caughtBy: ['optax/stacks-are-factored-matrix-by-matrix', 'big-vision/stacks-are-factored-matrix-by-matrix'],
  },
  {
    name: 'timm: the last two dimensions come before the first two',
    optimizer: takenFor('praxis', 'axes'),
    caughtBy: ['timm/stacks-are-factored-matrix-by-matrix'],
  },
  {
    name: 'timm, big-vision: every matrix is factored',
    optimizer: takenFor('praxis', 'isFactored'),
    caughtBy: ['timm/factors-from-a-size', 'big-vision/factors-from-a-size'],
  },
  {
    name: 'optax: clipped at 1 although there is no threshold',
    optimizer: {
      defaults: (dialect) => ({ ...LITERAL_OPTIMIZER.defaults(dialect), clippingThreshold: 1 }),
      noClip: (rms) => LITERAL_OPTIMIZER.clip(rms, 1),
    },
    caughtBy: [
      'optax/without-a-threshold-nothing-is-clipped',
      'big-vision/without-a-threshold-nothing-is-clipped',
      'big-vision/defaults',
    ],
  },
  {
    name: 'keras: the learning rate is no cap',
    optimizer: takenFor('t5x', 'rate'),
    caughtBy: ['keras/rate-is-at-most-the-inverse-root-of-the-step', 'keras/defaults', 'keras/vectors-step-by-step'],
  },
  {
    name: 'keras: the parameter scale is that of θ before its decay',
    optimizer: takenFor('t5x', 'decaysFirst'),
    caughtBy: ['keras/weight-decay', 'keras/scale-is-that-of-what-decay-leaves'],
  },
  {
    name: 'keras: weight decay with the parameter scale',
    optimizer: takenFor('huggingface', 'weightDecay'),
    caughtBy: ['keras/weight-decay'],
  },
  {
    name: 'keras: stacks are kept in full',
    optimizer: {
      isFactored: (shape, minimum, dialect) =>
        shape.length === 2 && LITERAL_OPTIMIZER.isFactored(shape, minimum, dialect),
    },
    caughtBy: ['keras', 'mlx', 'pytorch-optimizer'].map((dialect) => `${dialect}/stacks-are-factored-matrix-by-matrix`),
  },
  {
    name: 'mlx: weight decay without the parameter scale',
    optimizer: takenFor('torch', 'weightDecay'),
    caughtBy: ['mlx/weight-decay', 'pytorch-optimizer/weight-decay'],
  },
  {
    name: 'timm: weight decay without the learning rate',
    optimizer: takenFor('t5x', 'weightDecay'),
    caughtBy: ['timm/weight-decay', 'big-vision/weight-decay'],
  },
  {
    name: 'mlx: the learning rate is taken where nothing is said',
    optimizer: {
      defaults: (dialect) => ({ ...LITERAL_OPTIMIZER.defaults(dialect), relativeStep: false }),
    },
    caughtBy: [
      'mlx/a-relative-step-ignores-the-learning-rate',
      'mlx/defaults',
      'pytorch-optimizer/a-relative-step-ignores-the-learning-rate',
      'pytorch-optimizer/defaults',
    ],
  },
  {
    name: 'huggingface: a relative step is t^−½ and no less',
    optimizer: { relativeRate: (_learningRate, step) => step ** -0.5 },
    caughtBy: ['huggingface', 'timm', 'mlx', 'pytorch-optimizer'].flatMap((dialect) => [
      `${dialect}/a-relative-step-ignores-the-learning-rate`,
      `${dialect}/after-thousands-of-steps`,
    ]),
  },
  {
    name: 'huggingface: a relative step is capped by the learning rate',
    optimizer: { relativeRate: (learningRate, step) => Math.min(learningRate, 0.01, step ** -0.5) },
    caughtBy: [
      'huggingface/a-relative-step-ignores-the-learning-rate',
      'timm/a-relative-step-ignores-the-learning-rate',
    ],
  },
  {
    name: 'timm: scaled by the parameters although it has a learning rate',
    optimizer: { scales: () => true },
    caughtBy: ['timm/defaults', 'timm/vectors-step-by-step'],
  },
  {
    name: 'big-vision: scaled by the parameters where nothing is said',
    optimizer: takenFor('t5x', 'isScaled'),
    caughtBy: ['big-vision/defaults'],
  },
  {
    name: 'dialects: β₂ is a step ahead, in the later ones',
    optimizer: { decay: (step, rate) => 1 - (step + 1) ** -rate },
    caughtBy: [
      'big-vision/after-thousands-of-steps',
      ...['keras', 'mlx', 'pytorch-optimizer', 'timm', 'big-vision'].flatMap((dialect) => [
        `${dialect}/vectors-step-by-step`,
        `${dialect}/matrices-step-by-step`,
      ]),
    ],
  },
  {
    name: 'timm: momentum corrected for its start',
    optimizer: { momentum: (previous, update, beta) => beta * previous + update },
    caughtBy: ['timm', 'mlx'].map((dialect) => `${dialect}/momentum-averages-the-scaled-updates`),
  },
  {
    name: 'big-vision: momentum in float32',
    optimizer: {
      momentumOf: (dialect) => ({ ...LITERAL_OPTIMIZER.momentumOf(dialect), store: (value) => value }),
    },
    caughtBy: ['big-vision/momentum-is-in-bfloat16', 'pytorch-optimizer/momentum-is-in-bfloat16'],
  },
  {
    name: 'big-vision: momentum of the scaled updates',
    optimizer: takenFor('pytorch-optimizer', 'momentumOf'),
    caughtBy: ['big-vision/momentum-is-in-bfloat16'],
  },
  {
    name: 'big-vision: no momentum where nothing is said',
    optimizer: {
      defaults: (dialect) => ({ ...LITERAL_OPTIMIZER.defaults(dialect), momentum: null }),
    },
    caughtBy: [
      'big-vision/momentum-is-in-bfloat16',
      'pytorch-optimizer/momentum-is-in-bfloat16',
      'big-vision/defaults',
    ],
  },
  {
    name: 'big-vision: β₂ without its cap',
    optimizer: { cap: (decay) => decay },
    caughtBy: ['big-vision', 'pytorch-optimizer'].map(
      (dialect) => `${dialect}/second-moments-decay-no-slower-than-the-cap`,
    ),
  },
];
