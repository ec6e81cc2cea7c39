/**
 * What DST adds: the time of a step with it, as a multiple of the same step without.
 *
 * @module
 */
import { shortPercent } from '../../cli/report/format.ts';
import type { SiloStrategy, ThresholdMethod } from '../../src/dst/notation.ts';
import { THRESHOLD_METHODS } from '../../src/dst/notation.ts';
import { formatSpread } from '../format.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeSpread, type Spread } from '../spread.ts';
import { casesOf, findRow, toText, type Table } from '../table.ts';

export const GRADIENT = 'gradient';
export const FULL = 'full fine-tuning';

export function variantName(epsilon: number, silos: SiloStrategy, method: ThresholdMethod): string {
  return `ε ${epsilon}, silos ${silos}: ${method}`;
}

/** (gradient + DST) / (gradient + full), round by round. */
export function computeOverhead(gradient: Row, full: Row, tuned: Row): Spread {
  return computeSpread(gradient.rounds.map((g, r) => (g + tuned.rounds[r]) / (g + full.rounds[r])));
}

/** One line for each budget and partition, one column a method. */
export function dstTable({ rows }: SubjectResult): Table {
  const [gradient, full] = [findRow(rows, GRADIENT, 'ours'), findRow(rows, FULL, 'ours')];
  const variants = [...new Set(casesOf(rows).flatMap((name) => /^(ε .*): \w+$/.exec(name)?.[1] ?? []))];
  const cell = (variant: string, method: ThresholdMethod): string => {
    const row = findRow(rows, `${variant}: ${method}`, 'ours');
    if (row === undefined || gradient === undefined || full === undefined) return '';
    const { low, median, high } = computeOverhead(gradient, full, row);
    return `${median.toFixed(3)} (${low.toFixed(3)} … ${high.toFixed(3)})`;
  };
  return {
    columns: [
      { heading: 'budget' },
      { heading: 'silos' },
      ...THRESHOLD_METHODS.map((method) => ({ heading: method, align: 'right' }) as const),
    ],
    rows: variants.map((variant) => {
      const [, epsilon, silos] = /^ε (\S+), silos (\S+)$/.exec(variant) ?? [];
      return [shortPercent(Number(epsilon)), silos, ...THRESHOLD_METHODS.map((method) => cell(variant, method))];
    }),
  };
}

/** The step without DST, in a sentence. */
export function describeFull({ rows }: SubjectResult): string {
  const [gradient, full] = [findRow(rows, GRADIENT, 'ours'), findRow(rows, FULL, 'ours')];
  if (gradient === undefined || full === undefined) return '';
  const ms = ({ rounds }: Row): string => formatSpread(computeSpread(rounds));
  return `Without DST: ${ms(gradient)} ms for the gradient, ${ms(full)} ms for AdaFactor and θ + u.`;
}

export function printDst(result: SubjectResult): string {
  return `${describeFull(result)}\n\n${toText(dstTable(result))}`;
}
