/**
 * The threshold τ of each silo over the training steps (Eq. 6), one chart per method, on a logarithmic axis.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { figure, nothingToDraw, stepAxis } from './figure.ts';
import { significant } from './format.ts';
import { html, type Html } from '../../html/markup.ts';
import type { CurvePoint, MethodCurves } from './input.ts';
import { label, legend, type Series } from './series.ts';
import { table } from '../../html/table.ts';
import { spread } from './thin.ts';

/** Points per silo: there may be dozens of silos. */
const POINTS = 60;

/** One chart per method that has thresholds. */
export function thresholdCharts(methods: readonly MethodCurves[]): Html {
  const drawn = methods.filter(({ thresholds }) => thresholds.some(isDrawable) && isLookedFor(thresholds));
  if (drawn.length === 0) return nothingToDraw('No thresholds were recorded: no method of this run looks for them.');
  return html`<div class="grid">${drawn.map(thresholdChart)}</div>`;
}

/** A method with a fixed mask never moves its thresholds: there is nothing to see. */
function isLookedFor(thresholds: MethodCurves['thresholds']): boolean {
  const first = new Map<string, number>();
  return (
    thresholds.length === 1 ||
    thresholds.some(({ silo, value }) => {
      const before = first.get(silo);
      if (before === undefined) first.set(silo, value);
      return before !== undefined && before !== value;
    })
  );
}

/** Zero and infinity have no place on a logarithmic axis; the table lists them. */
function isDrawable({ value }: { readonly value: number }): boolean {
  return value > 0 && Number.isFinite(value);
}

function thresholdChart(method: MethodCurves, index: number): Html {
  const name = label(method.method, method.epsilon);
  const silos = bySilo(method);
  const groups = [...new Set([...silos.keys()].map(groupOf))].map(groupSeries);
  const colourOf = new Map(groups.map((group) => [group.label, group]));
  return figure({
    id: `thresholds-${index}`,
    title: name,
    description: `Threshold τ of each silo over the steps; ${silos.size} ${silos.size === 1 ? 'silo' : 'silos'}.`,
    half: true,
    legend: legend(groups),
    draw: ({ narrow }) => ({
      height: narrow ? 250 : 290,
      marginLeft: 52,
      marginBottom: 44,
      x: stepAxis(true, [...silos.values()]),
      y: { type: 'log', label: 'threshold τ', grid: true, tickSize: 0, ticks: 5, tickFormat: significant, nice: true },
      marks: [...silos].map(([silo, curve]) => {
        const group = colourOf.get(groupOf(silo));
        return Plot.lineY(spread(curve.filter(isDrawable), POINTS), {
          x: 'step',
          y: 'value',
          stroke: group?.colour ?? 'var(--ink)',
          strokeDasharray: group?.dash ?? 'none',
          strokeWidth: 1.25,
          strokeOpacity: 0.85,
          title: () => silo,
        });
      }),
    }),
    data: table(
      `${name}: threshold of each silo`,
      [
        { heading: 'Silo' },
        { heading: 'First', numeric: true },
        { heading: 'Middle', numeric: true },
        { heading: 'Last', numeric: true },
      ],
      [...silos].map(([silo, curve]) => [silo, ...spread(curve, 3).map(({ value }) => significant(value))]),
    ),
  });
}

function bySilo(method: MethodCurves): Map<string, CurvePoint[]> {
  const silos = new Map<string, CurvePoint[]>();
  for (const { step, silo, value } of method.thresholds) {
    const curve = silos.get(silo) ?? [];
    curve.push({ step, value });
    silos.set(silo, curve);
  }
  return silos;
}

/** The kind of module a silo belongs to: `layers/2/attention/query` → `attention`. */
export function groupOf(silo: string): string {
  const parts = silo
    .replace(/@\d+$/, '')
    .split('/')
    .filter((part) => part !== 'layers' && !/^\d+$/.test(part));
  return parts[0] ?? silo;
}

function groupSeries(group: string, index: number): Series {
  return { label: group, colour: `var(--series-${index % 7})`, dash: index < 7 ? 'none' : '4 2' };
}
