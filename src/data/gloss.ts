/**
 * A WordNet gloss taken apart: the definition, and the quoted examples after it.
 *
 * @module
 */

/** A gloss as definition and examples. */
export interface GlossText {
  readonly definition: string;
  readonly examples: readonly string[];
}

/**
 * Separates a gloss at the semicolons that stand outside quotation marks and brackets. A segment that opens with a
 * quotation mark is an example (an author named after it is dropped); a quotation inside a segment belongs to the
 * definition, unless a colon introduces it and it ends the segment.
 *
 * @example
 * ```ts
 * parseGloss('a small dog; "the puppy barked"').examples; // ['the puppy barked']
 * ```
 */
export function parseGloss(gloss: string): GlossText {
  if (!gloss.includes('"')) return { definition: gloss.trim(), examples: [] };
  const definition: string[] = [];
  const examples: string[] = [];
  for (const segment of segmentsOf(gloss)) {
    const introduced = /^([^"]*): ("[^"]*")$/.exec(segment);
    const [before, quoted] = introduced === null ? [segment, ''] : [introduced[1], introduced[2]];
    if (before.startsWith('"')) examples.push(...quotationsIn(before));
    else if (before !== '') definition.push(before);
    examples.push(...quotationsIn(quoted));
  }
  return { definition: definition.join('; '), examples };
}

function quotationsIn(text: string): string[] {
  return [...text.matchAll(/"([^"]+)"/g)].map((match) => match[1].trim()).filter((quotation) => quotation !== '');
}

function segmentsOf(gloss: string): string[] {
  const segments: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < gloss.length; i++) {
    const character = gloss[i];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === ';' && depth === 0) {
      segments.push(gloss.slice(start, i).trim());
      start = i + 1;
    }
  }
  segments.push(gloss.slice(start).trim());
  return segments;
}
