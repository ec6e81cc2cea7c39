/**
 * Metrics as a reader wants them: a share as a percentage, BLEU on its own scale.
 *
 * @module
 */
import type { Measure, MetricScale } from '../src/train/measure.ts';
import type { Proportion } from '../src/train/metrics.ts';
import { formatShare } from './table.ts';

/** `64.1 %` for a share, `15.9` for points. */
export function formatMetric(value: number, scale: MetricScale): string {
  return scale === 'share' ? formatShare(value, 1) : value.toFixed(1);
}

/** A measure with its interval, and how many answers are right to the letter. */
export function describeMeasure({ value, low, high, scale, correct, count, also }: Measure): string {
  const interval = `${describeInterval({ value, low, high }, scale)}, ${correct} of ${count} right`;
  return also === undefined ? `${interval})` : `${interval}); ${also.metric} ${describeInterval(also, 'share')})`;
}

function describeInterval({ value, low, high }: Proportion, scale: MetricScale): string {
  const [shown, from, to] = [value, low, high].map((x) => formatMetric(x, scale));
  return `${shown} (95 % interval ${from} to ${to}`;
}
