/**
 * `dst trace`: what each step did, equation by equation: as text, or with --json one JSON object a line.
 *
 * @module
 */
import type { Command } from 'commander';
import {
  DISTANCES,
  SILO_STRATEGIES,
  THRESHOLD_METHODS,
  type DistanceName,
  type SiloStrategy,
  type ThresholdMethod,
} from '../../src/dst/notation.ts';
import type { TraceEvent } from '../../src/dst/trace.ts';
import { wrong } from '../../src/errors.ts';
import { positive, share } from '../../src/kinds.ts';
import { printResult } from '../../src/text/json.ts';
import type { Io } from '../io.ts';
import {
  addCommonOptions,
  addExamples,
  integerOption,
  nameOption,
  numberOption,
  type CommonOptions,
} from '../options.ts';
import { createProgress } from '../progress.ts';
import { inKebabCase } from '../recorded.ts';
import { traceRun, type TraceOptions } from '../trace/run.ts';
import { traceToy } from '../trace/toy.ts';
import { describeEvent } from '../trace/words.ts';

interface Options extends CommonOptions, TraceOptions {
  readonly run?: string;
  readonly epsilon: number;
  readonly silos: SiloStrategy;
  readonly distance: DistanceName;
  readonly threshold: ThresholdMethod;
  readonly learningRate: number;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .option('--run <folder>', 'the first steps of that run; without it a toy of twelve parameters')
    .option('--steps <n>', 'steps', integerOption('--steps', 1), 2)
    .option('--epsilon <share>', 'the toy’s budget, a share in (0, 1]', numberOption('--epsilon', share), 0.25)
    .option(
      '--silos <strategy>',
      `the toy’s silos: ${SILO_STRATEGIES.join(', ')}`,
      nameOption('--silos', SILO_STRATEGIES),
      'per-module',
    )
    .option(
      '--distance <name>',
      `the toy’s distance: ${DISTANCES.join(', ')}`,
      nameOption('--distance', DISTANCES),
      'inverse-relative',
    )
    .option(
      '--threshold <method>',
      `the toy’s threshold: ${THRESHOLD_METHODS.join(', ')}`,
      nameOption('--threshold', THRESHOLD_METHODS),
      'iterative',
    )
    .option('--learning-rate <r>', 'the toy’s learning rate, above 0', numberOption('--learning-rate', positive), 0.5)
    .option('--seed <folder>', 'where the seed of the run is now, if it was moved')
    .option('--task <folder>', 'where its data are now, if they were moved')
    .option('--data <folder>', 'the same, if its task is a pair of languages')
    .option('--accept-data', 'trace it also on data that are no longer its own')
    .action((options: Options, self: Command) => run(options, self, io));
  addExamples(command, [
    ['dst trace', 'two steps of the toy, equation by equation'],
    ['dst trace --json', 'the same as JSON Lines: one event a line'],
    ['dst trace --threshold select --epsilon 0.5', 'with exact thresholds and half of the parameters'],
    ['dst trace --run runs/latest --steps 1', 'the first step of a real run (long lists are cut)'],
  ]);
}

async function run(options: Options, self: Command, io: Io): Promise<void> {
  const write = (event: TraceEvent): void =>
    void io.stdout.write(options.json === true ? `${printResult(event, 'event')}\n` : describeEvent(event));
  if (options.run !== undefined)
    return traceRun(options.run, options, self, write, io.signal, createProgress(io, options.quiet === true));
  for (const flag of ['seed', 'task', 'data', 'acceptData'])
    if (self.getOptionValueSource(flag) === 'cli')
      throw wrong(`--${inKebabCase(flag)}`, '--run, whose it is', 'the toy');
  traceToy(options, write);
}
