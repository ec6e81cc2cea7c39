// A plugin of TypeDoc: the paper's anchors in docstrings become links, and the search finds each (eq-6, amb-20).
import { readFileSync } from 'node:fs';
import { Converter, IndexEvent } from 'typedoc';

const PREFIXES = new Map([
  ['@equation', 'eq'],
  ['@algorithm', 'alg'],
  ['@table', 'tab'],
  ['@appendix', 'app'],
]);

/** The page that an anchor stands on. Every page that bears a docstring lies one folder below the documents' parent. */
export const pageOf = (anchor) =>
  `documents/docs_${anchor.startsWith('amb-') ? 'rulings' : 'paper-map'}.html#${anchor}`;

/** Anchors and their titles, from the table that the code keeps. */
export function readAnchors() {
  const table = readFileSync(new URL('../../src/dst/anchors.ts', import.meta.url), 'utf8');
  return [...table.matchAll(/^ {2}'([a-z]+-\w+)': '(.*)',$/gm)].map(([, anchor, title]) => ({ anchor, title }));
}

/** @param {import('typedoc').Application} app */
export function anchors(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const reflection of Object.values(context.project.reflections)) {
      // What a class has from Error is defined in no file of ours.
      if (reflection.sources)
        reflection.sources = reflection.sources.filter(({ fullFileName }) => !/node_modules/.test(fullFileName));
      for (const { tag, content } of reflection.comment?.blockTags ?? []) {
        const prefix = PREFIXES.get(tag);
        for (const part of content) {
          if (prefix === undefined && tag !== '@ruling') continue;
          part.text = part.text.replace(/\b(amb-)?(\w+)\b/, (whole, ruling, id) => {
            const anchor = ruling === undefined ? `${prefix}-${id.toLowerCase()}` : whole;
            return `[${anchor}](../${pageOf(anchor)})`;
          });
        }
      }
    }
  });

  app.renderer.on(IndexEvent.PREPARE_INDEX, (event) => {
    const { router } = app.renderer;
    const [document] = event.searchResults.filter((found) => found.isDocument());
    const table = readAnchors();
    const names = new Set(table.map(({ anchor }) => anchor));
    // The rows of the table ANCHORS have the same names, and lead to no more than the title.
    for (let i = event.searchResults.length - 1; i >= 0; i--)
      if (names.has(event.searchResults[i].name)) event.removeResult(i);
    for (const { anchor, title } of table) {
      // The search puts a name first that is what was typed, so the name is the anchor alone. What is shown beside a name is
      // its parent: the title (docs/theme/katex.css puts it behind).
      const entry = Object.create(document, {
        name: { value: anchor },
        parent: { value: { isProject: () => false, getFullName: () => title } },
        relevanceBoost: { value: 10 },
      });
      router.fullUrls.set(entry, pageOf(anchor));
      event.searchResults.push(entry);
      event.searchFields.push({ name: `${anchor} ${title}` });
    }
  });
}
