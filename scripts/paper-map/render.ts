/**
 * Writes the map as a page.
 *
 * @module
 */
import { fragmentOf } from '../docs/headings.ts';
import type { Entry } from './map.ts';
import type { Tagged } from './tags.ts';

/** What the page says of a law. */
export interface LawFacts {
  /** Relative to the repository's root; undefined if no file of a law holds it. */
  readonly file: string | undefined;
  readonly kind: string;
  readonly claim: string;
  /** How many golden cases it has. */
  readonly vectors: number;
  /** The mutants that must be caught by it, with the files that hold them. */
  readonly mutants: readonly { readonly name: string; readonly file: string | undefined }[];
}

/** docs/paper-map.md: a table of counts, then a section for each anchor. */
export function renderMap(entries: readonly Entry[], factsOf: (law: string) => LawFacts): string {
  const titles = new Map(entries.map(({ anchor, title }) => [anchor, title]));
  const overview = (rulings: boolean): string =>
    entries
      .filter(({ anchor }) => anchor.startsWith('amb-') === rulings)
      .map((entry) => overviewRow(entry, factsOf))
      .join('\n');
  const head = '| anchor | what | code | laws | specs | vectors | mutants |\n|---|---|--:|--:|--:|--:|--:|';
  return `# The paper, anchor by anchor

Made from the tags in the code, the laws, the vectors and [rulings.md](rulings.md) by \`npm run generate\`; do not edit it. A hole (an
equation without code or law, a law without a vector or a mutant, a ruling without a section) fails \`npm run check\`. Anchors are never
renamed: cite \`docs/paper-map.md#eq-7\`, \`docs/rulings.md#amb-3\`. Vectors are counted for float32 ([their format](conformance/vectors.md));
mutants are wrong implementations, each of which a law has to catch ([who fails which vectors](conformance/mutants-on-vectors.md)).

**[The paper on one page](../src/paper.ts)** states every equation and both algorithms, in the paper's order and in under ten minutes. The
rest of the code does the same faster, and is held to it bit for bit.

## The paper

${head}
${overview(false)}

## Rulings, where the paper is silent

${head}
${overview(true)}

## In full

**restored**: the paper says so; **decided**: we do.

${entries.map((entry) => section(entry, factsOf, titles)).join('\n\n')}
`;
}

function overviewRow({ anchor, title, code, laws, specs }: Entry, factsOf: (law: string) => LawFacts): string {
  const facts = laws.map(factsOf);
  const vectors = facts.reduce((sum, law) => sum + law.vectors, 0);
  const mutants = new Set(facts.flatMap((law) => law.mutants.map(({ name }) => name))).size;
  const counts = [code.length, laws.length, specs.length, vectors, mutants].map((count) => (count === 0 ? '–' : count));
  return `| [${anchor}](#${anchor}) | ${title} | ${counts.join(' | ')} |`;
}

function section(
  { anchor, title, code, laws, specs, rulings }: Entry,
  factsOf: (law: string) => LawFacts,
  titles: ReadonlyMap<string, string>,
): string {
  const isRuling = anchor.startsWith('amb-');
  const parts = [
    `<a id="${anchor}"></a>\n\n### ${anchor}: ${title}`,
    ...(isRuling ? [`The ruling: ${rulingLink(anchor, title)}.`] : []),
    `Code: ${code.map(codeLink).join(', ')}.`,
    ...(laws.length === 0 ? [] : [lawTable(laws, factsOf)]),
    ...(specs.length === 0
      ? []
      : [`Specs: ${specs.map((path) => link(path.replace(/^test\//, ''), path)).join(', ')}.`]),
    ...(rulings.length === 0
      ? []
      : [`Rulings: ${rulings.map((id) => rulingLink(id, titles.get(id) ?? '')).join(', ')}.`]),
  ];
  return parts.join('\n\n');
}

function lawTable(laws: readonly string[], factsOf: (law: string) => LawFacts): string {
  const rows = laws.map((id) => {
    const { file, kind, claim, vectors, mutants } = factsOf(id);
    const name = file === undefined ? `\`${id}\`` : link(`\`${id}\``, file);
    const caught = mutants.map((mutant) => (mutant.file === undefined ? mutant.name : link(mutant.name, mutant.file)));
    return `| ${name} | ${kind} | ${escapeCell(claim)} | ${vectors} | ${folded(caught)} |`;
  });
  return ['| law | kind | claim | vectors | mutants |', '|---|---|---|--:|---|', ...rows].join('\n');
}

/** A list in a cell; a long one shows its length until it is opened. */
function folded(items: readonly string[]): string {
  const all = items.join('<br>');
  return items.length <= 2 ? all : `<details><summary>${items.length}</summary>${all}</details>`;
}

function codeLink({ file, symbol, origin }: Tagged): string {
  return `${link(`\`${symbol ?? file.replace(/^src\//, '')}\``, file)}${origin === null ? '' : ` (${origin})`}`;
}

function link(text: string, path: string): string {
  return `[${escapeCell(text)}](../${path})`;
}

/** A bar would end the cell. */
export function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** A link to a ruling's heading; forges and TypeDoc derive the heading's anchor alike. */
export function rulingLink(id: string, title: string): string {
  return `[${id}](rulings.md#${fragmentOf(`${id} ${title}`)})`;
}
