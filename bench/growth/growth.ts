/**
 * How times grow: a training step with parameters, context and batch; a step of DST with silos and parameters. The
 * points of a series are measured in interleaved rounds, so that its exponent is of ratios within the run.
 *
 * @module
 */
import type { SeriesPoint } from './series.ts';
import { batchPoints, contextPoints, parameterPoints, siloPoints, vectorPoints } from './series.ts';
import { caseOf, printGrowth, SERIES, type SeriesName } from './table.ts';
import type { Row, SubjectResult } from '../result.ts';
import { interleaveAcross, type Effort, type Placed } from '../rounds.ts';
import type { Setting, Subject } from '../subject.ts';

const POINTS: Readonly<Record<SeriesName, (quick: boolean) => readonly SeriesPoint[]>> = {
  parameters: parameterPoints,
  context: contextPoints,
  batch: batchPoints,
  silos: siloPoints,
  'bare vector': vectorPoints,
};

export const growth: Subject = { measure, print: printGrowth };

async function measure({ quick, kernels, say }: Setting): Promise<SubjectResult> {
  const effort: Effort = { rounds: quick ? 3 : 7, round: { milliseconds: quick ? 20 : 300, least: 1 } };
  const rows: Row[] = [];
  for (const name of SERIES) {
    const points = POINTS[name](quick);
    say(`${name}: ${points.map(({ x }) => x).join(', ')}`);
    const placed = points.flatMap(({ x, lines }) =>
      lines(kernels).map((contestant): Placed => ({ about: { case: caseOf(name, x), x }, contestant })),
    );
    rows.push(...(await interleaveAcross(placed, effort)).rows);
  }
  return { subject: 'growth', rows, absent: [], facts: {} };
}
