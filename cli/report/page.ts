/**
 * The report: one self-contained HTML page, without network and without script.
 *
 * @module
 */
import { accuracyChart } from './accuracy.ts';
import { developmentChart, lossChart } from './curves.ts';
import { renderPage } from '../../spec/report/frame.ts';
import { html, type Html } from '../../spec/report/markup.ts';
import type { ReportInput } from './input.ts';
import { overlapCharts } from './overlap.ts';
import { placementCharts } from './placement.ts';
import { realisedChart } from './realised.ts';
import { sampleTable } from './samples.ts';
import { assignSeries } from './series.ts';
import { STYLE } from './style.ts';
import { headline, summaryTable } from './summary.ts';
import { thresholdCharts } from './thresholds.ts';
import { claimList, configBlock, exactness } from './words.ts';

/** A part of the page with its heading. */
interface Section {
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}

/**
 * Draws the page.
 *
 * @param input - what the run recorded; lists may be empty, and the page then says so in their place.
 * @returns the whole document as text, ready to be written to `report.html`.
 */
export function renderReport(input: ReportInput): string {
  const sections = sectionsOf(input);
  return renderPage({
    title: input.title,
    style: STYLE,
    generator: `dynamic-subset-tuning ${input.version}`,
    header: html`${facts(input)} ${headline(input)} ${exactness(input)}
      <nav aria-label="Contents">
        <ul>
          ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
        </ul>
      </nav>`,
    main: html`${sections.map(
      ({ id, heading, body }) =>
        html`<section id="${id}" class="${id}">
          <h2>${heading}</h2>
          ${body}
        </section>`,
    )}`,
  });
}

function facts({ task, date, machine, version }: ReportInput): Html {
  const fact = (term: string, value: string): Html =>
    html`<div>
      <dt>${term}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<dl class="facts">
    ${[fact('Task', task), fact('Made', date), fact('On', machine), fact('By', `dynamic-subset-tuning ${version}`)]}
  </dl>`;
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
