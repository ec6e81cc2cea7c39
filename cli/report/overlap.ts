/**
 * The overlap of the subsets at two checkpoints (Eq. 9), for every pair of checkpoints of a method.
 *
 * @module
 */
import { figure, nothingToDraw } from './figure.ts';
import { percent } from './format.ts';
import { heatLegend, heatMap, type Cell } from './heat.ts';
import { html, type Html } from '../../html/markup.ts';
import type { MethodCurves } from './input.ts';
import { label } from './series.ts';
import { table } from '../../html/table.ts';
import { spread } from './thin.ts';

/** Checkpoints along an axis: more cells than these cannot be read. */
const CHECKPOINTS = 12;

/** One heat map per method with at least two checkpoints; where all are the same, a sentence. */
export function overlapCharts(methods: readonly MethodCurves[]): Html {
  const compared = methods.filter(({ overlap }) => overlap !== null && overlap.steps.length > 1);
  const drawn = compared.filter(({ overlap }) => overlap?.share.some((row) => row.some((share) => share < 1)));
  const fixed = compared.filter((method) => !drawn.includes(method));
  if (compared.length === 0) return nothingToDraw('No two checkpoints of one method were compared in this run.');
  return html`<div class="grid">${drawn.map(overlapChart)}</div>
    ${fixed.map(({ method, epsilon }) => html`<p class="faint">${label(method, epsilon)}: the same subset at every checkpoint.</p>`)}`;
}

function overlapChart(method: MethodCurves, index: number): Html {
  const name = label(method.method, method.epsilon);
  const { steps, share } = method.overlap ?? { steps: [], share: [] };
  const shown = spread(steps.map((_, i) => i), CHECKPOINTS); // prettier-ignore
  const names = shown.map((i) => String(steps[i]));
  const cells = shown.flatMap((i) =>
    shown.map((j): Cell => ({
      x: String(steps[j]),
      y: String(steps[i]),
      heat: share[i][j],
      text: (share[i][j] * 100).toFixed(0),
      title: `steps ${steps[i]} and ${steps[j]}: ${percent(share[i][j])} in common`,
    })),
  );
  return figure({
    id: `overlap-${index}`,
    title: name,
    description: 'Share, in percent, of the changed parameters that two checkpoints have in common (Eq. 9).',
    half: true,
    legend: heatLegend(percent(0, 0), percent(1, 0)),
    draw: (room) => heatMap(cells, { x: names, y: names, xLabel: 'checkpoint (step)' }, room),
    data: table(
      `${name}: overlap of checkpoints, in percent`,
      [{ heading: 'Step' }, ...names.map((heading) => ({ heading, numeric: true }))],
      shown.map((i) => [String(steps[i]), ...shown.map((j) => (share[i][j] * 100).toFixed(1))]),
    ),
  });
}
