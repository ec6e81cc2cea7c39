/**
 * For the specs of a run: what is asked for, with what most of them leave as it is.
 *
 * @module
 */
import { expect } from 'vitest';
import type { ConformanceRun } from '../../../spec/conform/record.ts';
import { runConformance } from '../../../spec/conform/run.ts';
import type { RunRequest } from '../../../spec/conform/run.ts';
import type { Implementation } from '../../../spec/implementation.ts';
import { LAWS } from '../../../spec/laws/all.ts';

/** Long enough for a machine that does much else: nobody waits so long. */
export const PATIENCE_MS = 20_000;

/** A few laws that ask for little. */
export const OVERLAP = LAWS.filter(({ equation }) => equation === 'eq-9');

/** A run of few inputs, with no limit that is met. */
export function requestFor(implementation: Implementation, more: Partial<RunRequest> = {}): RunRequest {
  return {
    implementation,
    laws: OVERLAP,
    skip: new Map(),
    expected: new Map(),
    start: {
      recordVersion: 1,
      protocolVersion: 1,
      kitVersion: '0',
      date: '2026-01-01T00:00:00.000Z',
      implementation: implementation.capabilities,
      command: ['./adapter'],
      runs: 30,
      seed: 1,
      paperOnly: false,
    },
    timeLimitMs: 60_000,
    timeoutMs: PATIENCE_MS,
    signal: new AbortController().signal,
    now: () => performance.now(),
    onRecord: () => undefined,
    ...more,
  };
}

/** The whole run: nobody stops it. */
export async function run(implementation: Implementation, more: Partial<RunRequest> = {}): Promise<ConformanceRun> {
  return (await runConformance(requestFor(implementation, more))) ?? expect.fail('it was stopped');
}
