/**
 * Goals of threads, decoding and starting.
 *
 * @module
 */
import { caseOfBeams, caseOfTogether, computeCost, computeGain } from '../generation/table.ts';
import { computeMedian, computeSpread } from '../spread.ts';
import { STARTS, type Start } from '../start/table.ts';
import { findRow } from '../table.ts';
import { computeOverall, underLoad, worksOf } from '../threads/table.ts';
import { worstOf, type Figure, type Goal, type Limit, type Results } from './goal.ts';

export const OTHER_GOALS: readonly Goal[] = [
  {
    claim: 'two threads to one while another process has a core, over all rounds: median of the works',
    is: 'at least',
    asked: 0.9,
    unit: 'x',
    measure: overallUnderLoad,
  },
  {
    claim: 'tokens a second of 16 prompts together to one',
    is: 'at least',
    asked: 4,
    unit: 'x',
    measure: gainOfSixteen,
  },
  {
    claim: 'beam 4 against greedy, one source or 16: the worse',
    is: 'at most',
    asked: 4.5,
    unit: 'x',
    measure: costOfBeams,
  },
  { ...starting('version', 150), limit: emptyProcess },
  starting('wasm', 20),
];

function overallUnderLoad(results: Results): Figure | undefined {
  const rows = results('threads')?.rows ?? [];
  // Over all rounds each work has one figure: the spread is that of the works.
  const overall = worksOf(rows).map((work) => computeOverall(rows, underLoad(work)));
  return overall.length === 0 ? undefined : { ...computeSpread(overall), of: `${overall.length} cases` };
}

function gainOfSixteen(results: Results): Figure | undefined {
  const rows = results('generation')?.rows ?? [];
  const [one, many] = [1, 16].map((prompts) => findRow(rows, caseOfTogether(prompts), 'ours'));
  return one === undefined || many === undefined ? undefined : { ...computeGain(one, many), of: many.case };
}

function costOfBeams(results: Results): Figure | undefined {
  const rows = results('generation')?.rows ?? [];
  const figures = [1, 16].flatMap((sources): Figure[] => {
    const [greedy, beam] = [1, 4].map((beams) => findRow(rows, caseOfBeams(sources, beams), 'ours'));
    return greedy === undefined || beam === undefined ? [] : [{ ...computeCost(greedy, beam), of: beam.case }];
  });
  return worstOf(figures, 'at most');
}

function starting(name: Start, asked: number): Goal {
  const { title } = STARTS[name];
  const measure = (results: Results): Figure | undefined => {
    const row = findRow(results('start')?.rows ?? [], title, 'ours');
    return row === undefined ? undefined : { ...computeSpread(row.rounds), of: title };
  };
  return { claim: title, is: 'at most', asked, unit: 'ms', measure };
}

function emptyProcess(results: Results): Limit | undefined {
  const empty = findRow(results('start')?.rows ?? [], STARTS.empty.title, 'ours');
  return empty === undefined ? undefined : { value: computeMedian(empty.rounds), by: STARTS.empty.title };
}
