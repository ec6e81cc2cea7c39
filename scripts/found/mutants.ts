/**
 * The mutants of a source: each rule at each place.
 *
 * @module
 */
import ts from 'typescript';
import { RULES } from './rules.ts';

/** A source with one place changed. */
export interface FoundMutant {
  /** `scope: before → after`, and `#2` from the second of that name on: it stays when lines move. */
  readonly id: string;
  /** The source's path from the root. */
  readonly file: string;
  /** The function or the table in which the place is, from the outermost: `createAdafactor.update`. */
  readonly scope: string;
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly before: string;
  readonly after: string;
  /** The whole source, changed. */
  readonly text: string;
}

/** @returns every mutant of the source, in its order; no two have the same text. */
export function findMutants(file: string, source: string): readonly FoundMutant[] {
  const tree = parse(file, source);
  const texts = new Set([source]);
  const names = new Map<string, number>();
  const found: FoundMutant[] = [];
  const add = (node: ts.Node, rule: string, instead: string): void => {
    const start = node.getStart();
    const text = source.slice(0, start) + instead + source.slice(node.end);
    if (texts.has(text)) return;
    texts.add(text);
    const scope = scopeOf(node);
    const [before, after] = [node.getText(), instead].map(shown);
    const name = `${scope}: ${before} → ${after}`;
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    const { line, character } = tree.getLineAndCharacterOfPosition(start);
    const id = count === 1 ? name : `${name} #${count}`;
    found.push({ id, file, scope, rule, line: line + 1, column: character + 1, before, after, text });
  };
  const visit = (node: ts.Node): void => {
    if (isOfTypes(node)) return;
    for (const { name, instead } of RULES) for (const text of instead(node)) add(node, name, text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(tree, visit);
  return found;
}

export function parse(file: string, source: string): ts.SourceFile {
  return ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true);
}

/** What goes away before anything runs. */
function isOfTypes(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node)
  );
}

function scopeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    const name = nameOf(at);
    if (name !== undefined) names.unshift(name);
  }
  return names.join('.');
}

/** The name of what has parts: a function, a method, a variable or a member that is a function or an object. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText();
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyAssignment(node)) return undefined;
  const { initializer } = node;
  const hasParts =
    initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isObjectLiteralExpression(initializer));
  const isTopLevel = ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent);
  return (hasParts || isTopLevel) && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

/** On one line, and not longer than a table's cell may be. */
function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line === '' || line === ';'
    ? 'nothing'
    : line.length <= 90
      ? line
      : `${line.slice(0, 60)} … ${line.slice(-27)}`;
}
