/**
 * The result of `dst demo`, of this format or of one of the two before.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { DEMO_METHODS, ITERATIVE } from '../../cli/demo/methods.ts';
import { REPORT_FORMAT, type ReportInput, type ResultRow, type SeedRun } from '../../cli/report/input.ts';

/** They call a random seed `seed`. In the first, rows have no ids, which are found by what is written in them. */
const FORMER_FORMATS = ['dynamic-subset-tuning/comparison/2', 'dynamic-subset-tuning/comparison/3'] as const;

interface FormerRow extends Omit<ResultRow, 'id' | 'runs'> {
  readonly id?: string | null;
  readonly runs: readonly (Omit<SeedRun, 'randomSeed'> & { readonly seed: number })[];
}

interface FormerReport extends Omit<ReportInput, 'format' | 'rows'> {
  readonly format: (typeof FORMER_FORMATS)[number];
  readonly rows: readonly FormerRow[];
}

/**
 * Reads result.json of a run of `dst demo`.
 *
 * @throws Error if the file is something else.
 */
export function readReport(path: string): ReportInput {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (isOf<ReportInput>(value, [REPORT_FORMAT])) return value;
  if (isOf<FormerReport>(value, FORMER_FORMATS)) return ofToday(value);
  throw new Error(`${path}: expected the result of dst demo (${REPORT_FORMAT}), got something else`);
}

function isOf<T extends { readonly format: string }>(value: unknown, formats: readonly T['format'][]): value is T {
  return typeof value === 'object' && value !== null && 'format' in value && formats.some((f) => f === value.format);
}

function ofToday({ config: { seed: randomSeed, ...config }, ...report }: FormerReport): ReportInput {
  const rows = report.rows.map(({ runs, ...row }) => ({
    id: findId(row),
    ...row,
    runs: runs.map(({ seed: randomSeed, ...run }) => ({ randomSeed, ...run })),
  }));
  return { ...report, format: REPORT_FORMAT, rows, config: { ...config, randomSeed } };
}

function findId({ method, epsilon }: Pick<FormerRow, 'method' | 'epsilon'>): string | null {
  const known = [...DEMO_METHODS, ITERATIVE];
  return known.find((row) => row.label === method && row.epsilon === epsilon)?.id ?? null;
}
