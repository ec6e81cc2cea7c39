/**
 * The ends of float32: gradients of one size, from the smallest to the largest, and what comes of the first step.
 *
 * @module
 */
import type { Implementation, Requests } from '../../../spec/implementation.ts';
import { DIALECTS, type DialectName } from '../../../src/optim/dialects.ts';
import type { Outcome, Range } from '../../../scripts/dialects/measured.ts';
import { has } from './libraries.ts';

/** In powers of ten. */
const [SMALLEST, LARGEST] = [-37, 38];
const SIDE = 4;
/** The largest power of ten whose square float32 holds. */
export const LARGEST_SQUARED = Math.floor(Math.log10(2 ** 128) / 2);

/** Where the gradient is 0; elsewhere it has the size that is asked. */
const INPUTS: Readonly<
  Record<string, { readonly shape: readonly number[]; readonly isZero: (place: number) => boolean }>
> = {
  'a vector, one gradient 0': { shape: [SIDE], isZero: (place) => place === 0 },
  'a matrix, one row 0': { shape: [SIDE, SIDE], isZero: (place) => place < SIDE },
  'a matrix, none 0': { shape: [SIDE, SIDE], isZero: () => false },
};
const EPSILONS: Readonly<Record<string, { readonly epsilon1?: number }>> = {
  '': {},
  ', ε₁ = 10⁻³⁰': { epsilon1: 1e-30 },
};

/** By input, what comes of which sizes. */
export async function findEnds(program: Implementation, dialect: DialectName): Promise<Record<string, Range[]>> {
  const found: Record<string, Range[]> = {};
  for (const [name, { shape, isZero }] of Object.entries(INPUTS)) {
    for (const [suffix, epsilon] of Object.entries(EPSILONS)) {
      // The others have it by default.
      if ('epsilon1' in epsilon && DIALECTS[dialect].defaults.epsilon1 === epsilon.epsilon1) continue;
      const ranges: Range[] = [];
      for (let power = SMALLEST; power <= LARGEST; power++) {
        const gradient = Array.from({ length: SIDE ** shape.length }, (_, place) =>
          isZero(place) ? 0 : Math.fround(Number(`1e${power}`)),
        );
        const outcome = await outcomeOf(program, {
          optimizer: { ...optionsOf(dialect), ...epsilon },
          shape,
          // From 0 even an update in place shows all of its bits.
          parameters: gradient.map(() => 0),
          gradients: [gradient],
        });
        const last = ranges.at(-1);
        if (last?.outcome === outcome) last.to = power;
        else ranges.push({ outcome, from: power, to: power });
      }
      found[name + suffix] = ranges;
    }
  }
  return found;
}

/** No momentum, a learning rate that is taken, and a minimum for factoring that a small matrix reaches. */
function optionsOf(dialect: DialectName): Requests['optimize']['optimizer'] {
  const options = { momentum: null, relativeStep: false, minDimSizeToFactor: 2 };
  const known = Object.entries(options).filter(([name, value]) => has({ dialect, [name]: value }));
  return { name: 'adafactor', dialect, learningRate: 0.5, ...Object.fromEntries(known) };
}

async function outcomeOf(program: Implementation, request: Requests['optimize']): Promise<Outcome> {
  const answer = await program.optimize(request);
  if (!('output' in answer)) throw new Error(`${JSON.stringify(request.optimizer)}: ${JSON.stringify(answer)}`);
  const [update] = answer.output.updates;
  if (update.some((u) => Number.isNaN(u))) return 'NaN';
  if (update.some((u) => !Number.isFinite(u))) return '∞';
  const [gradient] = request.gradients;
  if (update.some((u, i) => u === 0 && gradient[i] !== 0)) return 'no step';
  return 'a step';
}
