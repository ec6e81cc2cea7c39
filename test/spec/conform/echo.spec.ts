/**
 * The wire before the mathematics: a right program behind a bad reader or writer is told what is wrong with that, once.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { smoke } from '../../../spec/conform/smoke.ts';
import { describeFaults, ECHOED } from '../../../spec/conform/echo.ts';
import { FORMATS } from '../../../spec/oracle/formats.ts';
import { Session } from '../../../spec/wire/session.ts';
import { programCommand } from '../wire/processes.ts';

const PATIENCE_MS = 20_000;
let session: Session | undefined;
afterEach(() => session?.abort());

async function smokeOf(name: string, ...args: readonly string[]): Promise<string> {
  session = new Session({
    command: programCommand(name, ...args),
    timeoutMs: PATIENCE_MS,
    startTimeoutMs: PATIENCE_MS,
  });
  const found = await smoke(session);
  return 'message' in found ? `${found.step}: ${found.message}${found.hint ? `\n${found.hint}` : ''}` : 'nothing';
}

const NO_SIGN = 'the wire: your reader or writer loses the sign of zero: sent -0.0, got 0';
const SIX = /^the wire: 6 digits come back: float32 needs 9: sent \S+, got \S+$/;
const TEXT = /^the wire: numbers are sent as strings, .*: sent \S+, got "\S+"/;

describe('a right program', () => {
  it.each<[string, readonly string[], string | RegExp]>([
    ['none', [], 'nothing'],
    ['none', ['echo'], 'nothing'],
    ['none', ['version'], 'nothing'],
    ['reads no sign', [], NO_SIGN],
    ['writes no sign', [], NO_SIGN],
    ['reads no sign', ['echo'], NO_SIGN],
    ['reads no sign', ['echo', 'optimize', 'version'], NO_SIGN],
    ['six digits', [], SIX],
    ['six digits', ['echo'], SIX],
    ['six digits', ['echo', 'project'], SIX],
    ['strings', [], TEXT],
    ['strings', ['echo'], TEXT],
    ['strings', ['echo', 'project', 'version'], TEXT],
    ['bare', [], /^the wire: answer: expected "NaN" in quotes: JSON has no such number, got the bare word NaN/],
    ['nulls', [], /^the wire: what JSON has no number for is lost .*: sent "NaN", got null$/],
    ['drops the end', [], `the wire: expected ${ECHOED} numbers back, got 4096`],
    ['banner', [], /^start: expected one answer to each request, and nothing else, got the line loading weights, /],
  ])('whose wire has the fault "%s", without %j', async (fault, without, message) => {
    expect(await smokeOf('spoiled', fault, ...without)).toMatch(message);
  });
});

it.each([
  ['dtype float64 and float32 numbers', [0.1], [Math.fround(0.1)], FORMATS.float64, /^float32 numbers come back/],
  ['no denormals', [FORMATS.float32.smallest], [0], FORMATS.float32, /^denormals come back as 0/],
  ['six decimals', [Math.fround(0.0123456789)], [0.012346], FORMATS.float32, /^\d digits come back: float32 needs 9/],
  ['another number', [1], [2], FORMATS.float32, /^a number comes back as another one: sent 1, got 2$/],
] as const)('says %s once', (_, sent, got, format, message) => {
  const faults = describeFaults([...sent, ...sent], [...got, ...got], format);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(message);
});

it.each([
  ['answer.thresholds', '{"thresholds":["quantil"]}', 'did you mean "quantile"?'],
  ['answer.ops', '{"ops":["overlap","projct"]}', 'did you mean "project"?'],
  ['answer.distances', '{"distances":["absolut"]}', 'did you mean "absolute"?'],
  ['answer.silos', '{"silos":["per_module"]}', 'did you mean "per-module"?'],
  ['answer.optimizers', '{"optimizers":["adafctor"]}', 'did you mean "adafactor"?'],
  ['answer.dialects', '{"dialects":["t5"]}', 'did you mean "t5x"?'],
  ['answer.counts', '{"version":2,"counts":"cieling"}', 'got "cieling"'],
])('refuses a word that %s does not have, in either version', async (field, said, message) => {
  const told = await smokeOf('says', said);
  expect(told).toMatch(new RegExp(`^start: ${field}: expected one of .*, got "`));
  expect(told).toContain(message);
});
