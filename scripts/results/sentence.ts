/**
 * What the main job shows, in one sentence: README's second.
 *
 * @module
 */
import { bytes, count, formatMetric, shortPercent } from '../../cli/report/format.ts';
import type { ReportInput, ResultRow } from '../../cli/report/input.ts';

/** The budget that the sentence tells of. */
const EPSILON = 0.01;

/**
 * The sentence of a run of the main job.
 *
 * @throws Error if the run has no DST at ε = 1 % or no full fine-tuning.
 */
export function renderSentence({ rows, metricName, metricScale }: ReportInput): string {
  const dst = find(rows, 'DST', EPSILON);
  const full = find(rows, 'full fine-tuning', null);
  const written = (row: ResultRow): string => formatMetric(row.metric, metricScale);
  return (
    `In the main job, DST with ε = ${shortPercent(EPSILON)} changes ${count(dst.changed)} of ${count(full.changed)} parameters, ` +
    `a file of ${bytes(dst.bytes)}, and reaches ${written(dst)} ${metricName}; ` +
    `full fine-tuning changes all of them and reaches ${written(full)}.`
  );
}

function find(rows: readonly ResultRow[], method: string, epsilon: number | null): ResultRow {
  const row = rows.find((each) => each.method === method && each.epsilon === epsilon);
  if (row === undefined) throw new Error(`results: expected a row ${method} with ε = ${epsilon}, got none`);
  return row;
}
