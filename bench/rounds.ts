/**
 * Interleaved rounds: each contestant does one round before any does its next, and only one works at a time. What slows
 * the machine for a while then slows all of them, and ratios stay.
 *
 * @module
 */
import { Unavailable } from '../src/errors.ts';
import type { Contestant, RoundOptions } from './contestant.ts';
import type { Absent, Row } from './result.ts';

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  readonly round: RoundOptions;
}

/** What all rows of a case say. */
export type About = Omit<Row, 'peer' | 'threads' | 'rounds'>;

/** A contestant and the case at which it competes. */
export interface Placed {
  readonly about: About;
  readonly contestant: Contestant;
}

/** What an interleaving measured. */
export interface Measured {
  readonly rows: Row[];
  readonly absent: Absent[];
}

/** The rows of one case: {@link interleaveAcross} if all do the same. */
export function interleave(contestants: readonly Contestant[], effort: Effort, about: About): Promise<Measured> {
  return interleaveAcross(
    contestants.map((contestant) => ({ about, contestant })),
    effort,
  );
}

/**
 * The rows of several cases, whose ratios matter as well. A first round of each, which compiles and warms, is not counted.
 * Every other round goes the other way round, so that nobody always works in the wake of the same one. A peer that fails
 * is absent.
 */
export async function interleaveAcross(placed: readonly Placed[], { rounds, round }: Effort): Promise<Measured> {
  const absent: Absent[] = [];
  const runners = placed.map((one) => ({ ...one, times: [] as number[], isIn: true }));
  const run = async (runner: (typeof runners)[number], options: RoundOptions): Promise<void> => {
    if (!runner.isIn) return;
    const { peer, threads } = runner.contestant;
    try {
      runner.times.push(await runner.contestant.round(options));
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      runner.isIn = false;
      absent.push({ peer, threads, case: runner.about.case, why: error.message });
    }
  };
  for (const runner of runners) {
    await run(runner, { milliseconds: round.milliseconds / 2, least: 1 });
    runner.times.length = 0;
  }
  for (let r = 0; r < rounds; r++) {
    for (const runner of r % 2 === 0 ? runners : runners.toReversed()) await run(runner, round);
  }
  const rows = runners
    .filter(({ isIn }) => isIn)
    .map(({ about, contestant: { peer, threads, flops }, times }): Row => {
      return { ...about, ...(flops === undefined ? {} : { flops }), peer, threads, rounds: times };
    });
  return { rows, absent };
}
