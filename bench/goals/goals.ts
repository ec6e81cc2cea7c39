/**
 * All goals: what each machine measured, and the table of those that are missed or not decided.
 *
 * @module
 */
import { formatFigure } from '../format.ts';
import { columnsOf, type Table } from '../table.ts';
import { DST_GOALS } from './dst.ts';
import { isReached, judge, type Figure, type Goal, type Results } from './goal.ts';
import { OTHER_GOALS } from './others.ts';
import { PRODUCT_GOALS } from './products.ts';
import { STEP_GOALS } from './steps.ts';

export const GOALS: readonly Goal[] = [...PRODUCT_GOALS, ...STEP_GOALS, ...DST_GOALS, ...OTHER_GOALS];

/** How many of the goals that could be measured are reached, in a sentence. */
export function describeGoals(results: Results): string {
  const measured = GOALS.flatMap((goal) => {
    const figure = goal.measure(results);
    return figure === undefined ? [] : [judge(goal, figure)];
  });
  const numberOf = (verdict: ReturnType<typeof judge>): number => measured.filter((is) => is === verdict).length;
  const missing = GOALS.length - measured.length;
  return `${numberOf('reached')} of ${measured.length} goals are reached, ${numberOf('missed')} are missed, ${numberOf('not decided')} are not decided${missing === 0 ? '' : `; ${missing} could not be measured`}.`;
}

/** One line a goal that was measured and is missed or not decided. */
export function gapTable(results: Results): Table {
  return {
    columns: columnsOf(['goal', 'where', 'verdict', 'limit'], ['asked', 'measured', 'at the limit', 'proven']),
    rows: GOALS.flatMap((goal) => {
      const figure = goal.measure(results);
      if (figure === undefined || judge(goal, figure) === 'reached') return [];
      const limit = goal.limit?.(results);
      const isProven = limit !== undefined && !isReached(goal, limit.value);
      return [
        [
          goal.claim,
          figure.of,
          judge(goal, figure),
          limit?.by ?? '',
          formatAsked(goal),
          formatMeasured(goal, figure),
          limit === undefined ? '' : withUnit(goal, limit.value),
          isProven ? 'proven' : 'not proven',
        ],
      ];
    }),
  };
}

/** Every goal, and what each machine measured for it; what misses it, or decides nothing, says so. */
export function goalTable(machines: ReadonlyMap<string, Results>): Table {
  return {
    columns: columnsOf(['goal'], ['asked', ...machines.keys()]),
    rows: GOALS.map((goal) => [
      goal.claim,
      formatAsked(goal),
      ...[...machines.values()].map((results) => {
        const figure = goal.measure(results);
        if (figure === undefined) return 'not measured';
        const verdict = judge(goal, figure);
        return `${formatMeasured(goal, figure)}${verdict === 'reached' ? '' : `, ${verdict}`}`;
      }),
    ]),
  };
}

function formatAsked(goal: Goal): string {
  return `${goal.is} ${withUnit(goal, goal.asked)}`;
}

function formatMeasured(goal: Goal, { low, median, high }: Figure): string {
  return `${withUnit(goal, median)} (${formatFigure(low)} … ${formatFigure(high)})`;
}

function withUnit({ unit }: Goal, value: number): string {
  return unit === 'x' ? `${formatFigure(value)}x` : `${formatFigure(value)} ${unit}`;
}
