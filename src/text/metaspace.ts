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

/**
 * Cuts a normalised text into the words that no piece crosses.
 *
 * @param isFirst - whether nothing stands before the text, as an added token may.
 */
export type SplitWords = (text: string, isFirst: boolean) => string[];

/** Where ▁ is put before a text that does not begin with it: before every one, or before one that is first. */
type Scheme = 'always' | 'first';

/**
 * Reads a pre-tokenizer: Metaspace, WhitespaceSplit, or a Sequence of them.
 *
 * @param where - the field's name, for errors.
 * @param schemes - which `prepend_scheme` it may have: behind another splitter `first` is not known here. (The Rust library
 * puts no ▁ before a first text whose beginning a normalizer has taken off, an accident of its offsets.)
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
    const always = requireMetaspace(fields, where, schemes) === 'always';
    const split = truthOf(fields['split'] ?? true, `${where}.split`) ? splitMarked : wordsOf;
    return (text, isFirst) => split(mark(text, always || isFirst));
  }
  if (type !== 'Sequence') throw wrong(`${where}.type`, '"Metaspace", "WhitespaceSplit" or "Sequence"', type);
  const name = `${where}.pretokenizers`;
  const steps = list(fields['pretokenizers'], name).map((step, i) => readSplitter(step, `${name}[${i}]`, ['always']));
  return (text, isFirst) =>
    steps.reduce((words, split) => words.flatMap((word) => split(word, isFirst)), wordsOf(text));
}

/**
 * Refuses a Metaspace, pre-tokenizer or decoder, that has another sign than ▁ or puts none before a text.
 *
 * @returns its `prepend_scheme`.
 * @throws {@link InvalidInput} naming the field.
 */
export function requireMetaspace(
  fields: Fields,
  where: string,
  schemes: readonly Scheme[] = ['always', 'first'],
): Scheme {
  requireValue(fields['type'], 'Metaspace', `${where}.type`);
  requireValue(fields['replacement'], METASPACE, `${where}.replacement`);
  requireValue(fields['str_rep'] ?? METASPACE, METASPACE, `${where}.str_rep`);
  requireValue(fields['add_prefix_space'] ?? true, true, `${where}.add_prefix_space`);
  const given = textOf(fields['prepend_scheme'] ?? 'always', `${where}.prepend_scheme`);
  const scheme = schemes.find((known) => known === given);
  if (scheme === undefined)
    throw wrong(`${where}.prepend_scheme`, schemes.map((known) => `"${known}"`).join(' or '), given);
  return scheme;
}

/**
 * The text of some pieces: spaces for ▁, without those of the first piece, with which every text begins.
 *
 * @example
 * ```ts
 * joinPieces(['▁a', '▁cat', 's']); // 'a cats'
 * ```
 */
export function joinPieces(pieces: readonly string[]): string {
  return pieces.map((piece, i) => piece.replaceAll(METASPACE, i === 0 ? '' : ' ')).join('');
}

function mark(text: string, before: boolean): string {
  const marked = text.replaceAll(' ', METASPACE);
  return marked === '' || marked.startsWith(METASPACE) || !before ? marked : `${METASPACE}${marked}`;
}

/** Each ▁ begins a word. */
function splitMarked(marked: string): string[] {
  return marked.match(/▁[^▁]*|^[^▁]+/g) ?? [];
}

function wordsOf(text: string): string[] {
  return text === '' ? [] : [text];
}
