import { execFileSync } from 'node:child_process';
import { constants, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildCommand } from '../cli/build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm pack` would put into the tarball, but for dist/, which a spec does not touch. */
function packed(): string[] {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const said = execFileSync(npm, ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: root, encoding: 'utf8' });
  const [{ files }] = JSON.parse(said) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
}

const files = packed();

describe('the tarball', () => {
  it.each(['LICENSE', 'NOTICE', 'CITATION.cff', 'README.md', 'CHANGELOG.md', 'package.json'])('has %s', (file) => {
    expect(files).toContain(file);
  });

  it('has every file that its README links to', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/```[^]*?```/g, '');
    const links = [...readme.matchAll(/\]\(([^)#\s]+)|\b(?:src|srcset)="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image,
    );
    const relative = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(relative).toContain('NOTICE');
    expect(relative.filter((link) => !files.includes(link))).toEqual([]);
  });

  it('has nothing that a command makes', () => {
    expect(files.filter((path) => /(^|\/)(docs\/api|runs|coverage|node_modules|__pycache__)\//.test(path))).toEqual([]);
  });
});

it('is built with a command that can be started after every build: npx makes it executable only the first time', () => {
  const { mode } = statSync(buildCommand());
  expect(mode & constants.S_IXUSR).toBe(process.platform === 'win32' ? 0 : constants.S_IXUSR);
});
