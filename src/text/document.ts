/**
 * How texts become sequences of tokens: `text <sep> answer <eos>` (decision 0043).
 * Every part is encoded behind the tokenizer's prefix, so that a first word has the same token as inside a sentence.
 *
 * @module
 */
import { SEP } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { trimSpaces } from './whiteSpace.ts';

/** Tokens to learn from; the loss counts from the prediction of `tokens[lossFrom]` on. */
export interface Sequence {
  readonly tokens: Int32Array;
  readonly lossFrom: number;
}

/** The tokens of a text, without what stands around it. */
export function encodePart(tokenizer: Tokenizer, text: string): Int32Array {
  return tokenizer.encode(`${tokenizer.prefix}${text}`);
}

/** Parts with `<sep>` between them, and `<eos>`. */
export function encodeDocument(tokenizer: Tokenizer, parts: readonly string[]): Int32Array {
  return closeParts(
    parts.map((part) => encodePart(tokenizer, part)),
    tokenizer.end,
  );
}

/** A text and the token that ends it: a side of a sequence pair. */
export function endText(tokenizer: Tokenizer, text: string): Int32Array {
  return closeParts([encodePart(tokenizer, text)], tokenizer.end);
}

/** What a model continues with an answer: the text and `<sep>`. */
export function encodePrompt(tokenizer: Tokenizer, text: string): Int32Array {
  return closeParts([encodePart(tokenizer, text)], SEP);
}

/** A labelled text; the loss counts the label and `<eos>` only. */
export function encodeExample(tokenizer: Tokenizer, text: string, label: string): Sequence {
  const parts = [encodePart(tokenizer, text), encodePart(tokenizer, label)];
  return { tokens: closeParts(parts, tokenizer.end), lossFrom: parts[0].length + 1 };
}

/** The text of an answer: what comes before the end, without the space that it begins with. */
export function decodeAnswer(tokenizer: Tokenizer, generated: ArrayLike<number>): string {
  const ids = Array.from(generated);
  const end = ids.indexOf(tokenizer.end);
  return trimSpaces(tokenizer.decode(end < 0 ? ids : ids.slice(0, end)));
}

function closeParts(parts: readonly Int32Array[], end: number): Int32Array {
  const tokens = new Int32Array(parts.reduce((sum, part) => sum + part.length + 1, 0));
  let at = 0;
  for (const [i, part] of parts.entries()) {
    tokens.set(part, at);
    at += part.length;
    tokens[at++] = i + 1 < parts.length ? SEP : end;
  }
  return tokens;
}
