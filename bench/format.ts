/**
 * Spreads as text: `median (low … high)`, with as many digits as mean something.
 *
 * @module
 */
import type { Spread } from './spread.ts';

/** Three significant digits, never in powers of ten: 0.0123, 1.23, 123, 12345. */
export function formatFigure(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(decimals, 9));
}

export function formatSpread({ low, median, high }: Spread): string {
  return `${formatFigure(median)} (${formatFigure(low)} … ${formatFigure(high)})`;
}

/** As {@link formatSpread}, of ratios: `1.23x (1.20 … 1.31)`. */
export function formatRatio({ low, median, high }: Spread): string {
  return `${median.toFixed(2)}x (${low.toFixed(2)} … ${high.toFixed(2)})`;
}
