/**
 * `dst conform --init LANGUAGE [DIR]`: writes an adapter to start from, and says what to do with it.
 *
 * @module
 */
import { constants, copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInput, unknownName } from '../../src/errors.ts';
import { makeFolder } from '../../src/files/atomic.ts';
import { describeCall } from '../hint.ts';
import type { Io } from '../io.ts';
import { writeResult } from '../output.ts';
import { packageRoot } from '../package.ts';
import { quote } from '../../spec/conform/replay.ts';
import { locate, LANGUAGES } from './languages.ts';
import type { Language } from './languages.ts';

/**
 * Copies the adapter's files into a folder, which is made where it is missing. The files are the result, on stdout; the
 * next steps are messages.
 *
 * @param language - one of {@link LANGUAGES}, by name.
 * @param folder - where to; a file that is there already is never written over.
 * @throws InvalidInput for an unknown language, and for a file that exists: then nothing is written at all.
 */
export function initAdapter(language: string, folder: string, io: Io, json = false): void {
  const found = LANGUAGES.find(({ name }) => name === language.toLowerCase());
  if (found === undefined) {
    const names = LANGUAGES.map(({ name }) => name);
    throw unknownName('--init', names, language);
  }
  const files = found.files.map((file) => join(folder, file));
  const taken = files.find((file) => existsSync(file));
  if (taken !== undefined)
    throw new InvalidInput(`--init: expected no file ${taken} yet, got one: no file is overwritten`);
  makeFolder(folder);
  for (const [i, file] of found.files.entries()) {
    // Refused by the system too, should the file have come into being since.
    copyFileSync(join(packageRoot(), 'adapters', found.folder, file), files[i], constants.COPYFILE_EXCL);
  }
  writeResult(io, json, { language: found.name, files }, files.map((file) => `${file}\n`).join(''));
  io.stderr.write(nextSteps(found, folder, io));
}

function nextSteps({ files, build, start, needs }: Language, folder: string, io: Io): string {
  const line = (words: readonly string[]): string => locate(words, folder).map(quote).join(' ');
  const steps = [
    ...(build === undefined ? [] : [line(build)]),
    describeCall(io, ['conform', '--', ...locate(start, folder)]),
  ];
  const [program] = files;
  const implementation = files.at(-1);
  const place =
    implementation === program
      ? `Put your own implementation in the place of the first half of ${program}.`
      : `Put your own implementation in the place of ${implementation}; ${program} is what calls it.`;
  return `
It needs ${needs}. Unchanged it passes every check:

    ${steps.join('\n    ')}

${place} Claim in its answer to \`start\` only
what you have: what is not claimed is not asked. The guide is docs/guides/validate-your-implementation.md.
`;
}
