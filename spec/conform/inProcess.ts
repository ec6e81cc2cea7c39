/**
 * The laws on an implementation in this process.
 *
 * @module
 */
import { InvalidInput } from '../../src/errors.ts';
import { VERSION } from '../../src/run/version.ts';
import type { Implementation } from '../implementation.ts';
import { LAWS } from '../laws/all.ts';
import type { Law } from '../laws/law.ts';
import { PROTOCOL_VERSION } from '../wire/protocol.ts';
import { RUNS, SEED, TIMEOUT_MS } from './defaults.ts';
import { readKnown } from './known.ts';
import { RECORD_VERSION } from './record.ts';
import type { ConformanceRecord, ConformanceRun } from './record.ts';
import { runConformance } from './run.ts';
import { selectLaws } from './select.ts';
import { shelter } from './shelter.ts';

/** How an implementation is checked; nothing has to be given. */
export interface CheckOptions {
  /** Ids of checks, globs of them, or groups like `eq7`; all by default. */
  readonly checks?: readonly string[];
  /** The paper's checks alone, without what this project decided where the paper is silent. */
  readonly paperOnly?: boolean;
  /** Inputs of a check; a check whose inputs take long tries fewer. From 1, 150 by default. */
  readonly runs?: number;
  /** What the inputs are drawn from, a whole number: the same seed gives the same inputs. */
  readonly seed?: number;
  /** The path of a failing input, to try it alone; it needs one check and the seed of the failure. */
  readonly path?: string;
  /** Checks that are expected to fail, by id, glob or group, each with its reason. One that passes is reported. */
  readonly expected?: Readonly<Record<string, string>>;
  /** Checks that are not run, with their reasons. */
  readonly skip?: Readonly<Record<string, string>>;
  /** Stops the run before its next input. */
  readonly signal?: AbortSignal;
  /** Called with each record as it is made: the start, each check, the end. */
  readonly onRecord?: (record: ConformanceRecord) => void;
}

/**
 * Tries every law that an implementation claims to satisfy, in this process.
 *
 * @param implementation - as {@link implement} makes one. What an operation throws counts as a crash of that check.
 * @returns what came of each check; {@link renderText} and its like put it into words. `end.conforms` says whether all hold.
 * @throws {@link InvalidInput} for options of other kinds, and for a check that is not known.
 * @throws the signal's reason, if the run was stopped.
 *
 * @example
 * ```ts
 * const mine = implement(
 *   { name: 'mine', dtype: 'float64', distances: ['absolute'] },
 *   { distance: ({ seed, candidate }) => ({ output: { distances: candidate.map((x, i) => x - seed[i]) } }) },
 * );
 * const { checks, end } = await checkImplementation(mine, { checks: ['tab1/absolute-is-the-difference'] });
 * end.conforms; // false
 * checks[0].state; // 'fail'
 * ```
 */
export async function checkImplementation(
  implementation: Implementation,
  options: CheckOptions = {},
): Promise<ConformanceRun> {
  const { paperOnly = false, runs = RUNS, seed = SEED, path, signal = new AbortController().signal } = options;
  const laws = chooseLaws(options);
  if (path !== undefined && laws.length !== 1)
    throw new InvalidInput(`path: expected one check to replay, got ${laws.length}`);
  const run = await runConformance({
    implementation: shelter(implementation),
    laws,
    start: {
      recordVersion: RECORD_VERSION,
      protocolVersion: PROTOCOL_VERSION,
      kitVersion: VERSION,
      date: new Date().toISOString(),
      implementation: implementation.capabilities,
      command: [],
      runs,
      seed,
      paperOnly,
      available: LAWS.length,
    },
    ...(path === undefined ? {} : { path }),
    skip: readKnown(options.skip ?? {}, LAWS, 'skip'),
    expected: readKnown(options.expected ?? {}, LAWS, 'expected'),
    timeLimitMs: Infinity,
    timeoutMs: TIMEOUT_MS,
    signal,
    now: () => performance.now(),
    onRecord: options.onRecord ?? ((): void => undefined),
    replay: (failure) =>
      `checkImplementation(implementation, { checks: ['${failure.id}'], seed: ${failure.seed}, path: '${failure.path}' })`,
  });
  if (run !== undefined) return run;
  throw signal.reason;
}

function chooseLaws({ checks, paperOnly }: CheckOptions): readonly Law[] {
  const chosen = checks === undefined ? LAWS : selectLaws(LAWS, checks, 'checks');
  return paperOnly === true ? chosen.filter(({ kind }) => kind === 'paper') : chosen;
}
