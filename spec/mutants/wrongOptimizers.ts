/**
 * Wrong optimizers (Appendix F).
 *
 * @module
 */
import { FORMATS } from '../oracle/formats.ts';
import type { Mutant } from './mutant.ts';
import { LITERAL_OPTIMIZER } from './optimizers.ts';

export const WRONG_OPTIMIZERS: readonly Mutant[] = [
  {
    name: 'AdaFactor: β₂ is a step ahead',
    optimizer: { decay: (step, rate) => 1 - (step + 1) ** -rate },
    caughtBy: ['adafactor/vectors-step-by-step', 'adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: β₂ is constant',
    optimizer: { decay: () => 0.999 },
    caughtBy: ['adafactor/vectors-step-by-step', 'adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: divided by v, not by its root',
    optimizer: { precondition: (gradient, v) => gradient / v },
    caughtBy: ['adafactor/first-step-is-plus-or-minus-one', 'adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: an ε in the numerator',
    optimizer: { precondition: (gradient, v) => (gradient + 1e-10) / Math.sqrt(v) },
    caughtBy: ['adafactor/no-gradient-no-update'],
  },
  {
    name: 'AdaFactor: not clipped',
    optimizer: { clip: () => 1 },
    caughtBy: ['adafactor/updates-are-clipped-by-their-rms', 'adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: no least scale',
    optimizer: { scale: (rms) => rms },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: the mean of the rows is forgotten',
    optimizer: { combine: (row, column) => row * column },
    caughtBy: ['adafactor/matrices-step-by-step', 'adafactor/factors-where-the-smaller-dimension-is-large-enough'],
  },
  {
    name: 'AdaFactor: factored where the larger dimension is large enough',
    optimizer: { isFactored: (shape, minimum) => shape.length === 2 && Math.max(...shape) >= minimum },
    caughtBy: ['adafactor/factors-where-the-smaller-dimension-is-large-enough'],
  },
  {
    name: 'AdaFactor: factored from 127 on',
    optimizer: { minDimSizeToFactor: 127 },
    caughtBy: ['adafactor/factors-from-128-by-default'],
  },
  {
    name: 'AdaFactor: momentum corrected for its start',
    optimizer: { momentum: (previous, update, beta) => beta * previous + update },
    caughtBy: ['adafactor/momentum-averages-the-updates'],
  },
  {
    name: 'the update goes up the gradient',
    breaks: ['app-f'],
    optimizer: { sign: 1 },
    caughtBy: ['sgd/update-is-minus-rate-times-gradient', 'adafactor/first-step-is-plus-or-minus-one'],
  },
  {
    name: 'AdaFactor: β₂ and 1 − β₂ are exchanged',
    optimizer: { average: (previous, next, decay) => (1 - decay) * previous + decay * next },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: the decay rate is 0.8, whatever is asked',
    optimizer: { decay: (step) => 1 - step ** -0.8 },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: β₂ is corrected for its start, as Adam’s',
    optimizer: { decay: (step) => (0.999 * (1 - 0.999 ** (step - 1))) / (1 - 0.999 ** step) },
    caughtBy: ['adafactor/vectors-step-by-step', 'adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: no ε₁',
    optimizer: { square: (gradient) => gradient * gradient },
    caughtBy: ['adafactor/vectors-step-by-step', 'adafactor/a-silent-row-and-column-is-no-nan'],
  },
  {
    name: 'AdaFactor: ε₁ is squared',
    optimizer: { square: (gradient, epsilon1) => gradient * gradient + epsilon1 * epsilon1 },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: the least of the squares is ε₁',
    optimizer: { square: (gradient, epsilon1) => Math.max(gradient * gradient, epsilon1) },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: v̂ underflows in float32',
    optimizer: { combine: (row, column, rowMean) => Math.fround(Math.fround(row * column) / rowMean) },
    caughtBy: ['adafactor/a-silent-row-and-column-is-no-nan'],
  },
  {
    name: 'AdaFactor: always brought to an RMS of d',
    optimizer: { clip: (rms, threshold) => rms / threshold },
    caughtBy: ['adafactor/vectors-step-by-step', 'adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: clipped at 1, whatever is asked',
    optimizer: { clip: (rms) => Math.max(1, rms) },
    caughtBy: ['adafactor/updates-are-clipped-by-their-rms', 'adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: a norm for the root mean square',
    optimizer: { rms: (sum) => Math.sqrt(sum) },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: ε₂ is added to the scale',
    optimizer: { scale: (rms, epsilon2) => rms + epsilon2 },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: never scaled by the parameters',
    optimizer: { scale: () => 1 },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: the product of row and column over the root of the mean',
    optimizer: { combine: (row, column, rowMean) => (row * column) / Math.sqrt(rowMean) },
    caughtBy: ['adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: rows alone',
    optimizer: { combine: (row) => row },
    caughtBy: ['adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: factored above the minimum, not from it on',
    optimizer: {
      isFactored: (shape, minimum, dialect) => LITERAL_OPTIMIZER.isFactored(shape, minimum + 1, dialect),
    },
    caughtBy: [
      'adafactor/factors-where-the-smaller-dimension-is-large-enough',
      'adafactor/factors-from-128-by-default',
    ],
  },
  {
    name: 'AdaFactor: never factored',
    optimizer: { isFactored: () => false },
    caughtBy: ['adafactor/matrices-step-by-step', 'adafactor/factors-from-128-by-default'],
  },
  {
    name: 'AdaFactor: momentum β₁ and 1 − β₁ are exchanged',
    optimizer: { momentum: (previous, update, beta) => (1 - beta) * previous + beta * update },
    caughtBy: ['adafactor/momentum-averages-the-updates'],
  },
  {
    name: 'AdaFactor: momentum is forgotten',
    optimizer: { momentum: (_previous, update) => update },
    caughtBy: ['adafactor/momentum-averages-the-updates', 'alg1/momentum-comes-from-the-full-update'],
  },
  {
    name: 'AdaFactor: bfloat16 second moments behind float32 answers',
    optimizer: { average: (...all) => FORMATS.bfloat16.round(LITERAL_OPTIMIZER.average(...all)) },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: weight decay times the learning rate',
    optimizer: { weightDecay: (w, learningRate) => w * learningRate },
    caughtBy: ['adafactor/weight-decay-is-not-scaled-by-the-rate', 'optax/weight-decay'],
  },
];
