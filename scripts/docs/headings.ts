/**
 * The places of a document in Markdown that a link can lead to.
 *
 * @module
 */

/**
 * The fragment by which a heading is found, before a number tells it from an equal one: letters, marks, digits, connectors and hyphens
 * in lower case, a hyphen for each space. Source: github.com/gjtorikian/html-pipeline, table_of_contents_filter.rb (`\p{Word}`).
 *
 * @param heading - its text, without what marks it as code or as emphasis.
 */
export function fragmentOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/** Headings and `<a id>` of a document. Of equal headings the second has `-1` behind it, and so on. */
export function placesOf(markdown: string): Set<string> {
  const text = markdown.replaceAll(/^(```|~~~)[^]*?^\1/gm, '');
  const places = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  const seen = new Map<string, number>();
  for (const [, heading] of text.matchAll(/^#{1,6} +(.*?)(?: +#+)? *$/gm)) {
    const shown = heading.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');
    const fragment = fragmentOf(shown);
    const before = seen.get(fragment) ?? 0;
    seen.set(fragment, before + 1);
    places.add(before === 0 ? fragment : `${fragment}-${before}`);
  }
  return places;
}
