/**
 * The main job's chart for README: the report's own drawing as a picture that stands by itself.
 *
 * @module
 */
import { accuracyPlot } from '../../cli/report/accuracyPlot.ts';
import { drawSvg } from '../../cli/report/draw.ts';
import type { ReportInput } from '../../cli/report/input.ts';
import { assignSeries } from '../../cli/report/series.ts';
import { standAlone } from '../../cli/report/standAlone.ts';

/** An SVG document, light or dark as its reader prefers. */
export function renderChart(report: ReportInput): string {
  const { rows, methods, metricName, metricScale } = report;
  const words = {
    id: metricScale === 'share' ? 'main-job' : 'translation',
    title: `${metricName} against the budget`,
    description: 'Points with 95 % intervals are methods with a budget; lines across are methods without one.',
  };
  const options = accuracyPlot(rows, assignSeries([...methods, ...rows]), report, { width: 760, narrow: false });
  return standAlone(drawSvg({ ...options, width: 760 }, words));
}
