/**
 * `dst report`: what recorded conformance runs say, or training runs beside one another, as text or one HTML page.
 *
 * @module
 */
import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidInput, wrong } from '../../src/errors.ts';
import { requireWritable, writeAtomically } from '../../src/files/atomic.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, type CommonOptions } from '../options.ts';
import { writeResult, type Report } from '../output.ts';
import { createProgress } from '../progress.ts';

interface Options extends CommonOptions {
  readonly html?: string;
  readonly junit?: string;
  readonly badge?: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .argument('<runs...>', 'folders of training runs, main jobs or sweeps; or JSON Lines that dst conform --json wrote')
    .option('--html <file>', 'one page: runs beside one another, or implementations against equations')
    .option('--junit <file>', 'JUnit XML of one conformance run')
    .option('--badge <file>', 'JSON of one conformance run, for shields.io')
    .action((paths: readonly string[], options: Options) => run(paths, options, io));
  addExamples(command, [
    ['dst report runs/a runs/b', 'two training runs: metrics, paired difference, overlap of their subsets'],
    ['dst report --html sweep.html runs/sweep', 'every trial of a sweep on one page'],
    ['dst report mine.jsonl', 'a conformance run as text'],
    ['dst report --html matrix.html mine.jsonl theirs.jsonl', 'two implementations side by side'],
    ['dst report --junit mine.xml --badge badge.json mine.jsonl', 'what a continuous integration shows'],
  ]);
}

async function run(paths: readonly string[], options: Options, io: Io): Promise<void> {
  const { html, junit, badge } = options;
  for (const path of [html, junit, badge]) {
    // A report is never written over what it is made from.
    if (path !== undefined && paths.includes(path)) throw wrong('report', 'another file than a run', path);
  }
  for (const path of [html, junit, badge]) if (path !== undefined) requireWritable(path);
  const report = isOfFolders(paths)
    ? await reportRuns(paths, options, io)
    : await reportConformance(paths, options, io);
  const files = Object.keys(report.files);
  for (const path of files) writeAtomically(path, report.files[path]);
  const text = files.length > 0 ? files.map((file) => `${file}\n`).join('') : report.text();
  writeResult(io, options.json === true, { ...report.value, files }, text);
}

/** Folders are training runs, files are conformance runs; both in one call mean nothing. */
function isOfFolders(paths: readonly string[]): boolean {
  const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();
  const folder = paths.find(isFolder);
  const file = paths.find((path) => !isFolder(path));
  if (folder === undefined || file === undefined) return folder !== undefined;
  throw wrong('report', `training runs alone or conformance runs alone, ${folder} being a folder of the first`, file);
}

async function reportRuns(paths: readonly string[], options: Options, io: Io): Promise<Report> {
  for (const flag of ['junit', 'badge'] as const) {
    if (options[flag] !== undefined) throw new InvalidInput(`--${flag}: expected a conformance run, got ${paths[0]}`);
  }
  const { reportOfRuns } = await import('../compare/report.ts');
  return reportOfRuns(paths, options.html, createProgress(io, options.quiet === true));
}

async function reportConformance(paths: readonly string[], options: Options, io: Io): Promise<Report> {
  const { reportOfConformance } = await import('../conform/report.ts');
  const color = io.stdout.isTTY === true && !io.environment['NO_COLOR'];
  return reportOfConformance(paths, options, { color, width: io.stdout.columns });
}
