/**
 * The benchmarks as a function: arguments in, exit code out.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import { describe, exitCodeOf } from '../cli/failure.ts';
import { CheckFailed, type Io } from '../cli/io.ts';
import { packageVersion } from '../cli/package.ts';
import { formatSeconds } from '../cli/table.ts';
import { printJson, printResult } from '../src/text/json.ts';
import { compareRuns, formatComparison } from './compare.ts';
import { HELP, readOptions, type BenchOptions } from './options.ts';
import { readRun, SCHEMA_VERSION, type BenchRun, type Row, type SubjectResult } from './result.ts';
import { SUBJECTS } from './subjects.ts';

/** Runs one call of the benchmarks. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const options = readOptions(argv);
    if (options.help) io.stdout.write(HELP);
    else await runBench(options, io);
    return 0;
  } catch (error) {
    io.stderr.write(`bench: ${describe(error)}\n`);
    if (io.environment['DST_DEBUG'] && error instanceof Error) io.stderr.write(`${error.stack ?? ''}\n`);
    return exitCodeOf(error);
  }
}

async function runBench(options: BenchOptions, io: Io): Promise<void> {
  const { quick, huge, kernels, json } = options;
  const earlier = options.compare === null ? null : readRun(options.compare, '--compare');
  const say = (line: string): void => {
    if (!options.quiet) io.stderr.write(`${line}\n`);
  };
  const subjects: SubjectResult[] = [];
  for (const name of options.subjects) {
    const begin = performance.now();
    const subject = await SUBJECTS[name]();
    const result = await subject.measure({ quick, huge, kernels, say: (line) => say(`${name}: ${line}`) });
    subjects.push(result);
    say(`${name}: took ${formatSeconds((performance.now() - begin) / 1000)}`);
    if (!json) io.stdout.write(`\n== ${name}\n\n${subject.print(result)}`);
  }
  const run = describeRun(quick, subjects);
  const path = options.out ?? `runs/bench/${run.date.replaceAll(/[:.]/g, '-')}.json`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${printJson(run, path, 1)}\n`);
  say(`written: ${path}`);
  if (json) io.stdout.write(`${printResult(await toJson(run), 'result')}\n`);
  if (earlier !== null)
    (json ? io.stderr : io.stdout).write(`\n${formatComparison(compareRuns(earlier, run), earlier, run)}`);
  requireSameLoss(subjects);
}

function describeRun(quick: boolean, subjects: readonly SubjectResult[]): BenchRun {
  return {
    schemaVersion: SCHEMA_VERSION,
    date: new Date().toISOString(),
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`,
    node: process.versions.node,
    version: packageVersion(),
    quick,
    subjects: subjects.map((result) => ({ ...result, rows: result.rows.map(withShortTimes) })),
  };
}

/** Six digits are more than any clock here means. */
function withShortTimes(row: Row): Row {
  return { ...row, rounds: row.rounds.map((time) => Number(time.toPrecision(6))) };
}

/** One subject's own fields at the top, or all of them in a list. */
async function toJson({ subjects, ...run }: BenchRun): Promise<Readonly<Record<string, unknown>>> {
  const shown = [];
  for (const result of subjects) {
    const { toJson: own } = await SUBJECTS[result.subject as keyof typeof SUBJECTS]();
    shown.push(own?.(result) ?? result);
  }
  return shown.length === 1 ? { ...run, ...shown[0] } : { ...run, subjects: shown };
}

/** If a peer computes another loss from the same weights, its time is that of something else. */
function requireSameLoss(subjects: readonly SubjectResult[]): void {
  const wrong = subjects.flatMap(({ absent }) => absent.filter(({ why }) => why.startsWith('expected the loss')));
  if (wrong.length > 0) throw new CheckFailed(wrong.map(({ peer, why }) => `${peer}: ${why}`).join('; '));
}
