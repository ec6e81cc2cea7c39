/**
 * The chart of a comparison for the documents: the report's own drawing as a picture that stands by itself.
 *
 * @module
 */
import { accuracyPlot, namesOf } from '../../cli/report/accuracyPlot.ts';
import type { ReportInput } from '../../cli/report/input.ts';
import { drawPicture, pictureMarkup } from '../../cli/report/picture.ts';
import { assignSeries } from '../../cli/report/series.ts';

/** The name of a comparison: of its section in the documents, and of its chart. */
export function sectionOf({ metricScale }: Pick<ReportInput, 'metricScale'>): 'main-job' | 'translation' {
  return metricScale === 'share' ? 'main-job' : 'translation';
}

/** SVG documents by their file's name: for wide and for narrow screens, light or dark as their reader prefers. */
export function renderCharts(report: ReportInput): ReadonlyMap<string, string> {
  const { rows, methods, metricName, metricScale } = report;
  const { markers, lines } = namesOf(rows, metricScale);
  const seriesOf = assignSeries([...methods, ...rows]);
  const files = drawPicture(sectionOf(report), {
    words: {
      id: sectionOf(report),
      title: `${metricName} against the budget`,
      description: 'Points with 95 % intervals are methods with a budget; lines across are methods without one.',
    },
    draw: (room) => accuracyPlot(rows, seriesOf, report, room),
    legend: [...markers, ...lines].map(({ glyph, name }) => ({ text: `${glyph} ${name}`, colour: 'var(--ink)' })),
  });
  return files;
}

/**
 * The chart in a page.
 *
 * @param folder - from the page to the charts.
 */
export function chartMarkup(report: ReportInput, folder: string): string {
  return pictureMarkup(sectionOf(report), folder, `${report.metricName} against the budget`);
}
