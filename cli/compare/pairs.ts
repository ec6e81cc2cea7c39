/**
 * Two runs beside each other: whether they can be compared, by how much their metrics differ, what their subsets share.
 *
 * @module
 */
import { overlapOfSubsets } from '../../src/dst/overlap.ts';
import { SPLITS } from '../../src/data/task.ts';
import { computeDifference, type Difference } from '../../src/metrics/paired.ts';
import { openSubset } from '../../src/run/openModel.ts';
import type { FinishedRun } from './finished.ts';

/** The first run's metric minus the second's, on the same rows. */
export interface PairedDifference extends Difference {
  readonly first: string;
  readonly second: string;
}

/** Two runs that are not of the same, and in what they differ. */
export interface NotComparable {
  readonly first: string;
  readonly second: string;
  readonly differ: readonly string[];
}

/** What two subsets have in common (Eq. 9). */
export interface SharedSubset {
  readonly first: string;
  readonly second: string;
  readonly overlap: number;
}

/** Every pair. */
export interface Pairs {
  readonly differences: readonly PairedDifference[];
  readonly notComparable: readonly NotComparable[];
  readonly overlaps: readonly SharedSubset[];
}

/** Up to this number of runs each is compared with each; of more, each with the first. */
export const EACH_WITH_EACH = 6;

/**
 * Compares runs in pairs, those that are of the same seed, tokenizer and data.
 *
 * @param names - what each run is called.
 * @param tell - is told before each pair.
 */
export function comparePairs(
  runs: readonly FinishedRun[],
  names: readonly string[],
  tell: (done: number, total: number) => void = () => undefined,
): Pairs {
  const differences: PairedDifference[] = [];
  const notComparable: NotComparable[] = [];
  const overlaps: SharedSubset[] = [];
  const subsetOf = remember((run: FinishedRun) => openSubset(run.folder).artifact.subset);
  const pairs = pairsOf(runs.length);
  pairs.forEach(([i, j], done) => {
    tell(done, pairs.length);
    const [a, b] = [runs[i], runs[j]];
    const [first, second] = [names[i], names[j]];
    const differ = findDifferences(a, b);
    if (differ.length > 0) notComparable.push({ first, second, differ });
    else differences.push({ first, second, ...computeDifference(a.result.metric.metric, [a.scores], [b.scores]) });
    if (hasSubset(a) && hasSubset(b) && a.result.identity.seed === b.result.identity.seed)
      overlaps.push({ first, second, overlap: overlapOfSubsets(subsetOf(a), subsetOf(b)) });
  });
  return { differences, notComparable, overlaps };
}

function pairsOf(count: number): readonly (readonly [number, number])[] {
  const firsts = count <= EACH_WITH_EACH ? count : 1;
  return Array.from({ length: firsts }, (_, i) =>
    Array.from({ length: count - i - 1 }, (__, j) => [i, i + 1 + j] as const),
  ).flat();
}

/** In what two runs differ that have to be the same for their metrics to be compared row by row; empty if in nothing. */
function findDifferences({ result: a }: FinishedRun, { result: b }: FinishedRun): string[] {
  const [then, now] = [a.identity.data, b.identity.data];
  const otherSplits = SPLITS.filter((split) => then?.[split].sha256 !== now?.[split].sha256);
  return [
    ...(a.metric.metric === b.metric.metric ? [] : [`metric (${a.metric.metric}, ${b.metric.metric})`]),
    ...(a.split === b.split ? [] : [`measured split (${a.split}, ${b.split})`]),
    ...(otherSplits.length === 0 ? [] : [`data (${otherSplits.join(', ')})`]),
    ...(a.metric.count === b.metric.count ? [] : [`measured rows (${a.metric.count}, ${b.metric.count})`]),
    ...(a.identity.seed === b.identity.seed ? [] : ['seed']),
    ...(a.identity.tokenizer === b.identity.tokenizer ? [] : ['tokenizer']),
  ];
}

function hasSubset({ result }: FinishedRun): boolean {
  return result.epsilon !== null;
}

function remember<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}
