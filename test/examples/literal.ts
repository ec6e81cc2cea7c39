/**
 * Literals in comments: read, and compared with what a program gave.
 *
 * @module
 */
import { Script } from 'node:vm';
import ts from 'typescript';

/** A number with the decimals that it is written with, so that it is compared as exactly as it claims. */
export interface WrittenNumber {
  readonly number: number;
  readonly decimals: number;
}

export type Literal =
  | WrittenNumber
  | string
  | boolean
  | null
  | undefined
  | readonly Literal[]
  | { readonly fields: Readonly<Record<string, Literal>> };

/** The literal that a text begins with, up to its end or to an explanation; undefined where there is none. */
export function readLiteral(text: string): { readonly value: Literal } | undefined {
  const clean = text.trim().replaceAll('−', '-').replaceAll('∞', 'Infinity');
  const ends = [clean.length, ...[...clean.matchAll(/: |, | \(/g)].map(({ index }) => index)];
  for (const end of ends) {
    const value = parse(clean.slice(0, end));
    if (value !== undefined) return value;
  }
  return undefined;
}

function parse(text: string): { readonly value: Literal } | undefined {
  if (text === '') return undefined;
  if (!isExpression(text)) return undefined;
  const source = ts.createSourceFile('literal.ts', `(${text});`, ts.ScriptTarget.Latest, true);
  const [statement] = source.statements;
  if (!ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression)) return undefined;
  return evaluate(statement.expression.expression, source);
}

/** TypeScript's parser repairs what it reads; this one refuses. Nothing is run. */
function isExpression(text: string): boolean {
  try {
    return new Script(`(${text}\n);`) instanceof Script;
  } catch {
    return false;
  }
}

function evaluate(node: ts.Expression, source: ts.SourceFile): { readonly value: Literal } | undefined {
  if (ts.isStringLiteral(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: written(node.getText(source)) };
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    return { value: written(`-${node.operand.getText(source)}`) };
  }
  if (ts.isIdentifier(node)) return evaluateName(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map((element) => evaluate(element, source));
    return items.every((item) => item !== undefined) ? { value: items.map(({ value }) => value) } : undefined;
  }
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const fields: Record<string, Literal> = {};
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property)) return undefined;
    const item = evaluate(property.initializer, source);
    if (item === undefined) return undefined;
    fields[property.name.getText(source).replace(/^['"]|['"]$/g, '')] = item.value;
  }
  return { value: { fields } };
}

function evaluateName(name: string): { readonly value: Literal } | undefined {
  if (name === 'undefined') return { value: undefined };
  return name === 'Infinity' || name === 'NaN' ? { value: written(name) } : undefined;
}

function written(text: string): WrittenNumber {
  return { number: Number(text), decimals: /\.(\d+)$/.exec(text)?.[1].length ?? 0 };
}

/** Whether a value is what the literal says: numbers with decimals to within half of the last one. */
export function isAsWritten(got: unknown, literal: Literal): boolean {
  if (typeof literal !== 'object' || literal === null) return got === literal;
  if (isList(literal)) {
    const items: readonly unknown[] | undefined = Array.isArray(got)
      ? got
      : ArrayBuffer.isView(got) && Symbol.iterator in got
        ? Array.from(got as Iterable<unknown>)
        : undefined;
    return items?.length === literal.length && literal.every((item, i) => isAsWritten(items[i], item));
  }
  if ('fields' in literal) {
    if (typeof got !== 'object' || got === null) return false;
    const entries = new Map<string, unknown>(Object.entries(got));
    const names = Object.keys(literal.fields);
    return entries.size === names.length && names.every((name) => isAsWritten(entries.get(name), literal.fields[name]));
  }
  const { number, decimals } = literal;
  if (typeof got !== 'number') return false;
  return Object.is(got, number) || got === number || (decimals > 0 && Math.abs(got - number) <= 0.5 * 10 ** -decimals);
}

function isList(literal: Literal): literal is readonly Literal[] {
  return Array.isArray(literal);
}
