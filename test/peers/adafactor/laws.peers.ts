/**
 * Every published AdaFactor under `dst conform`. What it fails is in expected/NAME.txt, with the reason; there is no file for
 * who fails nothing.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isInstalled, missing } from '../../../scripts/peers/environments.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import { call, objectsIn } from '../../cli/call.ts';
import { commandOf, keyOf, LIBRARIES, TIMES } from './libraries.ts';

/** In seconds; what is cut short (12,000 steps of one law, 150 times) is so in the open. */
const LIMIT = 60;

describe.each(LIBRARIES)('the AdaFactor of $name in $environment', (library) => {
  it('holds the laws of its dialect, but for those that are known', async ({ skip, task }) => {
    if (!isInstalled(library.environment)) skip(missing(library.environment));
    const known = fileURLToPath(new URL(`expected/${library.name}.txt`, import.meta.url));
    const words = [
      ...['conform', '--json', '--quiet', '--time-limit', String(LIMIT), '--timeout-ms', String(TIMES.timeoutMs)],
      ...['--start-timeout-ms', String(TIMES.startTimeoutMs), ...(existsSync(known) ? ['--xfail', known] : [])],
    ];
    const { code, stdout, stderr } = await call([...words, '--', ...commandOf(library)]);
    expect(stderr).toBe('');
    expect(code, stdout).toBe(0);
    const records = objectsIn(stdout);
    const inState = (wanted: string): string[] =>
      records.filter(({ type, state }) => type === 'check' && state === wanted).map(({ id }) => String(id));
    const [held, expected] = [inState('pass'), inState('expected-failure')];
    const ofDialect = LAWS.filter(({ needs }) => 'dialect' in needs && needs.dialect === library.dialect);
    expect([...held, ...expected]).toEqual(expect.arrayContaining(ofDialect.map(({ id }) => id)));
    expect(expected.length > 0).toBe(existsSync(known));
    const verdict = records.at(-1)?.['verdict'];
    task.meta.figures = { [keyOf(library)]: { laws: { held: held.length, expected, verdict } } };
  });
});
