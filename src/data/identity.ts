/**
 * What tells one set of rows from another: SHA-256 of each split.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { referencesOf, SPLITS, type Example, type Split, type TaskData } from './task.ts';

/** The rows of one split. */
export interface SplitIdentity {
  readonly rows: number;
  /** 64 hexadecimal digits: of the texts and all their right answers, in order. */
  readonly sha256: string;
}

/** The data of a task. Two of them are the same data if their splits are the same; where they were read says nothing. */
export interface DataIdentity extends Readonly<Record<Split, SplitIdentity>> {
  /** Of data that come with a package: its name, its version and the rule of the split; null for files. */
  readonly source: string | null;
}

/** Hexadecimal digits of a hash that a message shows. */
const SHOWN = 12;

/**
 * The identity of a task's data. It is of the rows as they were read: ends of lines, compression and the folder's name
 * change nothing.
 *
 * @example
 * ```ts
 * const rows = [{ text: 'a cat', label: 'animal' }, { text: 'a saw', label: 'tool' }];
 * const task = { name: 'toy', metric: 'accuracy', tooLong: 'refuse', labels: ['animal', 'tool'], train: rows, development: rows, test: [] } as const;
 * identifyData(task).train.rows; // 2
 * identifyData(task).train.sha256 === identifyData(task).development.sha256; // true
 * ```
 */
export function identifyData({ source, train, development, test }: TaskData): DataIdentity {
  return { source: source ?? null, train: identify(train), development: identify(development), test: identify(test) };
}

function identify(examples: readonly Example[]): SplitIdentity {
  const hash = createHash('sha256');
  for (const example of examples) hash.update(`${JSON.stringify([example.text, ...referencesOf(example)])}\n`);
  return { rows: examples.length, sha256: hash.digest('hex') };
}

/**
 * In which splits data differ, in words: `train: 48 rows (0f3a…) then, 47 rows (91bc…) now`. Empty for the same data.
 *
 * @param then - what was recorded.
 * @param now - what was read.
 */
export function describeOtherData(then: DataIdentity, now: DataIdentity): string {
  const inWords = ({ rows, sha256 }: SplitIdentity): string => `${rows} rows (${sha256.slice(0, SHOWN)})`;
  return SPLITS.filter((split) => then[split].sha256 !== now[split].sha256)
    .map((split) => `${split}: ${inWords(then[split])} then, ${inWords(now[split])} now`)
    .join('; ');
}

/** 64 hexadecimal digits for some splits together. */
export function keyOfData(data: DataIdentity, splits: readonly Split[] = SPLITS): string {
  const hash = createHash('sha256');
  for (const split of splits) hash.update(`${split} ${data[split].sha256}\n`);
  return hash.digest('hex');
}
