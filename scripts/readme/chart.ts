/**
 * The main job's chart for README: the report's own drawing as a picture that stands by itself.
 *
 * @module
 */
import { accuracyPlot, namesOf } from '../../cli/report/accuracyPlot.ts';
import type { ReportInput } from '../../cli/report/input.ts';
import { drawPicture, pictureMarkup } from '../../cli/report/picture.ts';
import { assignSeries } from '../../cli/report/series.ts';

const FOLDER = 'docs/img';

/** README's section of a run, and its chart's name. */
export function sectionOf({ metricScale }: Pick<ReportInput, 'metricScale'>): 'main-job' | 'translation' {
  return metricScale === 'share' ? 'main-job' : 'translation';
}

/** SVG documents by path: for wide and for narrow screens, light or dark as their reader prefers. */
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
  return new Map([...files].map(([name, svg]) => [`${FOLDER}/${name}`, svg]));
}

/** The chart in README. */
export function chartMarkup(report: ReportInput): string {
  return pictureMarkup(sectionOf(report), FOLDER, `${report.metricName} against the budget`);
}
