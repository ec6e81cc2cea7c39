/**
 * The rules of the house, each a function from source files to the places that break it: `file: expected X, got Y`.
 *
 * @module
 */
import { mayImportPackages, roomOf } from './layers.ts';
import { findComparedTexts, findExports, findImports } from './sources.ts';
import type { Import, Source } from './sources.ts';

/** Lines that a file of src, spec or cli may have: none needs to be near it. */
export const MOST_LINES = 400;

/** Checks of input are named so: they may cite a ruling, but need not. */
const CHECK = /^check[A-Z]/;

/** What else src/dst exports without standing for a place in the paper, and why (decision 0050). */
export const PLUMBING: ReadonlyMap<string, string> = new Map([
  ['src/dst/anchors.ts: ANCHORS', 'the list of all places'],
  ['src/dst/memory.ts: createLayout', 'where vectors lie in memory'],
  ['src/dst/memory.ts: indexInParameters', 'where vectors lie in memory'],
  ['src/dst/parameters.ts: wholeVector', 'a vector as a tensor'],
  ['src/dst/parameters.ts: describeElement', 'words for a message'],
  ['src/dst/problem.ts: defaultKernels', 'which kernels run it'],
  ['src/dst/trace.ts: toJsonNumber', 'words for a file'],
]);

const ANCHOR_TAG = /@(equation|algorithm|table|appendix|ruling) \S+/;
const ORIGIN_TAG = /@(restored|decided)\b/;

/** Every import, of a value or of a type, goes to a room that the importing room may see. */
export function findForbiddenImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const room = roomOf(source.path);
    if (room === undefined) return [`${source.path}: expected to lie in a room of layers.ts, got none`];
    return findImports(source).flatMap(({ target, isFile, isTypeOnly }) => {
      if (!isFile) {
        if (target.startsWith('node:') || mayImportPackages(room)) return [];
        return [`${source.path}: expected no package in ${room.name}, got ${target}`];
      }
      const other = roomOf(target);
      if (other === undefined || other === room || room.sees.includes(other.name)) return [];
      if (room.seesTypesOf?.includes(target) && isTypeOnly) return [];
      const allowed = [...room.sees, ...(room.seesTypesOf ?? []).map((path) => `the types of ${path}`)];
      const what = isTypeOnly ? 'types' : 'values';
      return [
        `${source.path}: expected ${room.name} to see ${allowed.join(', ') || 'nothing'}, got ${what} of ${target}`,
      ];
    });
  });
}

/** No file leads back to itself through imports, those of types included. */
export function findCycles(sources: readonly Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.path, filesOf(findImports(source))]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`${path}: expected no cycle, got ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}

function filesOf(imports: readonly Import[]): string[] {
  return imports.filter(({ isFile }) => isFile).map(({ target }) => target);
}

/** No file too long to be read at one sitting. */
export function findLongFiles(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > MOST_LINES ? [`${path}: expected at most ${MOST_LINES} lines, got ${lines}`] : [];
  });
}

/** No drawer for everything. */
export function findDrawers(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path }) =>
    /(^|\/)(utils?|helpers?|misc|common)\.ts$/.test(path)
      ? [`${path}: expected a file named after what it holds, got a drawer`]
      : [],
  );
}

/** The package's entries, their values behind checks, and that of the wasm module, which AssemblyScript builds from it. */
const BARRELS =
  /^src\/(index|checked|entries\/\w+|checked\/entries\/\w+)\.ts$|^spec\/(index|checked)\.ts$|^wasm-simd\/assembly\/index\.ts$/;

/** Only the entries pass on what others export. */
export function findBarrels(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    !BARRELS.test(source.path) && findExports(source).some(({ isForwarded }) => isForwarded)
      ? [`${source.path}: expected its own exports, got those of others (only the package's entries are barrels)`]
      : [],
  );
}

/** Every function and constant that src/dst exports says where in the paper it stands, and whose word it is. */
export function findUntagged(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/dst/'))
    .flatMap((source) =>
      findExports(source).flatMap(({ name, isType, docstring }) => {
        if (isType) return [];
        const where = `${source.path}: ${name}`;
        if (CHECK.test(name) || PLUMBING.has(where)) return [];
        if (!ANCHOR_TAG.test(docstring))
          return [`${where}: expected @equation, @algorithm, @table, … in its docstring`];
        return ORIGIN_TAG.test(docstring) ? [] : [`${where}: expected @restored or @decided in its docstring`];
      }),
    );
}

/** The anchors that the docstrings of src cite, as in `eq-7`. */
export function findCitedAnchors(sources: readonly Source[]): Set<string> {
  const prefixes = new Map([
    ['equation', 'eq-'],
    ['algorithm', 'alg-'],
    ['table', 'tab-'],
    ['appendix', 'app-'],
    ['ruling', ''],
  ]);
  const cited = sources
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ text }) => [...text.matchAll(/@(equation|algorithm|table|appendix|ruling) (\S+)/g)])
    .map(([, tag, what]) => `${prefixes.get(tag) ?? ''}${what.toLowerCase()}`);
  return new Set(cited);
}

/** Where methods may be told apart by their names: the table. */
const METHOD_TABLE = 'src/train/methods.ts';

/** Of other lists that share a word with the methods: how a second moment is kept, when a mask is chosen. */
const OTHER_LISTS: readonly string[] = ['kind', 'mask'];

/**
 * Outside the table, nothing compares with a method's name or label: `=== 'full'`, `case 'DST':`, `['dst'].includes(…)`. What
 * depends on the method is a property of its row.
 *
 * @param words - the names and the labels of all methods.
 */
export function findMethodComparisons(sources: readonly Source[], words: readonly string[]): string[] {
  return sources
    .filter(({ path }) => path !== METHOD_TABLE)
    .flatMap((source) =>
      findComparedTexts(source)
        .filter(({ text, with: other }) => words.includes(text) && !OTHER_LISTS.includes(other))
        .map(({ text, line }) => `${source.path}:${line}: expected a property of the method's row, got '${text}'`),
    );
}
