/**
 * Wrong steps: what the optimizer is shown of them (Alg. 1).
 *
 * @module
 */
import type { Mutant } from './mutant.ts';

export const WRONG_STEPS: readonly Mutant[] = [
  {
    name: 'Alg. 1: the gradient of what was put back is masked',
    pieces: { gradient: (gradient, kept) => (kept ? gradient : 0) },
    caughtBy: ['alg1/state-comes-from-the-full-update', 'alg1/every-step-of-adafactor'],
  },
  {
    name: 'Alg. 1: the momentum of what was put back is lost',
    pieces: { stateUpdate: (update, kept) => (kept ? update : 0) },
    caughtBy: ['alg1/momentum-comes-from-the-full-update'],
  },
  {
    name: 'Alg. 1: the scale is that of the last candidate',
    pieces: { optimizerTheta: (_projected, candidate) => candidate },
    caughtBy: ['alg1/parameter-scale-is-that-of-the-projected-parameters'],
  },
];
