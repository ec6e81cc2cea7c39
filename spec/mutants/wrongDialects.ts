/**
 * Wrong dialects of AdaFactor: a stage of one program taken for that of another.
 *
 * @module
 */
import type { Dialect } from '../implementation.ts';
import type { Mutant } from './mutant.ts';
import { LITERAL_OPTIMIZER } from './optimizers.ts';
import type { OptimizerPieces } from './optimizers.ts';

/** Whatever dialect is asked for, another's pieces. */
function takenFor(other: Dialect, ...names: readonly (keyof OptimizerPieces)[]): Partial<OptimizerPieces> {
  const all: Partial<OptimizerPieces> = {
    isFactored: (shape, minimum) => LITERAL_OPTIMIZER.isFactored(shape, minimum, other),
    rate: (learningRate, step) => LITERAL_OPTIMIZER.rate(learningRate, step, other),
    regularise: (epsilon1) => LITERAL_OPTIMIZER.regularise(epsilon1, other),
    isScaled: () => LITERAL_OPTIMIZER.isScaled(other),
    epsilon1: (formatEpsilon) => LITERAL_OPTIMIZER.epsilon1(formatEpsilon, other),
    weightDecay: (w, learningRate, step) => LITERAL_OPTIMIZER.weightDecay(w, learningRate, step, other),
  };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

export const WRONG_DIALECTS: readonly Mutant[] = [
  {
    name: 'dialects: all of them are t5x',
    optimizer: takenFor('t5x', 'isFactored', 'rate', 'regularise', 'isScaled', 'epsilon1', 'weightDecay'),
    caughtBy: ['praxis/matrices-step-by-step', 'huggingface/matrices-step-by-step', 'torch/matrices-step-by-step'],
  },
  {
    name: 'dialects: an unknown one is t5x',
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
    caughtBy: ['praxis/weight-decay', 'huggingface/weight-decay', 'torch/weight-decay'],
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
];
