/**
 * `dst trace`: what each step did, equation by equation: as text, or with --json one JSON object a line.
 *
 * @module
 */
import type { Command } from 'commander';
import { DISTANCES, SILO_STRATEGIES, THRESHOLD_METHODS } from '../../src/dst/notation.ts';
import type { TraceEvent } from '../../src/dst/trace.ts';
import { oneOf } from '../../src/kinds.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, numberOption, type CommonOptions } from '../options.ts';
import { traceRun } from '../trace/run.ts';
import { traceToy } from '../trace/toy.ts';
import { describeEvent } from '../trace/words.ts';

interface Options extends CommonOptions {
  readonly run?: string;
  readonly steps: number;
  readonly epsilon: number;
  readonly silos: string;
  readonly distance: string;
  readonly threshold: string;
  readonly learningRate: number;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(command)
    .option('--run <folder>', 'the first steps of that run; without it a toy of twelve parameters')
    .option('--steps <n>', 'steps', integerOption('--steps', 1), 2)
    .option('--epsilon <share>', 'the toy’s budget', numberOption('--epsilon'), 0.25)
    .option('--silos <strategy>', `the toy’s silos: ${SILO_STRATEGIES.join(', ')}`, 'per-module')
    .option('--distance <name>', `the toy’s distance: ${DISTANCES.join(', ')}`, 'inverse-relative')
    .option('--threshold <method>', `the toy’s threshold: ${THRESHOLD_METHODS.join(', ')}`, 'iterative')
    .option('--learning-rate <r>', 'the toy’s learning rate', numberOption('--learning-rate'), 0.5)
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst trace', 'two steps of the toy, equation by equation'],
    ['dst trace --json', 'the same as JSON Lines: one event a line'],
    ['dst trace --threshold select --epsilon 0.5', 'with exact thresholds and half of the parameters'],
    ['dst trace --run runs/latest --steps 1', 'the first step of a real run (long lists are cut)'],
  ]);
}

async function run(options: Options, io: Io): Promise<void> {
  const write = (event: TraceEvent): void =>
    void io.stdout.write(options.json === true ? `${JSON.stringify(event)}\n` : describeEvent(event));
  if (options.run !== undefined) return traceRun(options.run, options.steps, write, io.signal);
  const toy = {
    ...options,
    silos: oneOf(SILO_STRATEGIES)(options.silos, '--silos'),
    distance: oneOf(DISTANCES)(options.distance, '--distance'),
    threshold: oneOf(THRESHOLD_METHODS)(options.threshold, '--threshold'),
  };
  traceToy(toy, write);
}
