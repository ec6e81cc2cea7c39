/**
 * Runs for the tests of the reports: one that conforms, and one with every state there is and hostile words in it.
 *
 * @module
 */
import { RECORD_VERSION, STATES } from '../../../spec/conform/record.ts';
import type { CheckRecord, ConformanceRun, Counts, Level, State } from '../../../spec/conform/record.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import type { Law, LawKind } from '../../../spec/laws/law.ts';
import { createReference } from '../../../spec/vectors/vectorOf.ts';

const LEVEL_OF: Readonly<Record<Law['operation'], Level>> = {
  silos: 'core',
  distance: 'core',
  project: 'core',
  overlap: 'core',
  threshold: 'thresholds',
  optimize: 'optimizer',
  train: 'trajectory',
};

/** What a foreign program may write: markup, an escape, a bell, half of a pair, a quote. */
export const HOSTILE = '<b>&"\'\u001b[2J\u0007\ud800]]>\nnext line';

function checkOf(law: Law, state: State): CheckRecord {
  const { id, equation, claim, kind, accepts } = law;
  const level = law.needs.method === 'iterative' ? 'bisection' : LEVEL_OF[law.operation];
  const counterexample = {
    input: { seed: [1, -0, '-Infinity'], candidate: [2, 0, 1], epsilon: 0.5 },
    tags: ['tie', 'negative-zero'] as const,
    at: 'element 0',
    got: 1,
    wanted: '2 (the candidate)',
    seed: 24,
    path: '3:1:0',
    replay: `dst conform --checks ${id} --seed 24 --path 3:1:0 -- python3 adapter.py`,
  };
  return {
    type: 'check',
    id,
    equation,
    claim,
    kind,
    accepts,
    level,
    state,
    runs: 100,
    milliseconds: 12.5,
    ...(state === 'fail' ? { counterexample } : {}),
    ...(state === 'crash' || state === 'timeout' ? { why: `the program ended: ${HOSTILE}`, stderr: HOSTILE } : {}),
    ...(state === 'expected-failure' || state === 'unexpected-pass' ? { why: 'issue 12' } : {}),
    ...(state === 'skip' || state === 'not-applicable' ? { why: 'does not claim adafactor' } : {}),
  };
}

function countsOf(checks: readonly CheckRecord[], kind: LawKind): Counts {
  const count = (state: State): number => checks.filter((check) => check.kind === kind && check.state === state).length;
  const counts = STATES.map((state): [State, number] => [state, count(state)]);
  const { pass = 0, fail = 0, skip = 0, timeout = 0, crash = 0, ...rest } = Object.fromEntries(counts);
  return {
    pass,
    fail,
    skip,
    timeout,
    crash,
    'expected-failure': rest['expected-failure'],
    'unexpected-pass': rest['unexpected-pass'],
    'not-applicable': rest['not-applicable'],
  };
}

/** A run in which the laws come out as `stateOf` says. */
export function sampleRun(stateOf: (index: number) => State, name: string): ConformanceRun {
  const { capabilities } = createReference('float32');
  const checks = LAWS.map((law, i) => checkOf(law, stateOf(i)));
  return {
    start: {
      type: 'start',
      recordVersion: RECORD_VERSION,
      protocolVersion: 1,
      kitVersion: '0.1.0',
      date: '2026-11-24T09:00:00.123Z',
      command: ['python3', 'adapter.py'],
      runs: 150,
      seed: 24,
      implementation: { ...capabilities, name },
      paperOnly: false,
      checks: checks.length,
    },
    checks,
    end: {
      type: 'end',
      paper: countsOf(checks, 'paper'),
      ruling: countsOf(checks, 'ruling'),
      milliseconds: 4321,
      conforms: checks.every(({ state }) => !['fail', 'crash', 'timeout', 'unexpected-pass'].includes(state)),
    },
  };
}

export const CONFORMING = sampleRun(() => 'pass', 'right-dst');
/** Every state, most of them once in a while. */
export const BROKEN = sampleRun((i) => (i % 3 === 0 ? STATES[(i / 3) % STATES.length] : 'pass'), `dst ${HOSTILE}`);
