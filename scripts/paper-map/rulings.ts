/**
 * Reads docs/rulings.md: what tells each ruling apart from its alternatives.
 *
 * @module
 */

/** A section of the page. */
export interface Ruling {
  readonly id: string;
  readonly title: string;
  /** Ids of laws, as in `eq7/ties-are-decided-exactly`. */
  readonly laws: readonly string[];
  /** Paths of specs. */
  readonly specs: readonly string[];
}

/** All sections, in order. */
export function readRulings(text: string): readonly Ruling[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [, id, title] = /^(\S+): (.*)$/m.exec(section) ?? [];
      const apart = section.slice(Math.max(0, section.indexOf('**Told apart by**')));
      return {
        id: id ?? '',
        title: title ?? '',
        laws: [...apart.matchAll(/`([\w.-]+\/[\w-]+)`/g)].map(([, law]) => law),
        specs: [...new Set([...apart.matchAll(/\b(?:test|spec)\/[\w./-]+\.ts\b/g)].map(([path]) => path))],
      };
    });
}
