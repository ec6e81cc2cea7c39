/**
 * Rules for what the package ships: it imports nothing that is not installed with it, and says which of its modules do
 * something when they are imported.
 *
 * @module
 */
import { builtinModules } from 'node:module';
import ts from 'typescript';
import { findImports, parse, type Source } from './sources.ts';

/** The name of the package that a specifier leads to: `ajv` of `ajv/dist/2020.js`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Every package that is imported, for a value or for a type, is one of the dependencies or Node's own. */
export function findUndeclaredPackages(sources: readonly Source[], dependencies: readonly string[]): string[] {
  return sources.flatMap((source) =>
    findImports(source)
      .filter(({ isFile, target }) => !isFile && !target.startsWith('node:') && !builtinModules.includes(target))
      .filter(({ target }) => !dependencies.includes(packageOf(target)))
      .map(({ target }) => `${source.path}: expected a package of dependencies, got ${target}`),
  );
}

/** What declares something, and does nothing else. */
function isDeclaration(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return statement.importClause !== undefined;
  return (
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}

/** The modules that do something when they are imported, beside making their values. */
export function findActing(sources: readonly Source[]): string[] {
  return sources.filter((source) => !parse(source).statements.every(isDeclaration)).map(({ path }) => path);
}
