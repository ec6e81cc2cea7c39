/**
 * How well the budget is kept: the realised fraction over the training steps as a multiple of the budget ε. The ratio
 * puts every budget on one axis, and shows what an axis over four decades would hide: the ramp-up and the tracking error.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { figure, nothingToDraw, stepAxis } from './figure.ts';
import { shortPercent } from './format.ts';
import type { Html } from '../../html/markup.ts';
import type { MethodCurves } from './input.ts';
import { legend, type SeriesOf } from './series.ts';
import { table } from '../../html/table.ts';
import { spread } from './thin.ts';

const POINTS = 200;
/** Higher ratios are drawn here: while Algorithm 2 ramps up, everything may be kept. */
const HIGHEST = 2;

/** Realised fraction of every method that has a budget. */
export function realisedChart(methods: readonly MethodCurves[], seriesOf: SeriesOf): Html {
  const drawn = methods.flatMap(({ method, epsilon, realised }) =>
    epsilon === null || realised.length === 0
      ? []
      : [
          {
            series: seriesOf(method, epsilon),
            epsilon,
            curve: realised.map(({ step, fraction }) => ({ step, fraction, ratio: fraction / epsilon })),
          },
        ],
  );
  if (drawn.length === 0) return nothingToDraw('No realised fractions were recorded.');
  return figure({
    id: 'realised',
    title: 'Realised fraction against the budget',
    description: `Share of all parameters that differ from the seed, divided by ε, over the steps: 1 keeps the budget exactly; above ${HIGHEST} is drawn at ${HIGHEST}.`,
    legend: legend(drawn.map(({ series }) => series)),
    draw: ({ narrow }) => ({
      height: narrow ? 240 : 300,
      marginLeft: 44,
      marginBottom: 44,
      x: stepAxis(
        narrow,
        drawn.map(({ curve }) => curve),
      ),
      y: { label: 'realised / ε', domain: [0, HIGHEST], grid: true, ticks: 4 },
      marks: [
        Plot.ruleY([1], { stroke: 'var(--muted)' }),
        ...drawn.map(({ series, curve }) =>
          Plot.lineY(spread(curve, POINTS), {
            x: 'step',
            y: ({ ratio }: { readonly ratio: number }) => Math.min(HIGHEST, ratio),
            stroke: series.colour,
            strokeWidth: 2,
            strokeDasharray: series.dash,
          }),
        ),
      ],
    }),
    data: table(
      'Realised fraction at some of the steps',
      [
        { heading: 'Method' },
        { heading: 'Step', numeric: true },
        { heading: 'Budget ε', numeric: true },
        { heading: 'Realised', numeric: true },
        { heading: 'Realised / ε', numeric: true },
      ],
      drawn.flatMap(({ series, curve, epsilon }) =>
        spread(curve, 8).map(({ step, fraction, ratio }) => [
          series.label,
          step,
          shortPercent(epsilon),
          shortPercent(fraction),
          ratio.toFixed(3),
        ]),
      ),
    ),
  });
}
