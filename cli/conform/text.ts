/**
 * A conformance run as text: what falls short in full, what is known in one line each, and the counts.
 *
 * @module
 */
import { fallsShort } from '../../spec/conform/run.ts';
import { LEVELS, STATES } from '../../spec/conform/record.ts';
import type { CheckRecord, ConformanceRun, Counts } from '../../spec/conform/record.ts';
import { encode } from '../../spec/wire/json.ts';
import { formatTable } from '../table.ts';

export function renderText({ start, checks, end }: ConformanceRun): string {
  const { name, version, language, dtype } = start.implementation;
  const known = checks.filter(
    ({ state, why }) => state === 'expected-failure' || (state === 'skip' && why !== undefined),
  );
  const isVacuous = !checks.some(({ runs }) => runs > 0);
  return [
    `${name} ${version} (${language}, ${dtype}), seed ${start.seed}\n`,
    ...checks.filter(fallsShort).map(explainCheck),
    ...(known.length === 0 ? [] : [known.map(({ state, id, why }) => `${state}: ${id}  # ${why}\n`).join('')]),
    countLevels(checks),
    `paper:  ${countsAsText(end.paper)}\nruling: ${countsAsText(end.ruling)}\n`,
    ...(isVacuous ? ['Nothing was tried: the verdict says nothing.\n'] : []),
    end.conforms ? 'Every check that was tried and not expected to fail holds.\n' : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** One check that falls short, in full. */
function explainCheck({ state, id, equation, kind, claim, accepts, why, stderr, counterexample }: CheckRecord): string {
  const lines: (readonly [string, string | undefined])[] = [
    ['claim', claim],
    ['accepts', accepts],
    ['why', why],
    ['stderr', stderr?.replaceAll('\n', '\n            ')],
  ];
  if (counterexample !== undefined) {
    const { input, tags, at, got, wanted, replay } = counterexample;
    lines.push(['input', encode(input)], ['tags', tags.length === 0 ? undefined : tags.join(', ')], ['at', at]);
    lines.push(['got', asText(got)], ['wanted', asText(wanted)], ['replay', replay]);
  }
  const body = lines.flatMap(([label, text]) => (text === undefined ? [] : [`  ${`${label}:`.padEnd(9)} ${text}\n`]));
  return `${state}: ${id} (${equation}, ${kind})\n${body.join('')}`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : encode(value);
}

function countLevels(checks: readonly CheckRecord[]): string {
  const rows = LEVELS.map((level) => ({ level, all: checks.filter((check) => check.level === level) }))
    .filter(({ all }) => all.length > 0)
    .map(({ level, all }) => {
      const tried = all.filter(({ state }) => state !== 'not-applicable' && state !== 'skip');
      const held = tried.filter(({ state }) => state === 'pass' || state === 'unexpected-pass');
      return [level, `${held.length} of ${tried.length}`, String(all.length - tried.length)];
    });
  return formatTable(
    [{ heading: 'level' }, { heading: 'held', align: 'right' }, { heading: 'not tried', align: 'right' }],
    rows,
  );
}

function countsAsText(counts: Counts): string {
  const named = STATES.filter((state) => counts[state] > 0);
  return named.map((state) => `${counts[state]} ${state}`).join(', ') || 'none';
}
