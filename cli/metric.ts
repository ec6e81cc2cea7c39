/**
 * A measure in words.
 *
 * @module
 */
import type { Measure, MetricScale } from '../src/metrics/measure.ts';
import type { Proportion } from '../src/metrics/wilson.ts';
import { formatMetric } from './report/format.ts';

/** A measure with its interval, and how many answers are right to the letter. */
export function describeMeasure({ scale, correct, count, also, ...measure }: Measure): string {
  const words = `${describeInterval(measure, scale)}, ${correct} of ${count} right)`;
  return also === undefined ? words : `${words}; ${also.metric} ${describeInterval(also, 'share')})`;
}

function describeInterval({ value, low, high }: Proportion, scale: MetricScale): string {
  const [shown, from, to] = [value, low, high].map((x) => formatMetric(x, scale, ' '));
  return `${shown} (95 % interval ${from} to ${to}`;
}
