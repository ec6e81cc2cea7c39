/**
 * `dst vectors`: golden cases from the laws, for those who check an implementation without this runtime.
 *
 * @module
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { InvalidInput, wrong } from '../../src/errors.ts';
import { makeFolder, writeAtomically } from '../../src/files/atomic.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { diffVectors } from '../../spec/vectors/diff.ts';
import { MANIFEST, readVectors, writeVectors } from '../../spec/vectors/files.ts';
import { DTYPES, generateVectors } from '../../spec/vectors/generate.ts';
import type { VectorFile } from '../../spec/vectors/vector.ts';
import { CheckFailed, Interrupted, type Io } from '../io.ts';
import { addCommonOptions, addExamples, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { packageRoot } from '../package.ts';
import { createProgress } from '../progress.ts';
import { formatTable } from '../table.ts';

interface Options extends CommonOptions {
  readonly out?: string;
  readonly list?: true;
  readonly diff?: true;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .argument('[paths...]', 'folders or files of vectors: one to list (default: those of this package), two to compare')
    .option('--out <folder>', 'write the vectors of the laws there')
    .option('--list', 'list vectors')
    .option('--diff', 'what changed from the first set to the second; exits with 1 if they differ')
    .action((paths: readonly string[], options: Options) => run(paths, options, io));
  addExamples(command, [
    ['dst vectors --out vectors', 'make the vectors again: the same laws give the same bytes'],
    ['dst vectors --list', 'the vectors of this package'],
    ['dst vectors --diff old/vectors vectors', 'what a new release asks that the old one did not'],
  ]);
}

async function run(paths: readonly string[], options: Options, io: Io): Promise<void> {
  const modes = [options.out !== undefined, options.list === true, options.diff === true];
  if (modes.filter((isOn) => isOn).length !== 1) {
    throw new InvalidInput('vectors: expected one of --out, --list, --diff, got none or several');
  }
  const takes = options.out !== undefined ? [0, 0] : options.list ? [0, 1] : [2, 2];
  if (paths.length < takes[0] || paths.length > takes[1]) {
    const expected = ['no path beside --out', 'one path at most', 'two sets to compare'][takes[1]];
    throw wrong('vectors', expected, paths.length);
  }
  if (options.out !== undefined) return write(options.out, options, io);
  if (options.list) list(paths[0] ?? join(packageRoot(), 'vectors'), options, io);
  else diff(paths[0], paths[1], options, io);
}

/** Files of another kind in the folder are somebody's own. */
function requireOurs(folder: string): void {
  if (!existsSync(folder)) return;
  const names = statSync(folder).isDirectory() ? readdirSync(folder) : [folder];
  if (names.length > 0 && !names.includes(MANIFEST)) throw wrong('--out', 'a new folder or one of vectors', folder);
}

async function write(folder: string, options: Options, io: Io): Promise<void> {
  requireOurs(folder);
  const progress = createProgress(io, options.quiet === true);
  const files: VectorFile[] = [];
  for (const dtype of DTYPES) {
    const report = (done: number): void => {
      if (io.signal.aborted) throw new Interrupted('vectors: stopped; nothing was written');
      progress.update(dtype, { done, total: LAWS.length, note: 'laws' });
    };
    const file = await generateVectors(dtype, { report });
    progress.finish(dtype, `${file.vectors.length} vectors`);
    files.push(file);
  }
  makeFolder(folder);
  const texts = writeVectors(files);
  for (const [name, text] of texts) writeAtomically(join(folder, name), text);
  const counts = files.map(({ dtype, vectors }) => ({ dtype, count: vectors.length }));
  const words = counts.map(({ dtype, count }) => `${count} for ${dtype}`).join(', ');
  writeResult(io, options.json === true, { out: folder, files: counts }, `${folder}: vectors: ${words}\n`);
}

function list(path: string, options: Options, io: Io): void {
  const files = readVectors(path);
  const rows = files.flatMap(({ dtype, vectors }) =>
    vectors.map(({ id, kind, op, tags }) => ({ dtype, id, kind, op, tags })),
  );
  const columns = ['dtype', 'id', 'kind', 'operation', 'tags'].map((heading) => ({ heading }));
  const cells = rows.map(({ dtype, id, kind, op, tags }) => [dtype, id, kind, op, tags.join(' ')]);
  writeResult(io, options.json === true, { path, vectors: rows }, formatTable(columns, cells));
}

function diff(before: string, after: string, options: Options, io: Io): void {
  const differences = diffVectors(readVectors(before), readVectors(after));
  const signs = { added: '+', removed: '-', changed: '~' } as const;
  const lines = differences.map(({ dtype, id, change, fields }) => {
    const which = fields.length > 0 ? ` (${fields.join(', ')})` : '';
    return `${signs[change]} ${dtype} ${id}${which}\n`;
  });
  writeResult(io, options.json === true, { before, after, differences }, lines.join('') || 'no difference\n');
  if (differences.length > 0) {
    throw new CheckFailed(`vectors: expected two equal sets, got ${differences.length} differences`);
  }
}
