/**
 * The measured parts of docs/performance.md: each a block between markers, made of the runs in docs/performance/results.json.
 *
 * @module
 */
import { formatCount } from '../../cli/table.ts';
import { describeFull, dstTable } from '../dstTable.ts';
import { formatFit, fitOf, growthTable, linesOf, rowsOf, ABOUT, SERIES, type SeriesName } from '../growthTable.ts';
import { formatFigure } from '../format.ts';
import { growthChart } from '../growthPlot.ts';
import { matmulTable } from '../matmulTable.ts';
import { describePaper, paperTable } from '../onPaperTable.ts';
import type { BenchRun, SubjectResult } from '../result.ts';
import { partsTable, stepTable } from '../stepTable.ts';
import { listAbsent, toMarkdown } from '../table.ts';

/** A subject's result and the run that it is from. */
export interface Found {
  readonly run: BenchRun;
  readonly result: SubjectResult;
}

/** Every block of the page: its name, and what stands in it; undefined where no run measured it. */
export const BLOCKS: Readonly<Record<string, (runs: readonly BenchRun[]) => string | undefined>> = {
  matmul: (runs) => measured(runs, 'matmul', (result) => toMarkdown(matmulTable(result))),
  step: (runs) =>
    measured(runs, 'step', (result) => {
      const { facts } = result;
      const about = `${formatCount(Number(facts['parameters']))} parameters, ${facts['rows']} rows of ${facts['length']} tokens, ${formatFigure(Number(facts['flops']) / 1e9)} · 10⁹ operations in the matrix products of a step; the loss ${Number(facts['loss']).toFixed(4)} in every contestant before the first step.`;
      return `${about}\n\n${toMarkdown(stepTable(result))}\nWhere our time goes:\n\n${toMarkdown(partsTable(result))}`;
    }),
  dst: (runs) => measured(runs, 'dst', (result) => `${describeFull(result)}\n\n${toMarkdown(dstTable(result))}`),
  growth: (runs) => measured(runs, 'growth', (result) => SERIES.map((name) => growthPart(result, name)).join('\n')),
  paper: () => `${describePaper()}\n\n${toMarkdown(paperTable())}`,
};

/** The newest run that measured a subject, the last one given where dates are equal. */
export function findNewest(runs: readonly BenchRun[], subject: string): Found | undefined {
  const found = runs.flatMap((run) =>
    run.subjects.filter((result) => result.subject === subject).map((result) => ({ run, result })),
  );
  return found.sort((a, b) => (a.run.date < b.run.date ? -1 : 1)).at(-1);
}

/** The page with every block that a run can fill. */
export function fillPage(page: string, runs: readonly BenchRun[]): string {
  return Object.entries(BLOCKS).reduce((text, [name, render]) => {
    const content = render(runs);
    return content === undefined ? text : replaceBlock(text, name, content);
  }, page);
}

/** The charts of the page, by their file in docs/img. */
export function drawCharts(runs: readonly BenchRun[]): ReadonlyMap<string, string> {
  const growth = findNewest(runs, 'growth')?.result;
  if (growth === undefined) return new Map();
  return new Map(SERIES.map((series) => [chartOf(series), growthChart(series, rowsOf(growth, series))]));
}

function replaceBlock(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- bench: ${name} -->`, `<!-- /bench: ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`performance.md: expected ${begin} and ${end}, got neither or one`);
  const note = '<!-- Made by npm run performance-docs, not typed by hand. -->';
  return `${page.slice(0, from)}${begin}\n${note}\n\n${content.trimEnd()}\n\n${page.slice(to)}`;
}

function measured(
  runs: readonly BenchRun[],
  subject: string,
  render: (result: SubjectResult) => string,
): string | undefined {
  const found = findNewest(runs, subject);
  if (found === undefined) return undefined;
  const { run, result } = found;
  const absent = listAbsent(result.absent).map((line) => `- not measured: ${line}\n`);
  return `${render(result)}\n${absent.join('')}${absent.length > 0 ? '\n' : ''}${describeRun(run, result)}`;
}

/** Date, machine, versions, and what a spread is. */
function describeRun(run: BenchRun, { rows, facts }: SubjectResult): string {
  const rounds = Math.max(...rows.map((row) => row.rounds.length));
  const versions = Object.entries(facts).flatMap(([name, value]) =>
    typeof value === 'string' ? [`; ${name} ${value}`] : [],
  );
  const effort = run.quick ? ' (`--quick`)' : '';
  return `Measured on ${run.date.slice(0, 10)}: ${run.machine}, Node ${run.node}${versions.join('')}. Median of ${rounds} interleaved rounds${effort}, in brackets the least and the greatest.\n`;
}

function growthPart(result: SubjectResult, series: SeriesName): string {
  const rows = rowsOf(result, series);
  const { title } = ABOUT[series];
  const fits = linesOf(rows).map((line) => `${line} x^${formatFit(fitOf(rows, line))}`);
  return `### ${title}\n\n![${title}: ${fits.join(', ')}](img/${chartOf(series)})\n\n${toMarkdown(growthTable(result, series))}`;
}

function chartOf(series: SeriesName): string {
  return `growth-${series.replace(' ', '-')}.svg`;
}
