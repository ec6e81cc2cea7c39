/**
 * Makes adapters/javascript/dst.mjs: the paper on one page with its types taken away.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import type { Pages } from '../generate/generator.ts';
import { PAGE } from './tags.ts';

const ADAPTER = 'adapters/javascript/dst.mjs';

const HEAD =
  '// Made from src/paper.ts by `npm run generate`: its types are taken away, nothing else. Do not edit it.\n';

export async function adapterPages(): Promise<Pages> {
  return new Map([[ADAPTER, await toJavaScript(readFileSync(PAGE, 'utf8'), ADAPTER)]]);
}

/** The page as JavaScript. What its types say in words stays. */
export async function toJavaScript(typescript: string, path: string): Promise<string> {
  const text = HEAD + withoutTypes(typescript);
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

function withoutTypes(text: string): string {
  const tree = ts.createSourceFile('paper.ts', text, ts.ScriptTarget.ESNext, true);
  const cuts: { readonly from: number; readonly to: number }[] = [];
  /** `before`: the mark that leads to a type, as the colon of `x: number`. */
  const cut = (node: ts.Node | undefined, before = ''): void => {
    if (node === undefined) return;
    const from = before === '' ? node.getStart(tree) : text.lastIndexOf(before, node.getStart(tree));
    cuts.push({ from, to: node.end });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) {
      cut(node);
      return;
    }
    if (ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isFunctionLike(node)) cut(node.type, ':');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  let [rest, end] = ['', 0];
  for (const { from, to } of cuts.sort((a, b) => a.from - b.from)) {
    if (from < end) continue; // inside of what is cut already
    rest += text.slice(end, from);
    end = to;
  }
  return rest + text.slice(end);
}
