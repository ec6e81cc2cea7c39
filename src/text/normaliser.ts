/**
 * The normalizer of a tokenizer.json: what a text becomes before it is cut into words. Those that T5's files have.
 *
 * @module
 */
import { unknownName, wrong } from '../errors.ts';
import { list, record, requireValue, textOf, truthOf, type Fields } from './json.ts';
import { readPrecompiled, type Normalise } from './precompiled.ts';

/**
 * Reads a normalizer; null means none.
 *
 * @param where - the field's name, for errors.
 * @throws {@link InvalidInput} naming the field that is damaged, or a normalizer that is not known here.
 */
export function readNormaliser(value: unknown, where: string): Normalise {
  if (value === null || value === undefined) return (text) => text;
  const fields = record(value, where);
  const type = textOf(fields['type'], `${where}.type`);
  const read = READERS.get(type);
  if (read === undefined) throw unknownName(`${where}.type`, [...READERS.keys()], type);
  return read(fields, where);
}

const READERS: ReadonlyMap<string, (fields: Fields, where: string) => Normalise> = new Map([
  ['Precompiled', readCharsMap],
  ['Sequence', readSequence],
  ['Nmt', () => normaliseNmt],
  ['NFKC', () => (text: string) => text.normalize('NFKC')],
  ['Replace', readReplace],
  ['Strip', readStrip],
]);

function readCharsMap(fields: Fields, where: string): Normalise {
  const name = `${where}.precompiled_charsmap`;
  return readPrecompiled(textOf(fields['precompiled_charsmap'], name), name);
}

function readSequence(fields: Fields, where: string): Normalise {
  const name = `${where}.normalizers`;
  const steps = list(fields['normalizers'], name).map((step, i) => readNormaliser(step, `${name}[${i}]`));
  return (text) => steps.reduce((normalised, step) => step(normalised), text);
}

/** SentencePiece's `nmt`: control characters go, what parts words or lines, or is invisible, becomes a space. */
function normaliseNmt(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (NMT_REMOVED.some(([first, last]) => first <= code && code <= last)) return '';
    return NMT_SPACES.some(([first, last]) => first <= code && code <= last) ? ' ' : character;
  }).join('');
}

type Range = readonly [first: number, last: number];
const NMT_REMOVED: readonly Range[] = [[0x01, 0x08], [0x0b, 0x0b], [0x0e, 0x1f], [0x7f, 0x7f], [0x8f, 0x8f], [0x9f, 0x9f]]; // prettier-ignore
const NMT_SPACES: readonly Range[] = [
  [0x09, 0x0a], [0x0c, 0x0d], [0x1680, 0x1680], [0x200b, 0x200f], [0x2028, 0x2029], [0x2581, 0x2581], [0xfeff, 0xfeff],
  [0xfffd, 0xfffd],
]; // prettier-ignore

/** The one regular expression that Hugging Face's converter writes; others might mean something else in JavaScript. */
const SPACES = ' {2,}';

function readReplace(fields: Fields, where: string): Normalise {
  const content = textOf(fields['content'], `${where}.content`);
  const pattern = record(fields['pattern'], `${where}.pattern`);
  if ('Regex' in pattern) {
    requireValue(pattern['Regex'], SPACES, `${where}.pattern.Regex`);
    return (text) => text.replaceAll(/ {2,}/g, () => content);
  }
  const searched = textOf(pattern['String'], `${where}.pattern.String`);
  if (searched === '') throw wrong(`${where}.pattern.String`, 'a text that is not empty', searched);
  return (text) => text.replaceAll(searched, () => content);
}

/** White space is Unicode's White_Space, as in the Rust library. */
function readStrip(fields: Fields, where: string): Normalise {
  const left = truthOf(fields['strip_left'], `${where}.strip_left`);
  const right = truthOf(fields['strip_right'], `${where}.strip_right`);
  return (text) => {
    const begun = left ? text.replace(/^\p{White_Space}+/u, '') : text;
    // looking behind keeps it linear: a run of white space is tried from its first character only
    return right ? begun.replace(/(?<!\p{White_Space})\p{White_Space}+$/u, '') : begun;
  };
}
