/**
 * Takes the examples out of docstrings and makes programs of them.
 *
 * @module
 */
import ts from 'typescript';
import { readLiteral, type Literal } from './literal.ts';

/** An `@example` block. */
export interface Example {
  /** 1 for the file's first line. */
  readonly line: number;
  readonly code: string;
}

/** What a comment says that an expression's value is. */
export interface Expectation {
  readonly expression: string;
  readonly value: Literal;
}

/** A program that calls `check(value, index)` where a comment says what the value is. */
export interface Program {
  /** JavaScript. */
  readonly code: string;
  readonly expectations: readonly Expectation[];
}

/** The `ts` blocks that follow `@example` in a file's docstrings. */
export function findExamples(text: string): readonly Example[] {
  return [...text.matchAll(/@example[^]*?```ts\n([^]*?)^[ \t]*\*?[ \t]*```/gm)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    code: match[1].replace(/^[ \t]*\* ?/gm, ''),
  }));
}

/**
 * Each expression statement with a literal in a comment behind it, on its line or alone on the next, becomes an
 * assertion; what follows the literal after a colon or a comma is an explanation.
 */
export function compileExample({ code }: Example): Program {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const expectations: Expectation[] = [];
  let compiled = '';
  let from = 0;
  for (const statement of source.statements) {
    if (!ts.isExpressionStatement(statement)) continue;
    const value = readLiteral(commentBehind(code, statement.end));
    if (value === undefined) continue;
    const expression = statement.expression.getText(source);
    compiled += `${code.slice(from, statement.getStart(source))}check(${expression}, ${expectations.length});`;
    from = statement.end;
    expectations.push({ expression, value: value.value });
  }
  compiled += code.slice(from);
  const { outputText } = ts.transpileModule(compiled, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  return { code: `return (async () => {\n${outputText}\n})();`, expectations };
}

function commentBehind(code: string, end: number): string {
  return /^[ \t]*(?:\n[ \t]*)?\/\/ ?(.*)/.exec(code.slice(end))?.[1] ?? '';
}
