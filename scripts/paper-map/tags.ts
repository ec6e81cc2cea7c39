/**
 * Reads the tags of docstrings: which code stands for which place of the paper.
 *
 * @module
 */

/** A piece of code that cites anchors. */
export interface Tagged {
  /** Relative to the repository's root. */
  readonly file: string;
  /** 1 for the first line. */
  readonly line: number;
  /** The name that the docstring is about, or null for a whole file. */
  readonly symbol: string | null;
  readonly anchors: readonly string[];
  /** Whether the paper says so or this project; null if the docstring does not say. */
  readonly origin: 'restored' | 'decided' | null;
}

const PREFIXES: Readonly<Record<string, string>> = {
  equation: 'eq-',
  algorithm: 'alg-',
  table: 'tab-',
  appendix: 'app-',
  ruling: '',
};
const NAMED =
  /^\s*(?:export\s+)?(?:async\s+)?(?:(?:function\*?|const|class|interface|type)\s+)?(?:readonly\s+)?['"]?([\w-]+)['"]?/;

/** The anchors that a docstring's tags cite, each once. */
export function anchorsOf(docstring: string): readonly string[] {
  const tags = docstring.matchAll(/@(equation|algorithm|table|appendix|ruling) (\S+)/g);
  return [...new Set([...tags].map(([, tag, what]) => `${PREFIXES[tag]}${what.toLowerCase()}`))];
}

/** The paper on one page: it says in plain words what it states, `Eq. 5 and Table 1: …`, and has no tags. */
export const PAGE = 'src/paper.ts';

const IN_WORDS: Readonly<Record<string, string>> = { 'Eq. ': 'eq-', 'Algorithm ': 'alg-', 'Table ': 'tab-' };

/** What a docstring of the page states, which it says before its first colon, and the rulings that it follows. */
export function anchorsInWords(docstring: string): readonly string[] {
  const stated = docstring.slice(0, docstring.indexOf(':')).matchAll(/(Eq\. |Algorithm |Table )(\d+)/g);
  const rulings = docstring.matchAll(/\bamb-\d+/g);
  return [...[...stated].map(([, word, number]) => `${IN_WORDS[word]}${number}`), ...[...rulings].map(([id]) => id)];
}

/** Every docstring of a file's text that cites an anchor. */
export function findTags(file: string, text: string): readonly Tagged[] {
  const found: Tagged[] = [];
  for (const match of text.matchAll(/\/\*\*(?:(?!\*\/)[^])*\*\//g)) {
    const [docstring] = match;
    const anchors = file === PAGE ? anchorsInWords(docstring) : anchorsOf(docstring);
    if (anchors.length === 0) continue;
    const after = text.slice(match.index + docstring.length);
    found.push({
      file,
      line: text.slice(0, match.index + docstring.length).split('\n').length + 1,
      symbol: docstring.includes('@module') ? null : (NAMED.exec(after)?.[1] ?? null),
      anchors,
      origin: file === PAGE ? originInWords(anchors) : originOf(docstring),
    });
  }
  return found;
}

function originOf(docstring: string): Tagged['origin'] {
  return docstring.includes('@restored') ? 'restored' : docstring.includes('@decided') ? 'decided' : null;
}

/** The page restores what the paper says; what names a ruling alone is ours. */
function originInWords(anchors: readonly string[]): Tagged['origin'] {
  return anchors.every((anchor) => anchor.startsWith('amb-')) ? 'decided' : 'restored';
}
