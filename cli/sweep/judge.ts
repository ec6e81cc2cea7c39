/**
 * What the trials of a sweep are judged by.
 *
 * @module
 */
import type { MetricScale } from '../../src/metrics/measure.ts';
import { computeMeanLoss, readLosses } from '../../src/train/losses.ts';
import { readResult } from '../../src/run/result.ts';
import { pathsOf } from '../../src/run/runFolder.ts';
import type { Rates } from '../rates.ts';
import { formatMetric } from '../report/format.ts';

export interface Judge {
  readonly name: Rates['judgedBy'];
  /** The value of the run in that folder. */
  readonly measure: (folder: string) => number;
  readonly isBetter: (value: number, than: number) => boolean;
  readonly format: (value: number) => string;
}

/** The share of a trial's steps, its last, whose loss counts. */
const TAIL = 0.1;

/**
 * A share by itself, on the development split. Points by the training loss of the last tenth of the steps: BLEU of a short
 * trial is near 0 and tells nothing, and rows that are seen once are as good as unseen (decision 0064).
 */
export const JUDGES: Readonly<Record<MetricScale, Judge>> = {
  share: {
    name: 'metric',
    measure: (folder) => readResult(pathsOf(folder).result).metric.value,
    isBetter: (value, than) => value > than,
    format: (value) => formatMetric(value, 'share', ' '),
  },
  points: {
    name: 'loss',
    measure: (folder) => {
      const losses = readLosses(pathsOf(folder).events);
      return computeMeanLoss(losses.slice(-Math.ceil(TAIL * losses.length)));
    },
    isBetter: (value, than) => value < than,
    format: (value) => value.toFixed(3),
  },
};
