/**
 * `dst conform --init`: an adapter written into a folder, whole, over nothing that is there.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, locate } from '../../cli/conform/languages.ts';
import { packageRoot } from '../../cli/package.ts';
import { call, objectIn } from '../cli/call.ts';
import { inFolder } from './start.ts';

const shipped = (folder: string, file: string): string => join(packageRoot(), 'adapters', folder, file);

describe('dst conform --init', () => {
  it.each(LANGUAGES)('writes $name, and what to do next', ({ name, folder, files, start }) =>
    inFolder(async (root) => {
      const target = join(root, 'not there yet');
      const { code, stdout, stderr } = await call(['conform', '--init', name, target]);
      expect(code).toBe(0);
      expect(stdout).toBe(files.map((file) => `${join(target, file)}\n`).join(''));
      expect(stderr).toContain(`\n    dst conform -- `);
      expect(stderr).toContain(` '${locate(start, target).at(-1)}'\n`);
      expect(readdirSync(target).sort()).toEqual([...files].sort());
      for (const file of files) expect(readFileSync(join(target, file))).toEqual(readFileSync(shipped(folder, file)));
    }),
  );

  it('writes over no file, and then none at all', () =>
    inFolder(async (root) => {
      writeFileSync(join(root, 'dst.py'), 'mine');
      const { code, stderr } = await call(['conform', '--init', 'python', root]);
      expect(code).toBe(2);
      expect(stderr).toBe(
        `dst: --init: expected no file ${join(root, 'dst.py')} yet, got one: no file is overwritten\n`,
      );
      expect(readFileSync(join(root, 'dst.py'), 'utf8')).toBe('mine');
      expect(existsSync(join(root, 'adapter.py'))).toBe(false);
    }));

  it('proposes the nearest language for one that it does not know', async () => {
    const { code, stderr } = await call(['conform', '--init', 'pytroch']);
    expect(code).toBe(2);
    expect(stderr).toContain(`expected one of ${LANGUAGES.map(({ name }) => name).join(', ')}, got "pytroch"`);
    expect(stderr).toContain('did you mean "pytorch"?');
  });

  it('starts a program of this folder by a path, not by a name', () => {
    expect(locate(['{}/adapter', '-lm'], '.')).toEqual(['./adapter', '-lm']);
    expect(locate(['python3', '{}/adapter.py'], 'a/b')).toEqual(['python3', 'a/b/adapter.py']);
  });

  it('takes one folder', async () => {
    const { code, stderr } = await call(['conform', '--init', 'c', 'one', 'two']);
    expect(code).toBe(2);
    expect(stderr).toContain('--init: expected one folder, got "one two"');
  });

  it('names a folder that is a file', () =>
    inFolder(async (root) => {
      writeFileSync(join(root, 'taken'), '');
      const { code, stderr } = await call(['conform', '--init', 'c', join(root, 'taken')]);
      expect(code).toBe(3);
      expect(stderr).toContain(join(root, 'taken'));
    }));

  it('lists its files as JSON', () =>
    inFolder(async (root) => {
      mkdirSync(join(root, 'here'));
      const { stdout } = await call(['conform', '--init', 'javascript', join(root, 'here'), '--json']);
      expect(objectIn(stdout)).toMatchObject({
        language: 'javascript',
        files: ['adapter.mjs', 'given.mjs', 'dst.mjs'].map((file) => join(root, 'here', file)),
      });
    }));

  it('ships every file of every adapter with the package, and nothing else of that folder', () => {
    for (const { folder, files } of LANGUAGES) {
      expect(
        readdirSync(shipped(folder, '.'))
          .filter((file) => files.includes(file))
          .sort(),
      ).toEqual([...files].sort());
    }
    const { files } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { files: string[] };
    expect(files).toEqual(expect.arrayContaining(['adapters', '!**/__pycache__']));
    expect(readdirSync(join(packageRoot(), 'adapters')).sort()).toEqual(LANGUAGES.map(({ folder }) => folder).sort());
  });
});
