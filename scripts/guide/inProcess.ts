/**
 * The guide to checks in your own process: its program is the example, and what it prints is what the example prints.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Pages } from '../generate/generator.ts';
import { includeExamples } from '../readme/example.ts';

const GUIDE = 'docs/guides/check-in-process.md';
const OUTPUT = /<!-- output: (.+?) -->[^]*?<!-- \/output -->/g;

/** The guide with its example, and with the example's output for each list of arguments. */
export function inProcessPages(): Pages {
  const page = includeExamples(readFileSync(GUIDE, 'utf8'), (path) => readFileSync(path, 'utf8'));
  return new Map([
    [
      GUIDE,
      page.replace(
        OUTPUT,
        (_, words: string) =>
          `<!-- output: ${words} -->\n\`\`\`text\n${runExample(words.split(' ')).trimEnd()}\n\`\`\`\n<!-- /output -->`,
      ),
    ],
  ]);
}

/** What an example prints. */
function runExample(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')}: expected exit code 0, got ${status}: ${stderr}`);
  return stdout;
}
