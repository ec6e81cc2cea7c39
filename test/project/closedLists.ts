/**
 * Where the compiler complains if a list of names gets one more: the places that must know every name.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../cli/package.ts';
import { wrong } from '../../src/errors.ts';

/** A list of names, by its file and its identifier. */
export interface ClosedList {
  readonly file: string;
  readonly list: string;
}

/** A name that no list has; it begins with the list's own. */
export function newNameOf({ list }: ClosedList): string {
  return `${list} one more`;
}

/**
 * The places with an error of types after every list got a new name: `file: declaration`, sorted, each once; tests
 * are left out.
 *
 * @throws InvalidInput if a file has no such list.
 */
export function findPlaces(lists: readonly ClosedList[]): string[] {
  const root = packageRoot();
  const { options, fileNames } = readProject(root);
  const extended = extendAll(root, lists);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (path) => extended.get(fromRoot(root, path)) ?? read(path);
  const program = ts.createProgram(fileNames, options, host);
  const places = program.getSemanticDiagnostics().map(({ file, start }) => {
    if (file === undefined || start === undefined) return 'no file';
    return `${fromRoot(root, file.fileName)}: ${declarationAt(file, start)}`;
  });
  return [...new Set(places)].filter((place) => !place.startsWith('test/')).sort();
}

function readProject(root: string): ts.ParsedCommandLine {
  const fail = (diagnostic: ts.Diagnostic): never => {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  };
  const overrides = { incremental: false };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const project = ts.getParsedCommandLineOfConfigFile(`${root}/tsconfig.json`, overrides, host);
  if (project === undefined) throw wrong('tsconfig.json', 'a project', 'none');
  return project;
}

/** The files of the lists, each with a name more in all of its lists. */
function extendAll(root: string, lists: readonly ClosedList[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const list of lists) {
    const text = texts.get(list.file) ?? readFileSync(join(root, list.file), 'utf8');
    texts.set(list.file, extend(text, list));
  }
  return texts;
}

function extend(text: string, { file, list, ...rest }: ClosedList): string {
  const beginning = new RegExp(`(?<=const ${list}\\b[^=;]*= \\[)`);
  if (!beginning.test(text)) throw wrong(file, `a list ${list}`, 'none');
  return text.replace(beginning, `'${newNameOf({ file, list, ...rest })}', `);
}

/** The top declaration around a position, and the property in it: `createOurs.distances`. */
function declarationAt(file: ts.SourceFile, position: number): string {
  const names: string[] = [];
  const descend = (node: ts.Node): void => {
    if (position < node.getStart() || position >= node.end) return;
    const name = nameOf(node);
    if (name !== undefined) names.push(name);
    node.forEachChild(descend);
  };
  file.forEachChild(descend);
  return names.length > 1 ? `${names[0]}.${names[names.length - 1]}` : (names[0] ?? 'the file');
}

function nameOf(node: ts.Node): string | undefined {
  const isNamed =
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isMethodDeclaration(node);
  return isNamed ? node.name?.getText() : undefined;
}

function fromRoot(root: string, path: string): string {
  return relative(root, path).replaceAll('\\', '/');
}
