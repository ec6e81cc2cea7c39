/**
 * The right updates of an optimizer over many steps. A law judges each step from the parameters that the implementation
 * itself held; a vector has to say beforehand what they may be, so their uncertainty is carried along.
 *
 * @module
 */
import type { OptimizerChoice, Requests } from '../implementation.ts';
import { computeInPlaceRounding } from '../laws/optimized.ts';
import { createOptimizerOracle } from '../oracle/adafactor.ts';
import type { Arithmetic, Range } from '../oracle/distance.ts';
import type { Format } from '../oracle/formats.ts';
import { FLOAT64_ROUNDING, isExactSum } from '../oracle/formats.ts';
import { asBound } from './bounds.ts';
import type { Content } from './vector.ts';

/** A tensor's optimizer, with its choice. */
interface Optimization {
  readonly optimizer: OptimizerChoice;
  readonly shape: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

/**
 * The update of the last of some steps.
 *
 * @param history - what the parameters may have been before each step; its length says how many steps.
 */
export function computeUpdateRanges(
  { optimizer, shape, gradients }: Optimization,
  history: readonly (readonly Range[])[],
  format: Format,
): Range[] {
  const oracle = createOptimizerOracle(optimizer, shape, format);
  const steps = history.map((ranges, t) => oracle(ranges.map(middleOf), gradients[t], ranges.map(doubtOf)));
  const { update, error } = steps[steps.length - 1];
  return update.map((value, i) => ({ low: value - error[i], high: value + error[i] }));
}

function middleOf({ low, high }: Range): number {
  return low === high ? low : (low + high) / 2;
}

function doubtOf({ low, high }: Range): number {
  return (high - low) / 2;
}

/** Eq. 3 on ranges, with the rounding of the sum if there is one. */
export function addRanges(a: Range, b: Range, { format, flushes }: Arithmetic): Range {
  const [low, high] = [a.low + b.low, a.high + b.high];
  if (a.low === a.high && b.low === b.high && isExactSum(format, a.low, b.low)) return { low, high };
  const size = Math.max(Math.abs(low), Math.abs(high));
  const rounding = (format.epsilon / 2 + FLOAT64_ROUNDING) * size + format.smallest;
  const slack = rounding + (flushes ? format.smallestNormal : 0);
  return { low: low - slack, high: high + slack };
}

/** The right answers to `optimize`. */
export function acceptedUpdates(request: Requests['optimize'], arithmetic: Arithmetic): Content {
  const { format } = arithmetic;
  const history: Range[][] = [request.parameters.map((value) => ({ low: value, high: value }))];
  const updates = request.gradients.map((_, t) => {
    const ranges = computeUpdateRanges(request, history, format).map(({ low, high }, i) => {
      const { low: least, high: most } = history[t][i];
      // As in the law: who updates in place answers with a difference of rounded numbers.
      const rounding = Math.max(
        ...[least + low, most + high].map((sum) => computeInPlaceRounding(sum, 0, high - low, arithmetic)),
      );
      return { low: low - rounding, high: high + rounding };
    });
    history.push(history[t].map((theta, i) => addRanges(theta, ranges[i], arithmetic)));
    return ranges.map((range) => asBound(format, range));
  });
  return { updates };
}
