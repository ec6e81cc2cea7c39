/**
 * The guide tells no stories: its failure is what the command prints, and its options and files are there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../cli/conform/languages.ts';
import { packageRoot, packageVersion } from '../../cli/package.ts';
import { GUIDE, includeFailures, printFailure } from '../../scripts/guide/failure.ts';
import { buildCommand } from '../cli/build.ts';
import { call } from '../cli/call.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { findPython } from './start.ts';

const page = readFileSync(join(packageRoot(), GUIDE), 'utf8');

describe('the guide', () => {
  it(
    'shows a failure as the command prints it (npm run generate -- guide renews it)',
    { timeout: 120_000 },
    ({ skip }) => {
      if (findPython('json') !== 'python3') return skip('not installed: python3');
      const command = buildCommand();
      expect(includeFailures(page, (mutant) => printFailure(mutant, command))).toBe(page);
    },
  );

  it('names options that the command has', async () => {
    const { stdout } = await call(['conform', '--help']);
    const known = new Set([...stdout.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option));
    const calls = [...page.matchAll(/dst conform .*/g)].map(([line]) => line.split(' -- ')[0]);
    const named = [...calls.join('\n').matchAll(/--[a-z][a-z-]*/g), ...page.matchAll(/(?<=`)--[a-z][a-z-]*/g)];
    expect(named.length).toBeGreaterThan(8);
    expect(named.map(([option]) => option).filter((option) => !known.has(option))).toEqual([]);
  });

  it('names checks that exist', () => {
    const groups = new Set(LAWS.map(({ id }) => id.split('/')[0]));
    const ids = new Set(LAWS.map(({ id }) => id));
    const named = [...page.matchAll(/[a-z]+\d*\/[a-z]+(?:-[a-z0-9]+)+/g)]
      .map(([id]) => id)
      .filter((id) => groups.has(id.split('/')[0]));
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('names every language, this version, and files that exist', () => {
    for (const { name } of LANGUAGES) expect(page).toContain(`\`${name}\``);
    expect(page).toContain(`dynamic-subset-tuning@${packageVersion()}`);
    const links = [...page.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
    expect(links.filter((target) => !existsSync(join(packageRoot(), dirname(GUIDE), target)))).toEqual([]);
  });
});
