/**
 * From `npm start` to Algorithm 1: the files that a reader opens, each of which names the next, as CONTRIBUTING.md lists them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';

const [, after = ''] = readFileSync('CONTRIBUTING.md', 'utf8').split('each file names the next:');
const files = Array.from(after.split('\n\n')[0].matchAll(/`([^`]+)`/g), ([, file]) => file);

/** What a file calls another: with its folder, if that is not its own. */
function nameIn(file: string, other: string): string {
  const name = basename(other, '.ts');
  return dirname(file) === dirname(other) ? name : `${basename(dirname(other))}/${name}`;
}

it('is at most nine files, from package.json to the step', () => {
  expect(files[0]).toBe('package.json');
  expect(files.at(-1)).toBe('src/dst/step.ts');
  expect(files.length).toBeLessThanOrEqual(9);
});

it('and each file names the next', () => {
  const steps = files.slice(1).map((next, i) => ({ file: files[i], next }));
  expect(steps.filter(({ file, next }) => !readFileSync(file, 'utf8').includes(nameIn(file, next)))).toEqual([]);
});

it('and each command is the file of its name, as cli/main.ts says', () => {
  expect(COMMANDS.map(({ name }) => `cli/commands/${name}.ts`).filter((file) => !existsSync(file))).toEqual([]);
});
