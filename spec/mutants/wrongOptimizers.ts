/**
 * Wrong optimizers (Appendix F).
 *
 * @module
 */
import type { Mutant } from './mutant.ts';

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
    optimizer: { sign: 1 },
    caughtBy: ['sgd/update-is-minus-rate-times-gradient', 'adafactor/first-step-is-plus-or-minus-one'],
  },
];
