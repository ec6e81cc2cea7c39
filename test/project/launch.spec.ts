/**
 * What .vscode/launch.json offers, started without an editor: its files are there, and each entry's program runs what one
 * wants to step through, and ends well.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../cli/package.ts';

interface Launch {
  readonly configurations: readonly {
    readonly name: string;
    readonly program: string;
    readonly args: readonly string[];
  }[];
  readonly inputs: readonly { readonly id: string; readonly default: string }[];
}

const root = packageRoot();
const { configurations, inputs } = JSON.parse(readFileSync(join(root, '.vscode', 'launch.json'), 'utf8')) as Launch;

/** What each entry prints at its end, and the functions that its own process calls on the way, by their files. */
const TRIALS: Readonly<Record<string, { readonly says: RegExp; readonly calls: readonly string[] }>> = {
  'step a toy': {
    says: /^the page has the same θ/m,
    calls: ['projectSilos src/paper.ts', 'selectSilo src/dst/step.ts', 'traceStep src/dst/trace.ts'],
  },
  'step one law': { says: /^[1-9]\d* passed, 0 failed/m, calls: [] },
  'one vitest file': { says: /^[1-9]\d* passed, 0 failed, 0 skipped/m, calls: [] },
};

/** As an editor fills it in while this file is open. */
function fillIn(word: string): string {
  return word.replace(/\$\{([^}]*)\}/g, (whole, variable: string) => {
    if (variable === 'workspaceFolder') return root;
    if (variable === 'relativeFile') return 'test/src/dst/overlap.spec.ts';
    const input = inputs.find(({ id }) => variable === `input:${id}`);
    return input?.default ?? expect.fail(`${whole}: expected a variable that an editor fills in`);
  });
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/** The functions that V8 noted as called, as `name file`. */
function calledIn(coverage: string): string[] {
  return (JSON.parse(readFileSync(coverage, 'utf8')) as Coverage).result.flatMap(({ url, functions }) =>
    functions
      .filter(({ ranges }) => ranges[0].count > 0)
      .map(({ functionName }) => `${functionName} ${url.replace(`${root}/`, '')}`),
  );
}

it('names files that are there', () => {
  const words = configurations.flatMap(({ program, args }) => [program, ...args]).map(fillIn);
  const paths = words.filter((word) => /\/.*\.\w+$/.test(word)).map((word) => word.replace(`${root}/`, ''));
  expect(paths.length).toBeGreaterThan(configurations.length);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it.for(configurations)('$name runs to its end', async ({ name, program, args }, { signal }) => {
  const { says, calls } = TRIALS[name] ?? expect.fail(`${name}: expected an entry of TRIALS`);
  const coverage = mkdtempSync(join(tmpdir(), 'dst-launch-'));
  onTestFinished(() => rmSync(coverage, { recursive: true }));
  // Without what this test run has put into the environment.
  const inherited = Object.entries(process.env).filter(([variable]) => !/^(VITEST|NODE_|TEST$)/.test(variable));
  const env = { ...Object.fromEntries(inherited), NODE_V8_COVERAGE: coverage };
  const options = { cwd: root, env, signal };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args].map(fillIn), options);
  expect(stdout).toMatch(says);
  expect(readdirSync(coverage).flatMap((file) => calledIn(join(coverage, file)))).toEqual(
    expect.arrayContaining([...calls]),
  );
});
