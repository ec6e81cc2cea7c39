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
  /** Whether the paper says so or this project; null where the docstring does not say. */
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

/** Every tagged docstring of a file's text. */
export function findTags(file: string, text: string): readonly Tagged[] {
  const found: Tagged[] = [];
  for (const match of text.matchAll(/\/\*\*(?:(?!\*\/)[^])*\*\//g)) {
    const [docstring] = match;
    const anchors = anchorsOf(docstring);
    if (anchors.length === 0) continue;
    const after = text.slice(match.index + docstring.length);
    found.push({
      file,
      line: text.slice(0, match.index + docstring.length).split('\n').length + 1,
      symbol: docstring.includes('@module') ? null : (NAMED.exec(after)?.[1] ?? null),
      anchors,
      origin: docstring.includes('@restored') ? 'restored' : docstring.includes('@decided') ? 'decided' : null,
    });
  }
  return found;
}
