/**
 * `dst report`: what recorded conformance runs say, as text, one HTML matrix, JUnit XML or a badge.
 *
 * @module
 */
import type { Command } from 'commander';
import { InvalidInput, wrong } from '../../src/errors.ts';
import { readText, writeAtomically } from '../../src/files/atomic.ts';
import type { ConformanceRun } from '../../spec/conform/record.ts';
import { renderBadge } from '../../spec/report/badge.ts';
import { parseJsonLines } from '../../spec/report/jsonLines.ts';
import { renderJunit } from '../../spec/report/junit.ts';
import { renderHtml } from '../../spec/report/page.ts';
import { renderText } from '../../spec/report/text.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';

interface Options extends CommonOptions {
  readonly html?: string;
  readonly junit?: string;
  readonly badge?: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .argument('<runs...>', 'JSON Lines that dst conform --json wrote')
    .option('--html <file>', 'one matrix: implementations against equations')
    .option('--junit <file>', 'JUnit XML of one run')
    .option('--badge <file>', 'JSON of one run, for shields.io')
    .action((paths: readonly string[], options: Options) => run(paths, options, io));
  addExamples(command, [
    ['dst report mine.jsonl', 'a run as text'],
    ['dst report --html matrix.html mine.jsonl theirs.jsonl', 'two implementations side by side'],
    ['dst report --junit mine.xml --badge badge.json mine.jsonl', 'what a continuous integration shows'],
  ]);
}

function run(paths: readonly string[], options: Options, io: Io): void {
  const runs = paths.map((path) => parseJsonLines(readText(path), path));
  const files: string[] = [];
  const write = (path: string | undefined, text: () => string): void => {
    if (path === undefined) return;
    // A report is never written over what it is made from.
    if (paths.includes(path)) throw wrong('report', 'another file than a run', path);
    writeAtomically(path, text());
    files.push(path);
  };
  write(options.html, () => renderHtml(runs));
  write(options.junit, () => renderJunit(only(runs, '--junit')));
  write(options.badge, () => `${JSON.stringify(renderBadge(only(runs, '--badge')))}\n`);
  const facts = runs.map(({ start, end }, i) => ({
    ...{ path: paths[i], name: start.implementation.name, version: start.implementation.version },
    ...{ conforms: end.conforms, paper: end.paper, ruling: end.ruling },
  }));
  const color = io.stdout.isTTY === true && !io.environment['NO_COLOR'];
  const { columns } = io.stdout;
  const text = runs.map((each) => renderText(each, { color, ...(columns === undefined ? {} : { width: columns }) }));
  writeResult(io, options.json === true, { runs: facts, files }, files.length > 0 ? saved(files) : text.join('\n'));
}

function saved(files: readonly string[]): string {
  return files.map((file) => `${file}\n`).join('');
}

function only(runs: readonly ConformanceRun[], flag: string): ConformanceRun {
  if (runs.length !== 1) throw new InvalidInput(`${flag}: expected one run, got ${runs.length}`);
  return runs[0];
}
