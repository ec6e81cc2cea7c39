/**
 * Reads docs/rulings.md: the question, the default, the options and the tests of each ruling.
 *
 * @module
 */

/** A section of the page. The last four are its list, each on one line; empty if it lacks one. */
export interface Ruling {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly default: string;
  /** What else can be chosen, or `none`. */
  readonly option: string;
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
      const tests = item(section, 'Tested by');
      return {
        id: id ?? '',
        title: title ?? '',
        question: item(section, 'Question'),
        default: item(section, 'Default'),
        option: item(section, 'Option'),
        laws: [...tests.matchAll(/`([\w.-]+\/[\w-]+)`/g)].map(([, law]) => law),
        specs: [...new Set([...tests.matchAll(/\b(?:test|spec)\/[\w./-]+\.ts\b/g)].map(([path]) => path))],
      };
    });
}

/** An item of a section's list, its indented lines joined. */
function item(section: string, name: string): string {
  const [, found] = new RegExp(`^- \\*\\*${name}:\\*\\* (.*(?:\\n {2}.*)*)`, 'm').exec(section) ?? [];
  return (found ?? '').replaceAll(/\s+/g, ' ').trim();
}
