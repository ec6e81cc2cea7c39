/**
 * Groups of texts that say nearly the same: they have to stay on one side of a split (decision 0041).
 *
 * Two texts are near-duplicates if the sets of their words have a Jaccard index of 0.8 or more, after names and numbers
 * are left out ("a town in northern Ohio", "a town in northern Utah"); a cluster is a connected component of that.
 * Pairs are found by prefix filtering (Bayardo, Ma, Srikant 2007, "Scaling up all pairs similarity search"): sets that
 * similar must share one of their rarest words.
 *
 * @module
 */
import { createSets, join, rootsOf } from './disjointSets.ts';

/**
 * The words that count: without punctuation, without numbers and names (words with a capital letter).
 * A text of nothing else keeps them.
 *
 * @example
 * ```ts
 * contentWords('United States writer (1835-1910)'); // ['writer']
 * ```
 */
export function contentWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const content = words.filter((word) => !/[\p{Lu}\p{N}]/u.test(word));
  return content.length > 0 ? content : words.map((word) => word.toLowerCase());
}

/**
 * The cluster of each text, named by the index of the cluster's first text.
 *
 * @returns one index per text: `clusters[i] ≤ i`, and `clusters[clusters[i]] = clusters[i]`.
 */
export function clusterNearDuplicates(texts: readonly string[]): Int32Array {
  const sets = wordSets(texts);
  const sizeOf = (i: number): number => sets.starts[i + 1] - sets.starts[i];
  const parent = createSets(texts.length);
  const byRareWord: number[][] = [];
  for (const i of parent.slice().sort((a, b) => sizeOf(a) - sizeOf(b) || a - b)) {
    const size = sizeOf(i);
    // a partner shares at least ⌈0.8 size⌉ words, so it has one of these
    const prefix = size - Math.ceil((4 * size) / 5) + 1;
    for (let k = 0; k < prefix && k < size; k++) {
      const others = (byRareWord[sets.words[sets.starts[i] + k]] ??= []);
      for (const j of others) {
        if (parent[i] !== parent[j] && areNearDuplicates(sets, i, j)) join(parent, i, j);
      }
      others.push(i);
    }
  }
  return rootsOf(parent);
}

/** Sets of numbers in one array: set i is words[starts[i]] … words[starts[i + 1] − 1], ascending. */
interface WordSets {
  readonly words: Int32Array;
  readonly starts: Int32Array;
}

/** Each text's words as ascending numbers, the rarest word first. */
function wordSets(texts: readonly string[]): WordSets {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const frequency: number[] = [];
  const flat: number[] = [];
  const starts = new Int32Array(texts.length + 1);
  for (const [i, text] of texts.entries()) {
    for (const word of contentWords(text)) {
      let number = numbers.get(word);
      if (number === undefined) {
        number = names.push(word) - 1;
        numbers.set(word, number);
        frequency.push(0);
      }
      if (flat.includes(number, starts[i])) continue;
      flat.push(number);
      frequency[number]++;
    }
    starts[i + 1] = flat.length;
  }
  const byRarity = names.map((_, i) => i).sort((i, j) => frequency[i] - frequency[j] || (names[i] < names[j] ? -1 : 1));
  const rank = new Int32Array(names.length);
  for (const [place, number] of byRarity.entries()) rank[number] = place;
  const words = Int32Array.from(flat, (number) => rank[number]);
  for (let i = 0; i < texts.length; i++) sortStretch(words, starts[i], starts[i + 1]);
  return { words, starts };
}

/** Insertion sort: a definition has ten words, and there are a hundred thousand of them. */
function sortStretch(words: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const word = words[i];
    let j = i;
    for (; j > from && words[j - 1] > word; j--) words[j] = words[j - 1];
    words[j] = word;
  }
}

/** Is |a ∩ b| / |a ∪ b| ≥ 0.8, in whole numbers: 9 |a ∩ b| ≥ 4 (|a| + |b|)? */
function areNearDuplicates({ words, starts }: WordSets, a: number, b: number): boolean {
  const [endOfA, endOfB] = [starts[a + 1], starts[b + 1]];
  let [i, j] = [starts[a], starts[b]];
  const required = Math.ceil((4 * (endOfA - i + endOfB - j)) / 9);
  // how many words of each may be missing from the other; most pairs are refused after a few
  let spareOfA = endOfA - i - required;
  let spareOfB = endOfB - j - required;
  while (spareOfA >= 0 && spareOfB >= 0) {
    if (i === endOfA || j === endOfB) return true;
    const difference = words[i] - words[j];
    if (difference < 0) spareOfA--;
    if (difference > 0) spareOfB--;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return false;
}
