/**
 * With which config a run is made: defaults, then what a sweep recorded, then what somebody chose.
 *
 * @module
 */
import { readTrainConfig, TRAIN_DEFAULTS, type TrainConfig } from '../src/train/config.ts';
import { printResult } from '../src/text/json.ts';
import { epsilonOf } from '../src/train/methods.ts';
import { METHOD_NAMES } from '../src/train/names.ts';
import { findRate, type Rate, type Rates, type Recorded } from './rates.ts';

/** Fields of a config by their names; nothing is checked yet. */
export type Choice = Readonly<Record<string, unknown>>;

/**
 * The config of a run. Its learning rate is recorded only if the sweep was of this seed and these data; that of
 * another is a guess.
 *
 * @param chosen - what comes before everything else: the method and ε among it say which recorded rate is the run's.
 * @param where - who chose, for errors.
 * @throws InvalidInput for a value that a run cannot have.
 */
export function planConfig(recorded: Recorded | null, chosen: Choice, where: string): TrainConfig {
  const learningRateFrom = recorded?.differs.length === 0 ? 'recorded' : 'guess';
  const taken = recordedFor(recorded?.rates ?? null, chosen);
  const origin = 'learningRate' in taken && !('learningRate' in chosen) ? { learningRateFrom } : {};
  return readTrainConfig({ ...taken, ...chosen, ...origin }, where);
}

/**
 * What a run with that choice takes from a sweep, as options that say the same: the line that somebody is told. Null if
 * the choice leaves nothing to take.
 */
export function describeTaken({ path, rates, differs }: Recorded, chosen: Choice): string | null {
  const taken = Object.entries(recordedFor(rates, chosen)).filter(([name]) => !(name in chosen));
  if (taken.length === 0) return null;
  const options = taken.map(([name, value]) => `--${inKebabCase(name)} ${inWords(value)}`).join(' ');
  return [
    `${options}, as recorded in ${path}`,
    ...(differs.length === 0 ? [] : [`which is of ${differs.join(' and ')}: its rates are guesses here`]),
  ].join(', ');
}

/**
 * What somebody must know of a learning rate that no sweep found for this method, this ε, this seed and these data. Null
 * where it is no guess.
 *
 * @param others - files of rates beside the seed that are of other data.
 */
export function describeGuess(
  config: TrainConfig,
  recorded: Recorded | null,
  others: readonly string[],
): string | null {
  const { learningRate, learningRateFrom, optimizer, dialect, method } = config;
  if (learningRateFrom !== 'guess') return null;
  const epsilon = epsilonOf(config);
  const what = epsilon === null ? method : `${method}, ε = ${epsilon}`;
  const how = optimizer === 'adafactor' ? `${optimizer} of ${dialect}` : optimizer;
  const beside =
    recorded === null && others.length > 0 ? `; beside the seed is ${others.join(', ')}, of other data` : '';
  return `--learning-rate ${learningRate} is a guess: no sweep on record has found one for ${what}, ${how}, this seed and these data${beside}`;
}

/** The recorded config, and the recorded rate if there is one for exactly this optimizer, dialect, method and ε. */
function recordedFor(rates: Rates | null, chosen: Choice): Choice {
  const rate = rateFor(rates, chosen);
  return { ...rates?.config, ...(rate === undefined ? {} : { learningRate: rate.learningRate }) };
}

function rateFor(rates: Rates | null, chosen: Choice): Rate | undefined {
  const swept: Choice = { ...TRAIN_DEFAULTS, ...rates?.config };
  const run: Choice = { ...swept, ...chosen };
  // Dialects scale a step differently, so that a rate of one says nothing of another.
  const isSwept = (name: string): boolean => run[name] === swept[name];
  if (!isSwept('optimizer') || (run['optimizer'] === 'adafactor' && !isSwept('dialect'))) return undefined;
  const method = METHOD_NAMES.find((name) => name === run['method']);
  if (method === undefined) return undefined;
  return findRate(rates, method, epsilonOf({ method, epsilon: run['epsilon'] }));
}

/** A config's value as an option takes it. */
export function inWords(value: unknown): string {
  return printResult(value ?? 'none', 'option').replaceAll('"', '');
}

/** learningRate → learning-rate */
export function inKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
