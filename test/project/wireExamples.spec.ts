/**
 * What the protocol's page and the guide to traps have to have; that it is true is held by their generators (generate.spec.ts).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../cli/package.ts';
import { TRAPS } from '../../scripts/guide/complaints.ts';
import { exchangesOf, includeAnswers, PROTOCOL_PAGE } from '../../scripts/guide/exchanges.ts';
import {
  COUNTS,
  DIALECTS,
  DISTANCE_KINDS,
  METHODS,
  OPERATIONS,
  OPTIMIZERS,
  STRATEGIES,
} from '../../spec/implementation.ts';
import { FORMATS } from '../../spec/oracle/formats.ts';
import { ECHO } from '../../spec/wire/protocol.ts';

const read = (path: string): string => readFileSync(join(packageRoot(), path), 'utf8');
const page = read(PROTOCOL_PAGE);
const answered = exchangesOf(page).filter(({ answer }) => answer.includes('"output":'));

it.each([...OPERATIONS, ECHO])('the protocol has an example of %s', (op) => {
  expect(answered.filter(({ request }) => request.includes(`"op":"${op}"`))).not.toEqual([]);
});

it.each(METHODS)('the protocol has an example of a threshold and of a projection by %s', (method) => {
  const by = answered.filter(({ request }) => request.includes(`"method":"${method}"`)).map(({ request }) => request);
  for (const op of ['threshold', 'project']) expect(by.filter((line) => line.includes(`"op":"${op}"`))).toHaveLength(1);
});

it.each(['"cmd":"start"', '"skip":', '"error":{"kind":"invalid-input"'])(
  'the protocol has an example of %s',
  (part) => {
    expect(exchangesOf(page).filter(({ request, answer }) => `${request}${answer}`.includes(part))).toHaveLength(1);
  },
);

it.each(
  Object.entries({
    ops: [...OPERATIONS, ECHO],
    distances: DISTANCE_KINDS,
    thresholds: METHODS,
    silos: STRATEGIES,
    optimizers: OPTIMIZERS,
    dialects: DIALECTS,
    counts: COUNTS,
    dtype: Object.keys(FORMATS),
  }),
)('the protocol lists the words that start may have for %s', (field, words) => {
  const listed = new RegExp(`\`${field}\`:\\s+((?:\`[^\`]+\`,?\\s*)+)\\.`).exec(page)?.[1] ?? '';
  expect([...listed.matchAll(/`([^`]+)`/g)].map(([, word]) => word).sort()).toEqual([...words].sort());
});

it('an example whose answer has another number is an old one', async () => {
  const wrong = page.replace('"threshold":3.5}', '"threshold":3.25}');
  expect(wrong).not.toBe(page);
  expect(await includeAnswers(wrong)).toBe(page);
});

it('an example without a line for its answer is refused', async () => {
  await expect(includeAnswers('> {"seq":0}\n```')).rejects.toThrow('expected a line that begins with <, got ```');
});

it('there are seven traps, each with a message, a fix in Python and one in another language', () => {
  const traps = read(TRAPS)
    .split(/^## (?=\d)/m)
    .slice(1);
  expect(traps.map((trap) => trap.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.', '5.', '6.', '7.']);
  for (const trap of traps) {
    for (const part of [/<!-- says: /, /^```python$/m, /^```(?:js|c)$/m]) expect(trap).toMatch(part);
  }
});
