/**
 * A run against an earlier one, row by row. Two runs do not share their rounds, so what stands here is the ratio of two
 * medians with both spreads beside it; a peer's row says how much the machine itself has changed in between.
 *
 * @module
 */
import { formatTable } from '../cli/table.ts';
import { formatSpread } from './format.ts';
import type { BenchRun, Row } from './result.ts';
import { computeSpread, type Spread } from './spread.ts';

/** A row of both runs. */
export interface Pair {
  readonly key: string;
  readonly before: Spread;
  readonly now: Spread;
  /** median before / median now: above 1 is faster than before. */
  readonly ratio: number;
  /** Whether the two ranges of rounds do not even touch. */
  readonly isApart: boolean;
}

export interface Comparison {
  readonly pairs: readonly Pair[];
  /** Rows of subjects that both runs have, without a partner. */
  readonly onlyBefore: readonly string[];
  readonly onlyNow: readonly string[];
}

/** What a row is known by. */
export function keyOf(subject: string, { case: name, peer, threads }: Row): string {
  return `${subject}: ${name}: ${peer}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** Rows by key; subjects that only one of the runs measured are left out. */
export function compareRuns(before: BenchRun, now: BenchRun): Comparison {
  const named = (run: BenchRun): Set<string> => new Set(run.subjects.map(({ subject }) => subject));
  const [earlier, later] = [named(before), named(now)];
  const rowsOf = (run: BenchRun, other: Set<string>): Map<string, Row> =>
    new Map(
      run.subjects
        .filter(({ subject }) => other.has(subject))
        .flatMap(({ subject, rows }) => rows.map((row): [string, Row] => [keyOf(subject, row), row])),
    );
  const [old, fresh] = [rowsOf(before, later), rowsOf(now, earlier)];
  const pairs = [...fresh].flatMap(([key, row]) => {
    const partner = old.get(key);
    return partner === undefined ? [] : [pairOf(key, partner, row)];
  });
  return {
    pairs,
    onlyBefore: [...old.keys()].filter((key) => !fresh.has(key)),
    onlyNow: [...fresh.keys()].filter((key) => !old.has(key)),
  };
}

function pairOf(key: string, old: Row, fresh: Row): Pair {
  const [before, now] = [computeSpread(old.rounds), computeSpread(fresh.rounds)];
  const isApart = before.low > now.high || now.low > before.high;
  return { key, before, now, ratio: before.median / now.median, isApart };
}

/** In what two runs differ beside their times, in words: speeds then tell of more than the code. */
function describeOtherSetting(before: BenchRun, now: BenchRun): string {
  const names = ['machine', 'node', 'version', 'quick'] as const;
  const differences = names
    .filter((name) => before[name] !== now[name])
    .map((name) => `${name}: ${String(before[name])} then, ${String(now[name])} now`);
  return differences.length === 0 ? '' : `The runs differ in more than their times: ${differences.join('; ')}.\n`;
}

/** The comparison as text. */
export function formatComparison({ pairs, onlyBefore, onlyNow }: Comparison, earlier: BenchRun, now: BenchRun): string {
  const table = formatTable(
    [
      { heading: 'row' },
      { heading: 'before, ms', align: 'right' },
      { heading: 'now, ms', align: 'right' },
      { heading: 'speed', align: 'right' },
      { heading: '' },
    ],
    pairs.map(({ key, before, now, ratio, isApart }) => [
      key,
      formatSpread(before),
      formatSpread(now),
      `${ratio.toFixed(2)}x`,
      isApart ? '' : 'spreads overlap',
    ]),
  );
  const list = (heading: string, keys: readonly string[]): string =>
    keys.length === 0 ? '' : `\n${heading}:\n${keys.map((key) => `  ${key}\n`).join('')}`;
  return `Against the run of ${earlier.date} (${earlier.machine}):\n${describeOtherSetting(earlier, now)}\n${table}${list('only in the earlier run', onlyBefore)}${list('only in this run', onlyNow)}`;
}
