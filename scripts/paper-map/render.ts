/**
 * Writes the map as a page.
 *
 * @module
 */
import type { Entry } from './map.ts';
import type { Tagged } from './tags.ts';

/** What the page says of a law. */
export interface LawFacts {
  /** Relative to the repository's root; undefined where no file of a law holds it. */
  readonly file: string | undefined;
  /** How many mutants must be caught by it. */
  readonly mutants: number;
}

/** docs/paper-map.md. */
export function renderMap(entries: readonly Entry[], factsOf: (law: string) => LawFacts): string {
  const paper = entries.filter(({ anchor }) => !anchor.startsWith('amb-'));
  const rulings = entries.filter(({ anchor }) => anchor.startsWith('amb-'));
  const titles = new Map(entries.map(({ anchor, title }) => [anchor, title]));
  const ruling = (id: string): string => rulingLink(id, titles.get(id) ?? '');
  const law = (id: string): string => {
    const { file, mutants } = factsOf(id);
    return `${file === undefined ? `\`${id}\`` : `[\`${id}\`](../${file})`} (${mutants})`;
  };
  const tests = ({ laws, specs }: Entry): string =>
    [...laws.map(law), ...specs.map((path) => `[${path.replace(/^spec\//, '')}](../${path})`)].join('<br>');
  return `# The paper, anchor by anchor

Made from the tags in the code, the laws and [rulings.md](rulings.md) by \`npm run paper-map\`; do not edit it. A hole (an equation
without code or law, a ruling without a section) fails \`npm run check\`. Anchors are never renamed.
The number behind a law counts the mutants, wrong implementations in \`spec/mutants\`, that it has to catch.
**r**: restored, the paper says so; **d**: decided, we do.

## The paper

| anchor | what | code | laws and specs | rulings |
|---|---|---|---|---|
${paper.map((entry) => `| <a id="${entry.anchor}"></a>${entry.anchor} | ${entry.title} | ${entry.code.map(code).join('<br>')} | ${tests(entry)} | ${entry.rulings.map(ruling).join(', ')} |`).join('\n')}

## Rulings, where the paper is silent

| anchor | question | code | told apart by |
|---|---|---|---|
${rulings.map((entry) => `| ${ruling(entry.anchor)} | ${entry.title} | ${entry.code.map(code).join('<br>')} | ${tests(entry)} |`).join('\n')}
`;
}

function code({ file, symbol, origin }: Tagged): string {
  const name = symbol ?? file.replace(/^src\//, '');
  return `[\`${name}\`](../${file}) ${origin === null ? '' : `**${origin[0]}**`}`.trim();
}

/** A link to a ruling's heading; forges and TypeDoc derive the heading's anchor alike: letters, digits and hyphens. */
export function rulingLink(id: string, title: string): string {
  const slug = `${id} ${title}`
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
  return `[${id}](rulings.md#${slug})`;
}
