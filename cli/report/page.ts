/**
 * The report: one self-contained HTML page, without network and without script.
 *
 * @module
 */
import { accuracyChart } from './accuracy.ts';
import { developmentChart, lossChart } from './curves.ts';
import { html } from '../../spec/report/markup.ts';
import type { ReportInput } from './input.ts';
import { overlapCharts } from './overlap.ts';
import { placementCharts } from './placement.ts';
import { realisedChart } from './realised.ts';
import { sampleTable } from './samples.ts';
import { renderSections, type Section } from './sections.ts';
import { assignSeries } from './series.ts';
import { headline, summaryTable } from './summary.ts';
import { thresholdCharts } from './thresholds.ts';
import { claimList, configBlock, exactness } from './words.ts';

/**
 * Draws the page.
 *
 * @param input - what the run recorded; lists may be empty, and the page then says so in their place.
 * @returns the whole document as text, ready to be written to `report.html`.
 */
export function renderReport(input: ReportInput): string {
  const { task, date, machine, version } = input;
  return renderSections({
    title: input.title,
    version,
    facts: [
      ['Task', task],
      ['Made', date],
      ['On', machine],
    ],
    lead: html`${headline(input)} ${exactness(input)}`,
    sections: sectionsOf(input),
  });
}

function sectionsOf(input: ReportInput): readonly Section[] {
  const { rows, methods } = input;
  const seriesOf = assignSeries([...methods, ...rows]);
  return [
    { id: 'summary', heading: 'Results', body: summaryTable(input, seriesOf) },
    { id: 'quality', heading: 'Quality against budget', body: accuracyChart(rows, seriesOf, input) },
    {
      id: 'training',
      heading: 'Training',
      body: html`${lossChart(methods, seriesOf)} ${developmentChart(methods, seriesOf, input)}`,
    },
    { id: 'thresholds', heading: 'Thresholds', body: thresholdCharts(methods) },
    { id: 'budget', heading: 'Budget kept', body: realisedChart(methods, seriesOf) },
    { id: 'placement', heading: 'Where the subset lies', body: placementCharts(methods) },
    { id: 'overlap', heading: 'Overlap of checkpoints', body: overlapCharts(methods) },
    { id: 'claims', heading: 'The paper’s claims, here', body: claimList(input) },
    { id: 'samples', heading: 'Sample rows', body: sampleTable(input) },
    { id: 'config', heading: 'Configuration', body: configBlock(input.config) },
  ];
}
