/**
 * Numbers as a reader wants them: thin spaces before units, thousands apart, as many digits as mean something.
 *
 * @module
 */

import type { MetricScale } from '../../src/metrics/measure.ts';
import type { Metric } from './input.ts';

/** Narrow no-break space: keeps a number and its unit on one line. */
const THIN = '\u202f';

/** A share in [0, 1] as a percentage with a fixed number of decimals: `0.6234` → `62.3 %`. */
export function percent(share: number, decimals = 1): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(decimals)}${THIN}%` : String(share);
}

/**
 * The metric with one decimal: `64.1 %` of a share, `15.9` points.
 *
 * @param space - what parts number and unit: a narrow no-break space on a page, a plain one in a terminal.
 */
export function formatMetric(value: number, scale: MetricScale, space: string = THIN): string {
  if (!Number.isFinite(value)) return String(value);
  return `${inUnits(value, scale).toFixed(1)}${scale === 'share' ? `${space}%` : ''}`;
}

/** The number that is written and drawn: a share in percent, points as they are. */
export function inUnits(value: number, scale: MetricScale): number {
  return scale === 'share' ? 100 * value : value;
}

/** The metric's name on an axis, with its unit. */
export function axisLabel({ metricName, metricScale }: Metric): string {
  return metricScale === 'share' ? `${metricName} (%)` : metricName;
}

/** A share as a percentage with three significant digits, for budgets that span decades: `0.001` → `0.1 %`. */
export function shortPercent(share: number): string {
  return Number.isFinite(share) ? `${significant(share * 100)}${THIN}%` : String(share);
}

/** A number with at most three significant digits and no trailing zeros; very small and large ones as `1.2e-7`. */
export function significant(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6)
    return value
      .toExponential(2)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  return String(Number(value.toPrecision(3)));
}

/** A whole number with its thousands apart: `1048576` → `1,048,576`. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A size in bytes, in steps of 1000: `5300` → `5.3 kB`. */
export function bytes(value: number): string {
  if (value < 1e3) return `${count(value)}${THIN}B`;
  return value < 1e6 ? `${(value / 1e3).toFixed(1)}${THIN}kB` : `${(value / 1e6).toFixed(2)}${THIN}MB`;
}

/** A duration in seconds: `42.1 s`, `2 min 05 s`. */
export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)}${THIN}s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)}${THIN}min ${String(whole % 60).padStart(2, '0')}${THIN}s`;
}
