/**
 * What a labelled task is: texts with their labels, in three parts that share nothing.
 *
 * @module
 */

/** One labelled text. The label is a word or words that a model answers with. */
export interface Example {
  readonly text: string;
  readonly label: string;
}

/** A task: train to learn from, development to choose rates by, test to report once. */
export interface TaskData {
  readonly name: string;
  /** Every label of the three parts, in a fixed order. */
  readonly labels: readonly string[];
  readonly train: readonly Example[];
  readonly development: readonly Example[];
  readonly test: readonly Example[];
}

/** How often each label occurs, the most frequent first, ties by name. Its first key is the baseline's answer. */
export function countLabels(examples: Iterable<Example>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
