/**
 * An optimizer and a learner whose steps are charged to their groups of a profile.
 *
 * @module
 */
import type { Profile, ProfileGroup } from '../kernel/profile.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import type { Learner } from './learner.ts';

/** The same optimizer, its updates charged to `optimizer`; the optimizer itself without a profile. */
export function profiledOptimizer(optimizer: Optimizer, profile: Profile | undefined): Optimizer {
  if (profile === undefined) return optimizer;
  return {
    ...optimizer,
    update: (...args) => {
      profile.within('optimizer', () => optimizer.update(...args));
    },
  };
}

/** The same learner, its moves charged to `group`, of which its optimizer's updates are no part. */
export function profiledLearner(learner: Learner, group: ProfileGroup, profile: Profile | undefined): Learner {
  if (profile === undefined) return learner;
  return {
    ...learner,
    move: (gradient, learningRate) => {
      profile.within(group, () => learner.move(gradient, learningRate));
    },
  };
}
