/**
 * The failure that the guide reads: between `<!-- failure: MUTANT -->` and `<!-- /failure -->` stands what `dst conform`
 * prints for the plain Python adapter with that one line changed.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.ts';
import type { Pages } from '../generate/generator.ts';
import { mutate, PYTHON_MUTANTS } from './pythonMutants.ts';
import type { PythonMutant } from './pythonMutants.ts';

export const GUIDE = 'docs/guides/validate-your-implementation.md';

const INCLUDED = /<!-- failure: (.+?) -->[^]*?<!-- \/failure -->/g;

/** The page with each failure as the command prints it now. */
export function includeFailures(page: string, print: (mutant: PythonMutant) => string): string {
  return page.replace(INCLUDED, (_, name: string) => {
    const mutant = PYTHON_MUTANTS.find((known) => known.name === name);
    if (mutant === undefined) throw new Error(`${GUIDE}: expected a mutant of pythonMutants.ts, got "${name}"`);
    return `<!-- failure: ${name} -->\n\`\`\`text\n${print(mutant).trimEnd()}\n\`\`\`\n<!-- /failure -->`;
  });
}

/** The guide with the failures as the built command prints them today. */
export function guidePages(): Pages {
  const command = join(packageRoot(), 'dist', 'cli', 'main.js');
  return new Map([[GUIDE, includeFailures(readFileSync(GUIDE, 'utf8'), (mutant) => printFailure(mutant, command))]]);
}

/**
 * A call of `dst conform` on the mutant, in the folder of the adapter, with what it writes to standard output.
 *
 * @param command - the built command, dist/cli/main.js or a copy.
 */
export function printFailure(mutant: PythonMutant, command: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dst-guide-'));
  try {
    cpSync('adapters/python', folder, { recursive: true });
    const file = join(folder, 'dst.py');
    writeFileSync(file, mutate(readFileSync(file, 'utf8'), mutant));
    const words = ['conform', '--quiet', '--checks', mutant.caughtBy, '--', 'python3', 'adapter.py'];
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], options);
    if (status !== 1) throw new Error(`dst ${words.join(' ')}: expected exit code 1, got ${status}: ${stderr}`);
    return `$ npx dst ${words.join(' ')}\n${stdout}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
