/**
 * The measured parts of the pages on speed: each a block between markers, made of the runs in docs/performance/results.json.
 *
 * @module
 */
import { pictureMarkup } from '../../cli/report/picture.ts';
import { attentionTable } from '../attention/table.ts';
import { conformTable } from '../conform/table.ts';
import { describeFull, dstTable } from '../dst/table.ts';
import { beamTable, contextTable, describeContext, describeGeneration, togetherTable } from '../generation/table.ts';
import type { Results } from '../goals/goal.ts';
import { describeGoals, gapTable, goalTable } from '../goals/goals.ts';
import { ABOUT, fitOf, formatFit, growthTable, linesOf, rowsOf, SERIES, type SeriesName } from '../growth/table.ts';
import { growthName } from '../growth/plot.ts';
import { limitsTables } from '../limits/table.ts';
import { matmulTable } from '../matmul/table.ts';
import { describePaper, paperTable } from '../onPaper/table.ts';
import type { BenchRun, SubjectResult } from '../result.ts';
import { ABOUT_PASSES, ABOUT_RATIOS, passTable, selectionTable } from '../selection/table.ts';
import { startTable } from '../start/table.ts';
import { briefStepTable, describeStep, partsTable, stepTable } from '../step/table.ts';
import { listAbsent, toMarkdown } from '../table.ts';
import { describeHandingOver, threadsTable } from '../threads/table.ts';
import { findNewest, machinesOf, runsOn } from './results.ts';

/** What stands in a block; undefined if no run measured it. */
type Render = (runs: readonly BenchRun[]) => string | undefined;

/** Every block of the pages. */
export const BLOCKS: Readonly<Record<string, Render>> = {
  brief: measured('step', (result) => toMarkdown(briefStepTable(result))),
  goals: compared((machines) => toMarkdown(goalTable(machines))),
  gaps: compared((machines) => paragraphs(...[...machines].flatMap(describeGaps))),
  matmul: measured('matmul', (result) => toMarkdown(matmulTable(result))),
  attention: measured('attention', (result) => toMarkdown(attentionTable(result))),
  step: measured('step', renderStep),
  t5step: measured('t5step', renderStep),
  dst: measured('dst', (result) => paragraphs(describeFull(result), toMarkdown(dstTable(result)))),
  selection: measured('selection', (result) =>
    paragraphs(ABOUT_RATIOS, toMarkdown(selectionTable(result)), ABOUT_PASSES, toMarkdown(passTable(result))),
  ),
  threads: measured('threads', (result) => paragraphs(describeHandingOver(result), toMarkdown(threadsTable(result)))),
  generation: measured('generation', (result) => {
    const [together, context, beams] = [togetherTable, contextTable, beamTable].map((table) =>
      toMarkdown(table(result)),
    );
    return paragraphs(describeGeneration(result), together, context, describeContext(result), beams);
  }),
  start: measured('start', (result) => toMarkdown(startTable(result))),
  conform: measured('conform', (result) => toMarkdown(conformTable(result))),
  growth: measured('growth', (result) => SERIES.map((name) => growthPart(result, name)).join('\n')),
  limits: measured('limits', (result) => paragraphs(...limitsTables(result).map(toMarkdown))),
  paper: () => paragraphs(describePaper(), toMarkdown(paperTable())),
};

function paragraphs(...parts: readonly string[]): string {
  return parts.map((part) => `${part.trimEnd()}\n`).join('\n');
}

function renderStep(result: SubjectResult): string {
  return paragraphs(
    describeStep(result),
    toMarkdown(stepTable(result)),
    'Where our time goes:',
    toMarkdown(partsTable(result)),
  );
}

/** Of what each machine measured; nothing if there are no runs. */
function compared(render: (machines: ReadonlyMap<string, Results>) => string): Render {
  return (runs) => {
    const machines = machinesOf(runs).map((machine): [string, Results] => [machine, resultsOn(runs, machine)]);
    return machines.length === 0 ? undefined : render(new Map(machines));
  };
}

/** The newest result of each subject on one machine. */
function resultsOn(runs: readonly BenchRun[], machine: string): Results {
  const own = runsOn(runs, machine);
  return (subject) => findNewest(own, subject)?.result;
}

/** The goals that a machine misses, or does not decide. */
function describeGaps([machine, results]: [string, Results]): readonly string[] {
  const gaps = gapTable(results);
  const says = `On ${machine}, ${describeGoals(results)}`;
  return gaps.rows.length === 0 ? [says] : [`${says} These are not reached:`, toMarkdown(gaps)];
}

function measured(subject: string, render: (result: SubjectResult) => string): Render {
  return (runs) => {
    const found = findNewest(runs, subject);
    if (found === undefined) return undefined;
    const { run, result } = found;
    const absent = listAbsent(result.absent).map((line) => `- not measured: ${line}\n`);
    return `${render(result)}\n${absent.join('')}${absent.length > 0 ? '\n' : ''}${describeRun(run, result)}`;
  };
}

/** Date, machine, versions, and what a spread is. */
function describeRun(run: BenchRun, { rows, facts }: SubjectResult): string {
  const rounds = rows.reduce((most, row) => Math.max(most, row.rounds.length), 0);
  const versions = Object.entries(facts).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${name} ${value}`] : [],
  );
  const beside = versions.length === 0 ? '' : ` Beside ours: ${versions.join('; ')}.`;
  const effort = run.quick ? ' (`--quick`)' : '';
  return `Measured on ${run.date.slice(0, 10)}: ${run.machine}, Node ${run.node}.${beside} Median of ${rounds} interleaved rounds${effort}, in brackets the least and the greatest.\n`;
}

function growthPart(result: SubjectResult, series: SeriesName): string {
  const rows = rowsOf(result, series);
  const { title } = ABOUT[series];
  const fits = linesOf(rows).map((line) => `${line} x^${formatFit(fitOf(rows, line))}`);
  return `### ${title}\n\n${pictureMarkup(growthName(series), 'img', `${title}: ${fits.join(', ')}`)}\n\n${toMarkdown(growthTable(result, series))}`;
}
