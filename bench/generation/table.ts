/**
 * Decoding in tokens a second: by prompts together, by the text before, by beams.
 *
 * @module
 */
import { formatCount } from '../../cli/table.ts';
import { formatFigure, formatRatio, formatSpread } from '../format.ts';
import { fitExponent, fitLine, type Fit, type Line, type Point } from '../growth/fit.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeMedian, computeSpread, type Spread } from '../spread.ts';
import { absentText, columnsOf, findRow, msOf, toText, type Table } from '../table.ts';

/** One is greedy decoding. */
export const BEAMS = [1, 4] as const;

const TOGETHER = 'together: ';
const CONTEXT = 'context: ';
const T5 = 'T5, ';

export function caseOfTogether(prompts: number): string {
  return `${TOGETHER}${prompts}`;
}

export function caseOfContext(tokens: number): string {
  return `${CONTEXT}${tokens}`;
}

export function caseOfBeams(sources: number, beams: number): string {
  return `${T5}${sources} ${sources === 1 ? 'source' : 'sources'}: ${beams === 1 ? 'greedy' : `beam ${beams}`}`;
}

/** The rows of a family, by the beginning of their cases. */
function familyOf({ rows }: SubjectResult, start: string): readonly Row[] {
  return rows.filter((row) => row.case.startsWith(start));
}

/** Tokens a second by prompts together, and how many times those of one prompt: round by round, so disturbances cancel. */
export function togetherTable(result: SubjectResult): Table {
  const one = findRow(result.rows, caseOfTogether(1), 'ours');
  const tokens = Number(result.facts['tokens']);
  return {
    columns: columnsOf([], ['prompts together', 'ms a token of each', 'tokens a second', 'times one prompt']),
    rows: familyOf(result, TOGETHER).map((row) => {
      const { x = NaN, rounds } = row;
      return [
        formatCount(x),
        formatSpread(computeSpread(rounds.map((ms) => ms / tokens))),
        formatSpread(computeSpread(rounds.map((ms) => (1000 * x * tokens) / ms))),
        one === undefined ? '' : formatRatio(computeGain(one, row)),
      ];
    }),
  };
}

/** How many times as many tokens a second `row` decodes as one prompt alone. */
export function computeGain(one: Row, { x = NaN, rounds }: Row): Spread {
  return computeSpread(rounds.map((ms, round) => (x * one.rounds[round]) / ms));
}

/** What a token costs by the length of the text: tokens a second, and how well a line goes through the points. */
export function contextTable(result: SubjectResult): Table {
  const line = fitContext(result);
  return {
    columns: columnsOf([], ['tokens before and with it', 'ms a token', 'tokens a second', 'the line says, ms']),
    rows: familyOf(result, CONTEXT).map((row) => {
      const { x = NaN, rounds } = row;
      const perSecond = formatSpread(computeSpread(rounds.map((ms) => 1000 / ms)));
      const said = line === undefined ? '' : formatFigure(line.intercept + line.slope * x);
      return [formatCount(x), msOf(row), perSecond, said];
    }),
  };
}

function contextPoints(result: SubjectResult): readonly Point[] {
  return familyOf(result, CONTEXT).map(({ x = NaN, rounds }) => ({ x, y: computeMedian(rounds) }));
}

/** ms = intercept + slope · tokens; undefined for fewer than two points. */
export function fitContext(result: SubjectResult): Line | undefined {
  const points = contextPoints(result);
  return points.length < 2 ? undefined : fitLine(points);
}

/** The line, and the exponent between the last two points, where the constant part hides the least. */
export function describeContext(result: SubjectResult): string {
  const line = fitContext(result);
  if (line === undefined) return '';
  const { intercept, slope, deviation } = line;
  const { lastExponent }: Fit = fitExponent(contextPoints(result));
  return `A token costs ${formatFigure(intercept)} ms and ${formatFigure(1000 * slope)} µs for each token of the text: of this line the points lie at most ${(100 * deviation).toFixed(1)} % away. Between the last two points the cost grows as the context to the ${lastExponent.toFixed(2)}.`;
}

/** Beams beside greedy decoding of the same sources. */
export function beamTable(result: SubjectResult): Table {
  const tokens = Number(result.facts['tokens']);
  const sources = [...new Set(familyOf(result, T5).map(({ x = NaN }) => x))];
  return {
    columns: columnsOf([], ['sources together', 'greedy, ms a token', 'beam 4, ms a token', 'beam 4 takes']),
    rows: sources.map((count) => {
      const [greedy, beam] = BEAMS.map((beams) => findRow(result.rows, caseOfBeams(count, beams), 'ours'));
      const ms = (row: Row | undefined): string =>
        row === undefined ? '' : formatSpread(computeSpread(row.rounds.map((time) => time / tokens)));
      const cost = greedy === undefined || beam === undefined ? '' : formatRatio(computeCost(greedy, beam));
      return [String(count), ms(greedy), ms(beam), cost];
    }),
  };
}

/** How many times as long beams take as greedy decoding, round by round. */
export function computeCost(greedy: Row, beam: Row): Spread {
  return computeSpread(beam.rounds.map((ms, round) => ms / greedy.rounds[round]));
}

export function describeGeneration({ facts }: SubjectResult): string {
  const [parameters, t5] = ['parameters', 't5'].map((name) => formatCount(Number(facts[name])));
  return `Greedy, a decoder of ${parameters} parameters, ${facts['tokens']} tokens after prompts of ${facts['prompt']} and a first token, which are not counted; beams, a T5 of ${t5}, ${facts['tokens']} tokens after sources of ${facts['source']}, which are.`;
}

export function printGeneration(result: SubjectResult): string {
  const tables = [togetherTable, contextTable, beamTable].map((table) => toText(table(result)));
  return `${describeGeneration(result)}\n\n${tables.join('\n')}\n${describeContext(result)}\n${absentText(result.absent)}`;
}
