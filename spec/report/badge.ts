/**
 * A badge as shields.io draws it from an endpoint: https://shields.io/badges/endpoint-badge.
 *
 * @module
 */
import { LEVELS } from '../conform/record.ts';
import type { ConformanceRun, Level } from '../conform/record.ts';
import { fallsShort, shareOf, verdictOf, whyPartial } from './tally.ts';

export interface Badge {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: 'brightgreen' | 'yellow' | 'orange';
  readonly isError: boolean;
}

/**
 * The highest level that is reached with all those below it, and how many of their checks hold: "DST bisection: 58/58,
 * kit 0.1.0". If not even the core is, the core's counts.
 */
export function renderBadge(run: ConformanceRun): Badge {
  const reached = levelReached(run);
  const upTo = LEVELS.slice(0, LEVELS.indexOf(reached ?? 'core') + 1);
  const { held, of } = shareOf(run.checks.filter(({ level }) => upTo.includes(level)));
  const verdict = verdictOf(run);
  const isPartial = verdict !== 'nothing tried' && whyPartial(run).length > 0;
  const words = verdict === 'nothing tried' ? verdict : `${isPartial ? 'holds so far, ' : ''}${held}/${of}`;
  return {
    schemaVersion: 1,
    label: `DST ${reached ?? 'core'}`,
    message: `${reached === undefined && isPartial ? `${held}/${of}` : words}, kit ${run.start.kitVersion}`,
    color: reached === undefined ? 'orange' : isPartial ? 'yellow' : 'brightgreen',
    isError: reached === undefined,
  };
}

/** A level is reached where something of it was tried, and nothing of it falls short or is expected to. */
export function levelReached({ checks }: ConformanceRun): Level | undefined {
  const missed = LEVELS.findIndex((level) => {
    const own = checks.filter((check) => check.level === level);
    return shareOf(own).of === 0 || own.some(({ state }) => fallsShort(state) || state === 'expected-failure');
  });
  return missed < 0 ? LEVELS[LEVELS.length - 1] : LEVELS[missed - 1];
}
