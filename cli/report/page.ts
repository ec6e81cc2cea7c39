/**
 * The report: one self-contained HTML page, without network and without script.
 *
 * @module
 */
import { accuracyChart } from './accuracy.ts';
import { chartSections } from './chartSections.ts';
import { html } from '../../html/markup.ts';
import { identityFacts } from './identity.ts';
import type { ReportInput } from './input.ts';
import { sampleTable } from './samples.ts';
import { renderSections, type Section } from './sections.ts';
import { assignSeries } from './series.ts';
import { headline, summaryTable } from './summary.ts';
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
    ...chartSections(methods, seriesOf, input),
    { id: 'claims', heading: 'The paper’s claims, here', body: claimList(input) },
    { id: 'samples', heading: 'Sample rows', body: sampleTable(input) },
    { id: 'identity', heading: 'What it was made of', body: identityFacts(input.identity, input.others) },
    { id: 'config', heading: 'Configuration', body: configBlock(input.config) },
  ];
}
