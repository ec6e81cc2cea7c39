/**
 * Pages with a section that a program writes: it stands between `<!-- NAME -->` and `<!-- /NAME -->`.
 *
 * @module
 */

/**
 * The page with that section's text replaced, and nothing else.
 *
 * @param where - the page's name, for errors.
 */
export function fillSection(page: string, name: string, text: string, where: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0) throw new Error(`${where}: expected ${begin} and ${end}, got none`);
  if (to < from) throw new Error(`${where}: expected ${end} after ${begin}, got none`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}
