/**
 * Loads TypeScript modules of the repository once more, some of them with another text than they have on disk: what
 * imports them sees the changed ones. Only types are taken away; every turn of a loop is counted, so that one without end ends.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import { packageRoot } from '../../cli/package.ts';
import { parse } from './mutants.ts';

/** More turns than the largest request of a run takes. */
const MOST_TURNS = 3_000_000;

type Compiled = (exports: object, require: (name: string) => unknown, turn: () => void) => void;

const requireNode = createRequire(import.meta.url);
const compiledFrom = new Map<string, Compiled>();

/** Modules, and the count of their loops' turns. */
export interface Loaded {
  /** What the module at a path from the root exports. */
  readonly moduleAt: (path: string) => object;
  /** Begins to count at 0: what runs next may take that many turns. */
  readonly begin: (most?: number) => void;
}

/** @param texts - by path from the root, the texts that differ from what is on disk. */
export function load(texts: ReadonlyMap<string, string>): Loaded {
  const modules = new Map<string, object>();
  let [turns, limit] = [0, MOST_TURNS];
  const turn = (): void => {
    if (++turns > limit) throw new Error(`a loop without end: more than ${limit} turns`);
  };
  const moduleAt = (path: string): object => {
    const known = modules.get(path);
    if (known !== undefined) return known;
    const exports = {};
    modules.set(path, exports);
    const resolve = (name: string): unknown =>
      name.startsWith('.') ? moduleAt(join(dirname(path), name).replaceAll('\\', '/')) : requireNode(name);
    compile(path, texts.get(path))(exports, resolve, turn);
    return exports;
  };
  const begin = (most = MOST_TURNS): void => {
    [turns, limit] = [0, most];
  };
  return { moduleAt, begin };
}

function compile(path: string, changed: string | undefined): Compiled {
  const known = changed === undefined ? compiledFrom.get(path) : undefined;
  if (known !== undefined) return known;
  const source = changed ?? readFileSync(join(packageRoot(), path), 'utf8');
  const { outputText } = ts.transpileModule(countTurns(path, source), {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS },
  });
  const compiled = compileFunction(outputText, ['exports', 'require', 'turn'], { filename: path }) as Compiled;
  if (changed === undefined) compiledFrom.set(path, compiled);
  return compiled;
}

/** The source with a call of `turn` in the body of each loop. */
function countTurns(path: string, source: string): string {
  const insertions: { readonly at: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIterationStatement(node, false)) {
      const { statement } = node;
      insertions.push({ at: statement.getStart(), text: '{ turn(); ' }, { at: statement.end, text: ' }' });
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path, source));
  let text = source;
  for (const { at, text: inserted } of insertions.sort((a, b) => b.at - a.at))
    text = text.slice(0, at) + inserted + text.slice(at);
  return text;
}
