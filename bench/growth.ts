/**
 * How times grow: a training step with parameters, context and batch; a step of DST with silos and parameters. The
 * points of a series are measured in interleaved rounds, so that its exponent is of ratios within the run.
 *
 * @module
 */
import type { Contestant } from './contestant.ts';
import type { SeriesPoint } from './growthSeries.ts';
import { batchPoints, contextPoints, parameterPoints, siloPoints, vectorPoints } from './growthSeries.ts';
import { caseOf, printGrowth, SERIES, type SeriesName } from './growthTable.ts';
import type { Row, SubjectResult } from './result.ts';
import { interleave, type Effort } from './rounds.ts';
import type { Setting, Subject } from './subject.ts';

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
    const contestants = points.flatMap(({ x, lines }) => lines(kernels).map((line) => placed(line, x)));
    const measured = await interleave(contestants, effort, { case: '' });
    rows.push(...measured.rows.map((row) => unplaced(row, name)));
  }
  return { subject: 'growth', rows, absent: [], facts: {} };
}

/** The point's place goes through the rounds in the contestant's name. */
function placed(line: Contestant, x: number): Contestant {
  return { ...line, peer: `${x} ${line.peer}` };
}

function unplaced(row: Row, name: SeriesName): Row {
  const space = row.peer.indexOf(' ');
  const x = Number(row.peer.slice(0, space));
  return { ...row, x, peer: row.peer.slice(space + 1), case: caseOf(name, x) };
}
