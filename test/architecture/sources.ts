/**
 * Reads source files as the compiler parses them: their imports, of values and of types, and their exports.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** A source file, by its path from the repository's root, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** One import, re-export, `import()` or `import('…')` type. */
export interface Import {
  /** The imported file's path, or the package's name as written. */
  readonly target: string;
  readonly isFile: boolean;
  /** Whether it vanishes when types are erased. */
  readonly isTypeOnly: boolean;
}

/** One exported name. */
export interface Export {
  readonly name: string;
  /** Interfaces and type aliases, which say what values are and do nothing themselves. */
  readonly isType: boolean;
  /** Re-exported from another file. */
  readonly isForwarded: boolean;
  /** Its docstring, or an empty text. */
  readonly docstring: string;
}

/** All TypeScript files under the folders, declarations apart; or those with another ending. */
export function readSources(root: URL, folders: readonly string[], ending = '.ts'): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .filter((path) => path.endsWith(ending) && !path.endsWith('.d.ts') && !path.includes('node_modules'))
      .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') })),
  );
}

export function findImports(source: Source): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const isFile = specifier.text.startsWith('.');
    const target = isFile ? resolve(source.path, specifier.text) : specifier.text;
    imports.push({ target, isFile, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return imports;
}

/** `import type …`, or braces in which every name is marked `type`. */
function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

/** AssemblyScript leaves the ending out. */
function resolve(from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier);
  return posix.extname(path) === '' ? `${path}.ts` : path;
}

export function findExports(source: Source): Export[] {
  const tree = parse(source);
  return tree.statements.flatMap((statement): Export[] => {
    if (ts.isExportDeclaration(statement)) {
      return [{ name: '*', isType: statement.isTypeOnly, isForwarded: true, docstring: '' }];
    }
    if (!isExported(statement)) return [];
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const docstring = ts
      .getJSDocCommentsAndTags(statement)
      .map((comment) => comment.getText(tree))
      .join('\n');
    return namesOf(statement).map((name) => ({ name, isType, isForwarded: false, docstring }));
  });
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText(statement.getSourceFile()));
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  ) {
    return [statement.name?.text ?? 'default'];
  }
  return ['default'];
}

/** Every rule asks for the same trees. */
const trees = new WeakMap<Source, ts.SourceFile>();

/** A file's syntax tree. */
export function parse(source: Source): ts.SourceFile {
  const tree = trees.get(source) ?? ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ESNext, true);
  trees.set(source, tree);
  return tree;
}

/** A text that something is compared with. */
export interface ComparedText {
  readonly text: string;
  /** The last name of what is compared: `method` in `run.config.method === 'full'`. */
  readonly with: string;
  readonly line: number;
}

/** Texts in `===` and its like, in the cases of a switch, and in lists that are asked whether they include something. */
export function findComparedTexts(source: Source): ComparedText[] {
  const file = parse(source);
  const found: ComparedText[] = [];
  const add = (node: ts.Node, other: ts.Node | undefined): void => {
    if (!ts.isStringLiteralLike(node)) return;
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    found.push({ text: node.text, with: other === undefined ? '' : lastName(other), line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && EQUALITIES.includes(node.operatorToken.kind)) {
      add(node.left, node.right);
      add(node.right, node.left);
    }
    if (ts.isSwitchStatement(node))
      for (const clause of node.caseBlock.clauses) if (ts.isCaseClause(clause)) add(clause.expression, node.expression);
    if (ts.isCallExpression(node) && lastName(node.expression) === 'includes') {
      const { expression } = node.expression as ts.PropertyAccessExpression;
      if (ts.isArrayLiteralExpression(expression))
        for (const element of expression.elements) add(element, node.arguments.at(0));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const EQUALITIES: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
];

function lastName(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
    ? node.argumentExpression.text
    : '';
}
