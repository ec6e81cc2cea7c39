/**
 * The page of one run, or of several beside one another.
 *
 * @module
 */
import { VERSION } from '../../src/run/version.ts';
import { METRIC_SCALES } from '../../src/metrics/measure.ts';
import { METHODS } from '../../src/train/methods.ts';
import { html, type Html } from '../../html/markup.ts';
import { readCurves } from '../demo/curves.ts';
import { accuracyChart } from '../report/accuracy.ts';
import { budgetSection, chartSections, trainingSection } from '../report/chartSections.ts';
import { earlierParts, identityFacts } from '../report/identity.ts';
import type { Metric } from '../report/input.ts';
import { sampleTable } from '../report/samples.ts';
import { renderSections, type Section } from '../report/sections.ts';
import { assignSeries } from '../report/series.ts';
import { configBlock } from '../report/words.ts';
import type { Comparison, RunFacts } from './comparison.ts';
import type { FinishedRun } from './finished.ts';
import { warningList } from './provenance.ts';
import { commandOf } from './repeat.ts';
import { choiceTable, differenceTable, overlapTable, runTable } from './tables.ts';

/** Sample rows on the page of a run. */
const SHOWN_ROWS = 10;

/** The page of one run: a function of its folder alone, so that the same run has the same page. */
export function renderRunPage(run: FinishedRun, facts: RunFacts): string {
  const { result, record, folder } = run;
  const metric = metricOf(facts);
  const curves = [readCurves(METHODS[facts.method].label, folder, result)];
  const seriesOf = assignSeries(curves);
  return renderSections({
    title: `Dynamic Subset Tuning: ${METHODS[facts.method].label} on ${result.task}`,
    version: result.identity.code ?? VERSION,
    facts: [
      ['Task', result.task],
      ['Run', facts.name],
      ['Steps', String(result.steps)],
      ['Random seed', String(facts.randomSeed)],
    ],
    lead: warningList([facts]),
    sections: [
      { id: 'summary', heading: 'Result', body: runTable([facts]) },
      ...chartSections(curves, seriesOf, metric),
      { id: 'samples', heading: 'Sample rows, before and after', body: samplesOf(run, metric) },
      {
        id: 'identity',
        heading: 'What it was made of',
        body: identityFacts(result.identity, earlierParts(result.earlier)),
      },
      {
        id: 'config',
        heading: 'Configuration',
        body: html`<pre class="command">${commandOf({ ...record.config })}</pre>
          ${configBlock({ ...record.config })}`,
      },
    ],
  });
}

function samplesOf({ result }: FinishedRun, metric: Metric): Html {
  const samples = result.samples.slice(0, SHOWN_ROWS).map(({ answer, before, ...sample }) => ({
    ...sample,
    answers: { ...(before === undefined ? {} : { 'seed as it is': before }), [METHODS[result.method].label]: answer },
  }));
  return sampleTable({ samples, ...metric });
}

function metricOf({ metric }: RunFacts): Metric {
  return { metricName: metric, metricScale: METRIC_SCALES[metric] };
}

/** The page of several runs. */
export function renderComparison(runs: readonly FinishedRun[], comparison: Comparison): string {
  const facts = comparison.runs;
  const curves = runs.map(({ folder, result }, i) => readCurves(facts[i].name, folder, result));
  const seriesOf = assignSeries(curves);
  const metrics = new Set(facts.map(({ metric }) => metric));
  const metric = metricOf(facts[0]);
  const rows = facts.map(({ name, epsilon, value, low, high }) => ({
    method: name,
    epsilon,
    metric: value,
    low,
    high,
  }));
  const quality: Section = {
    id: 'quality',
    heading: 'Quality against budget',
    body: accuracyChart(rows, seriesOf, metric),
  };
  return renderSections({
    title: `Dynamic Subset Tuning: ${facts.length} runs`,
    version: VERSION,
    facts: [['Tasks', [...new Set(facts.map(({ task }) => task))].join(', ')]],
    lead: warningList(facts),
    sections: [
      { id: 'summary', heading: 'Results', body: runTable(facts) },
      { id: 'differences', heading: 'Differences, pair by pair', body: differenceTable(comparison) },
      ...(metrics.size === 1 ? [quality] : []),
      trainingSection(curves, seriesOf, metrics.size === 1 ? metric : undefined),
      budgetSection(curves, seriesOf),
      { id: 'overlap', heading: 'Overlap of the subsets', body: overlapTable(comparison) },
      { id: 'config', heading: 'What they were made of', body: choiceTable(runs, facts) },
    ],
  });
}
