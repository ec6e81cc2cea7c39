/**
 * The sections that show how a run was trained: the same on the page of the main job, of one run, and of several.
 *
 * @module
 */
import { html } from '../../html/markup.ts';
import { developmentChart, lossChart } from './curves.ts';
import type { MethodCurves, Metric } from './input.ts';
import { overlapCharts } from './overlap.ts';
import { placementCharts } from './placement.ts';
import { realisedChart } from './realised.ts';
import type { Section } from './sections.ts';
import type { SeriesOf } from './series.ts';
import { thresholdCharts } from './thresholds.ts';

/** All of them: training, thresholds, budget, placement and overlap. */
export function chartSections(
  methods: readonly MethodCurves[],
  seriesOf: SeriesOf,
  metric: Metric,
): readonly Section[] {
  return [
    trainingSection(methods, seriesOf, metric),
    { id: 'thresholds', heading: 'Thresholds', body: thresholdCharts(methods) },
    budgetSection(methods, seriesOf),
    { id: 'placement', heading: 'Where the subset lies', body: placementCharts(methods) },
    { id: 'overlap', heading: 'Overlap of checkpoints', body: overlapCharts(methods) },
  ];
}

/** The loss and, if all methods share a metric, that metric on the development split. */
export function trainingSection(
  methods: readonly MethodCurves[],
  seriesOf: SeriesOf,
  metric: Metric | undefined,
): Section {
  const loss = lossChart(methods, seriesOf);
  const body = metric === undefined ? loss : html`${loss} ${developmentChart(methods, seriesOf, metric)}`;
  return { id: 'training', heading: 'Training', body };
}

/** The realised fraction against the budget. */
export function budgetSection(methods: readonly MethodCurves[], seriesOf: SeriesOf): Section {
  return { id: 'budget', heading: 'Budget kept', body: realisedChart(methods, seriesOf) };
}
