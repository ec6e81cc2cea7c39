/**
 * From the names in a config to the optimizer and the schedule.
 *
 * @module
 */
import { adafactor } from '../optim/adafactor.ts';
import { DIALECTS, type DialectName } from '../optim/dialects.ts';
import { FACTORINGS } from '../optim/factoring.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import {
  constant,
  cosineDecay,
  inverseSquareRoot,
  linearDecay,
  linearWarmUp,
  type Schedule,
} from '../optim/schedules.ts';
import { sgd } from '../optim/sgd.ts';
import type { OptimizationConfig } from './config.ts';

/**
 * The optimizer of a config; AdaFactor's dialect is t5x's if the config has none. The size to factor from is left out
 * if the dialect factors every matrix.
 *
 * @throws InvalidInput if the dialect does not have what the config asks for, such as momentum in torch's.
 */
export function createOptimizer(config: OptimizationConfig & { readonly dialect?: DialectName }): Optimizer {
  switch (config.optimizer) {
    case 'adafactor': {
      const { dialect = 't5x', momentum, minDimSizeToFactor } = config;
      const { hasMinimum } = FACTORINGS[DIALECTS[dialect].factoring];
      // A config always has a learning rate: no dialect is to ignore it.
      return adafactor({ dialect, momentum, relativeStep: false, ...(hasMinimum ? { minDimSizeToFactor } : {}) });
    }
    case 'sgd':
      return sgd();
  }
}

/** The learning rate of each step, from 1 to `config.steps`. */
export function createSchedule(config: OptimizationConfig): Schedule {
  const { learningRate, warmUp, steps } = config;
  switch (config.schedule) {
    case 'constant':
      return warmUp === 0 ? constant(learningRate) : linearWarmUp(learningRate, warmUp);
    case 'inverse-square-root':
      return inverseSquareRoot(learningRate, warmUp);
    case 'linear':
      // One step beyond the last: the last step still moves, and a run of one step has somewhere to fall to.
      return linearDecay(learningRate, warmUp, steps + 1);
    case 'cosine':
      return cosineDecay(learningRate, warmUp, steps + 1);
  }
}
