/**
 * The choice of a silo's threshold, by whichever method the problem asks for.
 *
 * @module
 */
import type { Anchor } from './anchors.ts';
import type { Observe } from './events.ts';
import { computeIterativeThreshold, reseedThreshold } from './iterative.ts';
import { computeIterativeBySelection } from './iterativeBySelection.ts';
import type { SiloView } from './memory.ts';
import type { Selection } from './notation.ts';
import type { Projection } from './problem.ts';
import { selectThreshold, sortThreshold } from './threshold.ts';

/**
 * What a silo keeps of its distances: $\tau_S$ by sorting (Eq. 6), by exact selection, or by Algorithm 2. Algorithm 2 counts as
 * it is written if somebody observes its halvings; otherwise it has the same τ, to the bit, from one selection.
 *
 * @equation 6
 * @algorithm 2
 * @ruling amb-2
 * @ruling amb-8
 * @restored
 * @param previous - τ_S of the step before: Algorithm 2 starts from it, exact selection guesses from it.
 * @param moved - no fewer than the distances that exceed 0.
 */
export function chooseThreshold(
  projection: Projection,
  silo: SiloView,
  previous: number,
  moved: number,
  observe?: Observe,
): Selection {
  const [anchor, selection] = find(projection, silo, previous, moved, observe);
  observe?.({ kind: 'threshold', anchor, silo, selection });
  return selection;
}

function find(
  { threshold: options, epsilon, kernels }: Projection,
  silo: SiloView,
  previous: number,
  moved: number,
  observe: Observe | undefined,
): [Anchor, Selection] {
  const { distances: delta, budget } = silo;
  // Full fine-tuning exactly: every distance exceeds −∞, 0 as well.
  if (epsilon === 1) return ['amb-8', { threshold: -Infinity, ties: 0 }];
  switch (options.thresholdMethod) {
    case 'sort':
      return ['eq-6', { threshold: sortThreshold(delta, budget), ties: 0 }];
    case 'select':
      return ['eq-6', selectThreshold(delta, budget.keep, kernels, previous, moved)];
    case 'iterative': {
      const start = reseedThreshold(previous, delta, budget.keep, kernels);
      const target = budget.fraction;
      const threshold =
        observe === undefined
          ? computeIterativeBySelection(delta, target, start, options, kernels)
          : computeIterativeThreshold(delta, target, start, options, kernels, (bisection) =>
              observe({ kind: 'bisection', anchor: 'alg-2', silo, bisection, target }),
            );
      return ['alg-2', { threshold, ties: 0 }];
    }
  }
}
