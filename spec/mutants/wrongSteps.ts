/**
 * Wrong steps: what the optimizer is shown of them (Alg. 1).
 *
 * @module
 */
import { sizeOf } from '../implementation.ts';
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
  {
    name: 'Alg. 1: momentum is taken from the projected parameters',
    pieces: { stateUpdate: (_update, _kept, moved) => moved },
    caughtBy: ['alg1/momentum-comes-from-the-full-update'],
  },
  {
    name: 'Alg. 1: the seed becomes the parameters of the step before',
    pieces: { anchor: (_seed, before) => before },
    caughtBy: ['alg1/what-is-overtaken-returns-to-the-seed', 'alg1/every-step-of-sgd'],
  },
  {
    name: 'Alg. 1: the first step’s subset is never chosen again',
    pieces: { mask: (now, before, t) => (t === 0 ? now : before) },
    caughtBy: ['alg1/what-is-overtaken-returns-to-the-seed', 'alg1/every-step-of-sgd'],
  },
  {
    name: 'Alg. 1: what was once kept stays kept',
    pieces: { mask: (now, before, t) => now || (t > 0 && before) },
    caughtBy: ['alg1/what-is-overtaken-returns-to-the-seed', 'alg1/every-step-of-sgd'],
  },
  {
    name: 'Alg. 1: only what was kept before may be kept',
    pieces: { mask: (now, before, t) => now && (t === 0 || before) },
    caughtBy: ['alg1/what-is-overtaken-returns-to-the-seed', 'alg1/every-step-of-sgd'],
  },
  {
    name: 'Alg. 1: the optimizer takes all tensors for one',
    pieces: {
      shapes: (shapes) => [[shapes.reduce((n, shape) => n + sizeOf(shape), 0)]],
    },
    caughtBy: ['alg1/every-step-of-adafactor'],
  },
  {
    name: 'Alg. 1: the sign of the gradient alone is seen',
    breaks: ['alg-1', 'eq-3'],
    pieces: { gradient: Math.sign },
    caughtBy: ['alg1/every-step-of-sgd', 'alg1/every-step-of-adafactor'],
  },
  {
    name: 'Alg. 1: the optimizer’s state is remembered between requests',
    breaks: ['alg-1', 'protocol'],
    remembers: 'optimizer',
    caughtBy: ['stateless/no-optimizer-state-is-remembered', 'stateless/no-training-is-remembered'],
  },
];
