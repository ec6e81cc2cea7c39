/**
 * Joins anchors, code, laws, mutants and rulings, and finds what is missing.
 *
 * @module
 */
import type { Ruling } from './rulings.ts';
import type { Tagged } from './tags.ts';

/** What is joined. */
export interface Sources {
  /** Anchor → title. */
  readonly anchors: Readonly<Record<string, string>>;
  readonly tags: readonly Tagged[];
  readonly laws: readonly { readonly id: string; readonly equation: string }[];
  /** Wrong implementations with the laws that must catch them. */
  readonly mutants: readonly { readonly name: string; readonly caughtBy: readonly string[] }[];
  /** Law → how many golden cases it has. */
  readonly vectors: ReadonlyMap<string, number>;
  readonly rulings: readonly Ruling[];
  /** Whether a path exists in the repository. */
  readonly exists: (path: string) => boolean;
}

/** A place of the paper or a ruling, with everything that stands for it. */
export interface Entry {
  readonly anchor: string;
  readonly title: string;
  readonly code: readonly Tagged[];
  /** Ids of laws. */
  readonly laws: readonly string[];
  /** Specs that are no laws. */
  readonly specs: readonly string[];
  /** Rulings that the same code cites. */
  readonly rulings: readonly string[];
}

/** One entry for each anchor, in the order of the registry. */
export function joinSources({ anchors, tags, laws, rulings }: Sources): readonly Entry[] {
  return Object.entries(anchors).map(([anchor, title]) => {
    const code = tags.filter((tag) => tag.anchors.includes(anchor));
    const own = rulings.find(({ id }) => id === anchor);
    const cited = isRuling(anchor) ? [] : unique(code.flatMap((tag) => tag.anchors.filter(isRuling)));
    const direct = laws.filter(({ equation }) => equation === anchor).map(({ id }) => id);
    // A table or an appendix without a law of its own is held by the tests of its rulings.
    const near = direct.length > 0 || isRuling(anchor) ? [] : rulings.filter(({ id }) => cited.includes(id));
    return {
      anchor,
      title,
      code,
      laws: unique([...direct, ...(own?.laws ?? []), ...near.flatMap((ruling) => ruling.laws)]),
      specs: unique([...(own?.specs ?? []), ...near.flatMap((ruling) => ruling.specs)]),
      rulings: cited,
    };
  });
}

/** Everything that is missing or points nowhere, in words; empty if the map is whole. */
export function findHoles(sources: Sources): readonly string[] {
  const known = new Set(sources.laws.map(({ id }) => id));
  const holes: string[] = [];
  for (const { anchor, code, laws, specs } of joinSources(sources)) {
    if (code.length === 0) holes.push(`${anchor}: expected code that cites it, got none`);
    if (laws.length + specs.length === 0) holes.push(`${anchor}: expected a law or a spec, got none`);
    if (/^(eq|alg)-/.test(anchor) && !sources.laws.some(({ equation }) => equation === anchor)) {
      holes.push(`${anchor}: expected a law of its own, got none`);
    }
    if (isRuling(anchor) && !sources.rulings.some(({ id }) => id === anchor)) {
      holes.push(`${anchor}: expected a section of docs/rulings.md, got none`);
    }
  }
  for (const { file, line, anchors, origin } of sources.tags) {
    const unknown = anchors.filter((anchor) => !Object.hasOwn(sources.anchors, anchor));
    if (unknown.length > 0) holes.push(`${file}:${line}: expected known anchors, got ${unknown.join(', ')}`);
    if (origin === null) holes.push(`${file}:${line}: expected @restored or @decided, got neither`);
  }
  const caught = new Set(sources.mutants.flatMap(({ caughtBy }) => caughtBy));
  for (const law of known) if (!caught.has(law)) holes.push(`${law}: expected a mutant that it catches, got none`);
  for (const law of known) {
    if (!sources.vectors.has(law)) holes.push(`${law}: expected a vector (dst vectors --out vectors), got none`);
  }
  for (const law of sources.vectors.keys()) {
    if (!known.has(law)) holes.push(`vectors: expected a law, got "${law}" (dst vectors --out vectors)`);
  }
  for (const law of caught) if (!known.has(law)) holes.push(`spec/mutants: expected a law, got "${law}"`);
  for (const { id, laws, specs } of sources.rulings) {
    for (const law of laws) if (!known.has(law)) holes.push(`docs/rulings.md ${id}: expected a law, got "${law}"`);
    for (const path of specs)
      if (!sources.exists(path)) holes.push(`docs/rulings.md ${id}: expected a file, got "${path}"`);
  }
  return holes;
}

function isRuling(anchor: string): boolean {
  return anchor.startsWith('amb-');
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)];
}
