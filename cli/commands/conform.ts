/**
 * `dst conform`: puts any program that speaks the conformance protocol to the laws.
 *
 * @module
 */
import type { Command } from 'commander';
import { InvalidInput, Unavailable, wrong } from '../../src/errors.ts';
import { fromZero } from '../../src/kinds.ts';
import { RUNS, SEED, TIMEOUT_MS } from '../../spec/conform/defaults.ts';
import type { SmokeFailure } from '../../spec/conform/smoke.ts';
import { LEVELS } from '../../spec/conform/record.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { IN_FLIGHT } from '../../spec/wire/session.ts';
import { listAsJson, listAsText } from '../conform/list.ts';
import { chooseLaws, readKnown, requireWritableOutputs } from '../conform/options.ts';
import type { ConformOptions } from '../conform/options.ts';
import { initAdapter } from '../conform/init.ts';
import { checkAdapter } from '../conform/adapterCheck.ts';
import { judge } from '../conform/judge.ts';
import { LANGUAGES } from '../conform/languages.ts';
import { describeCall } from '../hint.ts';
import { verdictOf } from '../../spec/report/tally.ts';
import { CheckFailed } from '../io.ts';
import type { Io } from '../io.ts';
import { addExamples, integerOption, numberOption } from '../options.ts';
import { writeResult } from '../output.ts';

export function define(command: Command, io: Io): void {
  command
    .argument('[program...]', 'after --, the program under test and its arguments; no shell reads them')
    .option('--checks <ids...>', 'only these checks: ids, globs (eq7/*, **/ties-*) or groups (eq7)')
    .option('--level <names...>', `only the checks of these levels: ${LEVELS.join(', ')}`)
    .option('--paper-only', 'only what the equations say, without this project’s rulings')
    .option('--list', 'list the checks and end')
    .option(
      '--init <language>',
      `write an adapter to start from into the folder that follows, or this one: ${LANGUAGES.map(({ name }) => name).join(', ')}`,
    )
    .option('--runs <n>', 'inputs a check; heavy checks try fewer', integerOption('--runs', 1), RUNS)
    .option(
      '--time-limit <seconds>',
      'for the whole run; each check tries one input at least',
      numberOption('--time-limit', fromZero),
      60,
    )
    .option('--seed <n>', 'what the inputs are drawn from', seedOption, SEED)
    .option('--jobs <n>', 'how often the program is started; the checks are shared out', integerOption('--jobs', 1), 1)
    .option(
      '--in-flight <n>',
      'the most requests that are sent before their answers have come; 1 waits for each',
      integerOption('--in-flight', 1),
      IN_FLIGHT,
    )
    .option('--path <p>', 'replay one input of one check, as a failure names it')
    .option('--timeout-ms <n>', 'the longest that an answer may take', integerOption('--timeout-ms', 1), TIMEOUT_MS)
    .option(
      '--start-timeout-ms <n>',
      'the same for the answer to start',
      integerOption('--start-timeout-ms', 1),
      30_000,
    )
    .option('--skip <file>', 'checks that are not run: id or glob, #, reason on each line')
    .option('--xfail <file>', 'checks that are expected to fail, in the same form; one that passes fails the run')
    .option('--write-xfail <file>', 'write today’s failures as such a file')
    .option('--json [file]', 'records as JSON Lines, on stdout without a file')
    .option('--junit <file>', 'a report as JUnit XML')
    .option('--html <file>', 'a report as one page')
    .option('--badge <file>', 'a badge as JSON, in the form of shields.io endpoints')
    .option('--vectors <folder>', 'ask the golden vectors in that folder instead of inputs of chance')
    .option('--save <file>', 'add the failing inputs to that file of golden vectors')
    .option('--transcript <file>', 'write what went over the wire: > a question, < its answer')
    .option('--fail-fast', 'the first check that falls short ends the run')
    .option('--adapter-check', 'only whether the program speaks the protocol, and numbers come through: two seconds')
    .option('--quiet', 'no progress on stderr')
    .helpOption('-h, --help', 'print this help')
    .action((program: string[], options: ConformOptions) => run(program, options, io));
  addExamples(command, [
    ['dst conform -- python3 adapter.py', 'every check that the program’s claims call for'],
    ['dst conform --checks eq7 alg2 --runs 1000 -- ./adapter', 'two groups of checks, thoroughly'],
    ['dst conform --paper-only --junit report.xml --html report.html -- ./adapter', 'the paper alone, with reports'],
    ['dst conform --xfail known.txt --quiet -- ./adapter', 'in CI: known failures do not fail the run'],
    ['dst conform --adapter-check -- ./adapter', 'the wire alone, while you write the adapter'],
    ['dst conform --list', 'the ids of the checks'],
    ['dst conform --init python conformance', 'an adapter in plain Python, to begin with'],
  ]);
}

function seedOption(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new InvalidInput(`--seed: expected a whole number, got "${value}"`);
  return Number(value);
}

async function run(program: readonly string[], options: ConformOptions, io: Io): Promise<void> {
  if (options.init !== undefined) {
    const [folder = '.', ...more] = program;
    if (more.length > 0) throw wrong('--init', 'one folder', program.join(' '));
    initAdapter(options.init, folder, io, options.json !== undefined);
    return;
  }
  const laws = chooseLaws(LAWS, options);
  if (options.list === true) {
    writeResult(io, options.json !== undefined, { checks: listAsJson(laws) }, listAsText(laws));
    return;
  }
  if (program.length === 0)
    throw new InvalidInput(
      `conform: expected -- PROGRAM ARGS…, got no program; see ${describeCall(io, ['conform', '--help'])}`,
    );
  requireWritableOutputs(options);
  const skip = readKnown('--skip', options.skip, LAWS);
  const expected = readKnown('--xfail', options.xfail, LAWS);
  if (options.adapterCheck === true) {
    const spoken = await checkAdapter(program, options, io);
    if ('message' in spoken) throw unavailable(spoken);
    const { claims, version } = spoken;
    const { name, operations, dtype } = claims;
    const text = `${name} (${dtype}) speaks protocol ${version}: ${operations.join(', ')}\n`;
    writeResult(io, options.json !== undefined, { protocolVersion: version, implementation: claims }, text);
    return;
  }
  const outcome = await judge({ laws, program, options, skip, expected, io });
  if ('message' in outcome) throw unavailable(outcome);
  if (verdictOf(outcome) === 'nothing tried') throw new CheckFailed('conform: no check was tried');
  if (!outcome.end.conforms) throw new CheckFailed('conform: the program falls short of its claims');
}

function unavailable({ step, message, hint, stderr }: SmokeFailure): Unavailable {
  const said = stderr === '' ? '' : `\nThe last that it wrote to standard error:\n${indent(stderr)}`;
  return new Unavailable(`smoke check, ${step}: ${message}${hint === undefined ? '' : `\n${hint}`}${said}`);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
