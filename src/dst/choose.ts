/**
 * The choice of a silo's threshold, by whichever method the problem asks for.
 *
 * @module
 */
import type { Anchor } from './anchors.ts';
import type { StepEvent } from './events.ts';
import { bisections, reseedThreshold } from './iterative.ts';
import { computeIterativeBySelection } from './iterativeBySelection.ts';
import type { SiloView } from './layout.ts';
import type { Selection } from './notation.ts';
import type { Projection } from './problem.ts';
import { selectThreshold, sortThreshold } from './threshold.ts';

/**
 * Where the search for a threshold stops and tells. `halvings`: at each of Algorithm 2's, counting as it is written.
 * `thresholds`: at its end alone; there Algorithm 2 has the same τ, to the bit, from one selection.
 */
export type Stops = 'halvings' | 'thresholds';

/**
 * What a silo keeps of its distances: $\tau_S$ by sorting (Eq. 6), by exact selection, or by Algorithm 2.
 *
 * @equation 6
 * @algorithm 2
 * @ruling amb-2
 * @ruling amb-8
 * @restored
 * @param previous - τ_S of the step before: Algorithm 2 starts from it, exact selection guesses from it.
 * @param moved - no fewer than the distances that exceed 0.
 */
export function* chooseThreshold(
  { threshold: options, epsilon, kernels }: Projection,
  silo: SiloView,
  previous: number,
  moved: number,
  stops: Stops,
): Generator<StepEvent, Selection> {
  const { distances: delta, budget } = silo;
  // Full fine-tuning exactly: every distance exceeds −∞, 0 as well.
  if (epsilon === 1) return yield* announce(silo, 'amb-8', { threshold: -Infinity, ties: 0 });
  switch (options.method) {
    case 'sort':
      return yield* announce(silo, 'eq-6', { threshold: sortThreshold(delta, budget), ties: 0 });
    case 'select':
      return yield* announce(silo, 'eq-6', selectThreshold(delta, budget.keep, kernels, previous, moved));
    case 'iterative': {
      const tau = reseedThreshold(previous, delta, budget.keep, kernels);
      if (stops === 'thresholds') {
        const threshold = computeIterativeBySelection(delta, budget.fraction, tau, options, kernels);
        return yield* announce(silo, 'alg-2', { threshold, ties: 0 });
      }
      const search = bisections(delta, budget.fraction, tau, options, kernels);
      let halving = search.next();
      for (; halving.done !== true; halving = search.next()) {
        yield { kind: 'bisection', anchor: 'alg-2', silo, bisection: halving.value, target: budget.fraction };
      }
      return yield* announce(silo, 'alg-2', { threshold: halving.value, ties: 0 });
    }
  }
}

function* announce(silo: SiloView, anchor: Anchor, selection: Selection): Generator<StepEvent, Selection> {
  yield { kind: 'threshold', anchor, silo, selection };
  return selection;
}
