/**
 * Prose of the repository, and what is wrong with its words: terms that a reader has to guess, and sentences that are too long.
 *
 * @module
 */
import ts from 'typescript';

/** The length of a sentence that can be understood at the first reading. */
export const MOST_WORDS = 35;

/** What not to write, and what to write in its place. A pattern looks at one sentence. */
export const WORDS: readonly { readonly pattern: RegExp; readonly instead: string }[] = [
  { pattern: /\bhouses?\b/i, instead: 'the project, the repository' },
  { pattern: /\brooms?\b/i, instead: 'folder, layer, space' },
  { pattern: /\bdrawers?\b/i, instead: 'folder' },
  { pattern: /\btalk(?:s|ed|ing)?\b/i, instead: 'call, ask, say' },
  { pattern: /\bso many\b/i, instead: 'that many, the number' },
  { pattern: /\b(?:go(?:es|ing|ne)?|went) on\b/i, instead: 'continue' },
  { pattern: /\bt(?:old|ell(?:s|ing)?)\b(?: \S+){0,6}? apart\b/i, instead: 'distinguish' },
  { pattern: /\bwho(?:so)?ever\b/i, instead: 'anyone who, you' },
  { pattern: /\bfor good\b/i, instead: 'permanently' },
  { pattern: /\bow(?:e|es|ed|ing)\b/i, instead: 'must have, needs' },
  { pattern: /\bby hand\b/i, instead: 'manually, on paper' },
  { pattern: /\bheard of\b/i, instead: 'know' },
  { pattern: /\b(?:hang|hangs|hung) (?:on|from)\b/i, instead: 'depend on' },
  { pattern: /\bstretch(?:es)?\b/i, instead: 'range' },
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\bmend(?:s|ed|ing)?\b/i, instead: 'fix' },
  { pattern: /\bseldom\b/i, instead: 'rarely' },
  { pattern: /\bbroken off\b/i, instead: 'stopped' },
  { pattern: /\bone['’]s own\b/i, instead: 'your own' },
  { pattern: /\bnobody['’]s way\b/i, instead: 'does not matter' },
  { pattern: /^Where\b.*\.$/, instead: 'if, when' },
  {
    // An error is thrown "if", in a docstring as well.
    pattern: /(?:@throws \w+|\{@link \w+\}) where\b/,
    instead: 'if',
  },
  {
    pattern: /\b(?:nothing|none|undefined|null|only|even|except|also|absent|empty|error|but) where\b/i,
    instead: 'if, when',
  },
];

/** A sentence, and where it stands. */
export interface Sentence {
  readonly line: number;
  readonly text: string;
}

/** The sentences of a page in Markdown: cells of tables too, but no code and no addresses. */
export function sentencesOfPage(markdown: string): Sentence[] {
  const blank = (part: string): string => part.replaceAll(/[^\n]/g, '');
  const prose = markdown
    .replaceAll(/^( *)(```|~~~)[^]*?^\1\2/gm, blank)
    .replaceAll(/<!--[^]*?-->/g, blank)
    .replaceAll(/^ *\|[ :|-]*$/gm, '')
    .replaceAll(/^ *\|.*$/gm, (row) => row.replaceAll(/(?<!\\)\|/g, '\u2029'))
    .replaceAll(/^\[[^\]]+\]: .*$/gm, '')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<\/?[a-z][^<>]*>/g, '');
  // A heading, a list's item and an empty line end a sentence as a full stop does.
  const blocks = prose.replaceAll(/\n(?=\s*(?:[-*]|\d+\.|#+) )/g, '\n\u2029').replaceAll(/\n(?=\s*\n)/g, '\n\u2029');
  return sentences(blocks);
}

/** The sentences of a program's texts: every string and template with at least three words in it. */
export function sentencesOfStrings(path: string, source: string): Sentence[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: Sentence[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined && text.trim().split(/\s+/).length >= 3) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line;
      found.push(...sentences(text.replaceAll('\n', '\u2029')).map((sentence) => ({ ...sentence, line: line + 1 })));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The comments of a program line by line: a formatter breaks them anywhere, so that only their words are judged. */
export function linesOfComments(source: string): Sentence[] {
  return source
    .split('\n')
    .map((text, i) => ({ line: i + 1, text: text.trim() }))
    .filter(({ text }) => /^(?:\/\*\*|\*|\/\/)/.test(text));
}

/** What a literal says; a value in it is one word. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `VALUE${literal.text}`).join('');
}

/** Parts at the end of a paragraph (U+2029) and after a full stop, each with its line. */
function sentences(text: string): Sentence[] {
  const parts = text.split(/(\u2029|(?<!\b(?:Eq|Alg|Fig)\.)(?<=[.!?][)"”*_]*)\s+(?=["“(*_[`]*[A-Z0-9`ε-ωΔΣ]))/);
  let line = 1;
  return parts.flatMap((part) => {
    const begins = line + (/^\s*/.exec(part)?.[0].split('\n').length ?? 1) - 1;
    line += part.split('\n').length - 1;
    const shown = part
      .replaceAll(/\s+/g, ' ')
      .replace(/^ *(?:[-*]|\d+\.|#+) /, '')
      .trim();
    return shown === '' ? [] : [{ line: begins, text: shown }];
  });
}

/** What is wrong with sentences, one complaint each; `where` is the file. */
export function complaints(where: string, found: readonly Sentence[]): string[] {
  return found.flatMap(({ line, text }) => {
    const plain = text.replaceAll(/`[^`]*`/g, 'code');
    const words = plain.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const long =
      words > MOST_WORDS ? [`${where}:${line}: expected at most ${MOST_WORDS} words, got ${words}: ${text}`] : [];
    const wrong = WORDS.flatMap(({ pattern, instead }) => {
      const [match] = pattern.exec(plain) ?? [];
      return match === undefined ? [] : [`${where}:${line}: expected ${instead}, got "${match}": ${text}`];
    });
    return [...long, ...wrong];
  });
}
