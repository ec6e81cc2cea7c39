/**
 * With which config a run is made: defaults, then what a sweep recorded beside the seed, then what somebody chose.
 *
 * @module
 */
import { readTrainConfig, TRAIN_DEFAULTS, type TrainConfig } from '../src/train/config.ts';
import { findRate, type Rate, type Rates } from './rates.ts';

/** Fields of a config by their names; nothing is checked yet. */
export type Choice = Readonly<Record<string, unknown>>;

/**
 * The config of a run.
 *
 * @param chosen - what comes before everything else: the method and ε among it say which recorded rate is the run's.
 * @param where - who chose, for errors.
 * @param guess - the learning rate where neither a sweep nor anybody has said one.
 * @throws InvalidInput for a value that a run cannot have.
 */
export function planConfig(
  rates: Rates | null,
  chosen: Choice,
  where: string,
  guess: number = TRAIN_DEFAULTS.learningRate,
): TrainConfig {
  return readTrainConfig({ learningRate: guess, ...recordedFor(rates, chosen), ...chosen }, where);
}

/**
 * What a run with that choice takes from a sweep, as options that say the same: the line that somebody is told. Null where
 * the choice leaves nothing to take.
 *
 * @param path - where the rates were read.
 * @param seedFingerprint - of the run's seed; the rates may have been found on another.
 */
export function describeTaken(
  rates: Rates | null,
  chosen: Choice,
  path: string,
  seedFingerprint: string,
): string | null {
  const isOpen = (name: string): boolean => !(name in chosen);
  const taken = Object.entries(recordedFor(rates, chosen)).filter(([name]) => isOpen(name));
  if (taken.length === 0) return null;
  const options = taken.map(([name, value]) => `--${inKebabCase(name)} ${inWords(value)}`).join(' ');
  const lacksRate = isOpen('learningRate') && !taken.some(([name]) => name === 'learningRate');
  return [
    `${options}, as recorded in ${path}`,
    ...(lacksRate
      ? [`which has no learning rate for this optimizer, dialect, method and ε: it is ${TRAIN_DEFAULTS.learningRate}`]
      : []),
    ...(rates?.seedFingerprint === seedFingerprint ? [] : ['which is of another seed']),
  ].join(', ');
}

/** The recorded config, and the recorded rate where there is one for exactly this optimizer, dialect, method and ε. */
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
  return findRate(rates, run['method'], run['method'] === 'full' ? null : run['epsilon']);
}

/** A config's value as an option takes it. */
function inWords(value: unknown): string {
  return JSON.stringify(value ?? 'none').replaceAll('"', '');
}

function inKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
