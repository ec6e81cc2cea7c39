/**
 * What the main job shows, in one sentence: README's second.
 *
 * @module
 */
import { idOf } from '../../cli/demo/methods.ts';
import { bytes, count, formatMetric, shortPercent } from '../../cli/report/format.ts';
import type { ReportInput, ResultRow } from '../../cli/report/input.ts';
import type { MethodName } from '../../src/train/names.ts';

/** The budget that the sentence tells of. */
const EPSILON = 0.01;

/**
 * The sentence of a run of the main job.
 *
 * @throws Error if the run has no DST at ε = 1 % or no full fine-tuning.
 */
export function renderSentence({ rows, metricName, metricScale }: ReportInput): string {
  const dst = find(rows, 'dst', EPSILON);
  const full = find(rows, 'full', null);
  const written = (row: ResultRow): string => formatMetric(row.metric, metricScale);
  return (
    `In the main job, DST with ε = ${shortPercent(EPSILON)} changes ${count(dst.changed)} of ${count(full.changed)} parameters, ` +
    `a file of ${bytes(dst.bytes)}, and reaches ${written(dst)} ${metricName}; ` +
    `full fine-tuning changes all of them and reaches ${written(full)}.`
  );
}

function find(rows: readonly ResultRow[], method: MethodName, epsilon: number | null): ResultRow {
  const row = rows.find(({ id }) => id === idOf(method, epsilon));
  if (row === undefined) throw new Error(`results: expected a row ${idOf(method, epsilon)}, got none`);
  return row;
}
