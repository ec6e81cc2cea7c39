/**
 * The result of `dst demo`, of this format or of the one before.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { DEMO_METHODS, ITERATIVE } from '../../cli/demo/methods.ts';
import { REPORT_FORMAT, type ReportInput, type ResultRow } from '../../cli/report/input.ts';

/** Its rows have no ids: they are found by what is written in them. */
const FORMER_FORMAT = 'dynamic-subset-tuning/comparison/2';

interface FormerReport extends Omit<ReportInput, 'format' | 'rows'> {
  readonly format: typeof FORMER_FORMAT;
  readonly rows: readonly Omit<ResultRow, 'id'>[];
}

/**
 * Reads result.json of a run of `dst demo`.
 *
 * @throws Error if the file is something else.
 */
export function readReport(path: string): ReportInput {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (isOf<ReportInput>(value, REPORT_FORMAT)) return value;
  if (isOf<FormerReport>(value, FORMER_FORMAT)) {
    const rows = value.rows.map((row) => ({ id: findId(row), ...row }));
    return { ...value, format: REPORT_FORMAT, rows };
  }
  throw new Error(`${path}: expected the result of dst demo (${REPORT_FORMAT}), got something else`);
}

function isOf<T extends { readonly format: string }>(value: unknown, format: T['format']): value is T {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === format;
}

function findId({ method, epsilon }: Omit<ResultRow, 'id'>): string | null {
  const known = [...DEMO_METHODS, ITERATIVE];
  return known.find((row) => row.label === method && row.epsilon === epsilon)?.id ?? null;
}
