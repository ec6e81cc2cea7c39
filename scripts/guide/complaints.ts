/**
 * What `dst conform` says of a wrong program: between `<!-- says: OPTIONS -- PROGRAM, ARGUMENT … -->` and `<!-- /says -->` stands
 * what it prints for that program of test/spec/wire/programs.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.ts';
import { main } from '../../cli/run.ts';
import type { Pages } from '../generate/generator.ts';

export const TRAPS = 'docs/guides/seven-traps.md';

const INCLUDED = /<!-- says: (.+?) -- (.+?) -->[^]*?<!-- \/says -->/g;

/** The guide to traps with the messages as they are today. */
export async function trapPages(): Promise<Pages> {
  let page = readFileSync(TRAPS, 'utf8');
  for (const [block, options, program] of page.matchAll(INCLUDED)) {
    const said = await complain(options.split(' '), program.split(', '));
    const text = `<!-- says: ${options} -- ${program} -->\n\`\`\`text\n${said.trimEnd()}\n\`\`\`\n<!-- /says -->`;
    page = page.replace(block, () => text);
  }
  return new Map([[TRAPS, page]]);
}

/** Both streams of a call of `dst conform` that finds fault with the program, which is called `./adapter` there. */
async function complain(options: readonly string[], [name, ...args]: readonly string[]): Promise<string> {
  const command = [process.execPath, join(packageRoot(), 'test/spec/wire/programs', `${name}.mjs`), ...args];
  const said: string[] = [];
  const output = { write: (text: string) => said.push(text) };
  const { signal } = new AbortController();
  const code = await main(['conform', ...options, '--', ...command], {
    stdout: output,
    stderr: output,
    environment: {},
    signal,
  });
  const text = said.join('');
  if (code !== 1 && code !== 3) throw new Error(`${TRAPS}: ${name}: expected exit code 1 or 3, got ${code}: ${text}`);
  return text.replace(/(?<=^ {2}replay: .* -- ).*$/m, './adapter');
}
