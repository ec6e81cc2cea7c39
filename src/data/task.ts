/**
 * What a labelled task is: texts with their labels, in three parts that share nothing.
 *
 * @module
 */

/** One labelled text. The label is what a model is trained to answer: a class, or any text if the task is open-ended. */
export interface Example {
  readonly text: string;
  readonly label: string;
  /** All answers that are right, `label` first; absent if `label` is the only one. */
  readonly references?: readonly string[];
  /**
   * Where the row comes from, for messages about it: file and line (`mytask/train.tsv:201`), or the package and what the
   * row is called in it. It is no part of the task; absent for a row that was made in memory.
   */
  readonly where?: string;
}

/** What answers are measured by: the share of right classes, corpus BLEU, or the share of right pronunciations. */
export type MetricName = 'accuracy' | 'BLEU' | 'exact match';

/** The parts of a task. */
export const SPLITS = ['train', 'development', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** A task: train to learn from, development to choose rates by, test to report once. */
export interface TaskData {
  readonly name: string;
  readonly metric: MetricName;
  /** What becomes of a training row that is longer than a model's context: an error, or left out and counted. */
  readonly tooLong: 'refuse' | 'skip';
  /**
   * Every label of the three parts, in a fixed order. Empty if the task is open-ended: its answers are texts, not
   * classes, so no list of them bounds the decoding and no class is the most frequent.
   */
  readonly labels: readonly string[];
  readonly train: readonly Example[];
  readonly development: readonly Example[];
  readonly test: readonly Example[];
  /** Of data that come with a package: its name, its version and the rule of the split. */
  readonly source?: string;
  /** What its reader is to be told, such as what was left out. */
  readonly notes?: readonly string[];
}

/**
 * What a row is called in a message: where it comes from, or its place in the list if it does not say.
 *
 * @param list - the list's name.
 * @example
 * ```ts
 * const rows = [{ text: 'a cat', label: 'animal' }, { text: 'a saw', label: 'tool', where: 'mytask/train.tsv:2' }];
 * nameOfRow(rows, 0, 'train'); // 'train[0]'
 * nameOfRow(rows, 1, 'train'); // 'mytask/train.tsv:2'
 * ```
 */
export function nameOfRow(rows: readonly Example[], index: number, list: string): string {
  return rows[index].where ?? `${list}[${index}]`;
}

/** What the first row with a label is called, train's before development's and test's. */
export function rowWithLabel({ train, development, test }: TaskData, label: string): string {
  for (const [list, rows] of Object.entries({ train, development, test })) {
    const index = rows.findIndex((row) => row.label === label);
    if (index >= 0) return nameOfRow(rows, index, list);
  }
  return 'labels';
}

/** All answers that are right for an example, the one it is trained on first. */
export function referencesOf({ label, references }: Example): readonly string[] {
  return references ?? [label];
}

/** How often each label occurs, the most frequent first, ties by name. Its first key is the baseline's answer. */
export function countLabels(examples: Iterable<Example>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
