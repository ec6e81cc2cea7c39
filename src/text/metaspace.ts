/**
 * Words as SentencePiece has them: ▁ stands for a space, and a word begins with it. The pre-tokenizers of T5's
 * tokenizer.json.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { list, record, requireValue, textOf, truthOf, type Fields } from './json.ts';

/** What stands for a space: U+2581. */
export const METASPACE = '▁';

/** Cuts a normalised text into the words that no piece crosses. */
export type SplitWords = (text: string) => string[];

/** Where ▁ is put before a text that does not begin with it. */
type Scheme = 'always' | 'first';

/**
 * Reads a pre-tokenizer: Metaspace, WhitespaceSplit, or a Sequence of them.
 *
 * @param where - the field's name, for errors.
 * @param schemes - which `prepend_scheme` it may have. For a whole text `first` is `always` (the Rust library puts no ▁
 * where a normalizer has taken off the text's beginning, an accident of its offsets); behind another it is not.
 * @throws {@link InvalidInput} naming the field that is damaged or means something else.
 */
export function readSplitter(
  value: unknown,
  where: string,
  schemes: readonly Scheme[] = ['always', 'first'],
): SplitWords {
  const fields = record(value, where);
  const type = textOf(fields['type'], `${where}.type`);
  if (type === 'WhitespaceSplit') return (text) => text.match(/\P{White_Space}+/gu) ?? [];
  if (type === 'Metaspace') {
    requireMetaspace(fields, where, schemes);
    return truthOf(fields['split'] ?? true, `${where}.split`) ? splitMarked : (text) => wordsOf(mark(text));
  }
  if (type !== 'Sequence') throw wrong(`${where}.type`, '"Metaspace", "WhitespaceSplit" or "Sequence"', type);
  const name = `${where}.pretokenizers`;
  const steps = list(fields['pretokenizers'], name).map((step, i) => readSplitter(step, `${name}[${i}]`, ['always']));
  return (text) => steps.reduce((words, split) => words.flatMap(split), wordsOf(text));
}

/**
 * Refuses a Metaspace, pre-tokenizer or decoder, that has another sign than ▁ or puts none before a text.
 *
 * @throws {@link InvalidInput} naming the field.
 */
export function requireMetaspace(
  fields: Fields,
  where: string,
  schemes: readonly Scheme[] = ['always', 'first'],
): void {
  requireValue(fields['type'], 'Metaspace', `${where}.type`);
  requireValue(fields['replacement'], METASPACE, `${where}.replacement`);
  requireValue(fields['str_rep'] ?? METASPACE, METASPACE, `${where}.str_rep`);
  requireValue(fields['add_prefix_space'] ?? true, true, `${where}.add_prefix_space`);
  const scheme = textOf(fields['prepend_scheme'] ?? 'always', `${where}.prepend_scheme`);
  if (!schemes.some((known) => known === scheme))
    throw wrong(`${where}.prepend_scheme`, schemes.map((known) => `"${known}"`).join(' or '), scheme);
}

/**
 * The text of some pieces: spaces for ▁, without the one that every text begins with.
 *
 * @example
 * ```ts
 * joinPieces(['▁a', '▁cat', 's']); // 'a cats'
 * ```
 */
export function joinPieces(pieces: readonly string[]): string {
  return pieces.join('').replaceAll(METASPACE, ' ').replace(/^ /, '');
}

function mark(text: string): string {
  const marked = text.replaceAll(' ', METASPACE);
  return marked === '' || marked.startsWith(METASPACE) ? marked : `${METASPACE}${marked}`;
}

/** Each ▁ begins a word. */
function splitMarked(text: string): string[] {
  return mark(text).match(/▁[^▁]*/g) ?? [];
}

function wordsOf(text: string): string[] {
  return text === '' ? [] : [text];
}
