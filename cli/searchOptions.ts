/**
 * The options of a search for answers.
 *
 * @module
 */
import type { Command } from 'commander';
import { fromZero } from '../src/kinds.ts';
import { LENGTH_PENALTY } from '../src/nn/beam.ts';
import { integerOption, numberOption } from './options.ts';

export interface SearchOptions {
  readonly beams: number;
  readonly lengthPenalty: number;
}

/** Adds --beams and --length-penalty. */
export function addSearchOptions(command: Command): Command {
  return command
    .option('--beams <n>', 'beginnings kept at each step; 1 is greedy', integerOption('--beams', 1), 1)
    .option(
      '--length-penalty <a>',
      'α of the beams’ length penalty, from 0',
      numberOption('--length-penalty', fromZero),
      LENGTH_PENALTY,
    );
}
