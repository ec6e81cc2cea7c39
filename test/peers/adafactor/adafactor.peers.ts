import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, missing } from '../../../scripts/peers/environments.ts';
import type { Connection } from '../../../spec/wire/connect.ts';
import { measure, ROUNDING } from './agreement.ts';
import { findOutside, isInBfloat16 } from './brackets.ts';
import { findEnds, LARGEST_SQUARED } from './ends.ts';
import { keyOf, LIBRARIES, nameOf, open } from './libraries.ts';
import { OURS } from './ours.ts';
import { problemsOf } from './problems.ts';
import { AS_T5X, compareWithT5x, countFirstDistances, moveAsT5x } from './subset.ts';

/** From which power of ten on a row without a gradient makes the others NaN; the others of PyTorch and mlx: 8. */
const NAN_FROM: Readonly<Record<string, number>> = { optax: 5, keras: 5, torch: 19 };

describe.each(LIBRARIES)('the AdaFactor of $name in $environment', (library) => {
  const { name, dialect, environment } = library;
  let connection: Connection | undefined;
  beforeAll(async () => {
    if (isInstalled(environment)) connection = await open(library);
  });
  afterAll(() => connection?.close());

  it('is its dialect, over shapes, options and steps', async ({ skip, task }) => {
    if (connection === undefined) return skip(missing(environment));
    const { implementation } = connection;
    const problems = problemsOf(dialect);
    const agreement = await measure(implementation, problems);
    expect(agreement.cases).toBeGreaterThan(100);
    if (isInBfloat16(dialect)) expect(await findOutside(implementation, problems)).toEqual([]);
    else expect(agreement.worst).toBeLessThan(ROUNDING);
    const program = nameOf(library, implementation.capabilities.version);
    task.meta.figures = { [keyOf(library)]: { program, dialect, agreement } };
  });

  it('gives NaN at the ends of float32 where it is known to', async ({ skip, task }) => {
    if (connection === undefined) return skip(missing(environment));
    const theirs = await findEnds(connection.implementation, dialect);
    const ours = await findEnds(OURS, dialect);
    for (const [{ outcome, to }] of Object.values(ours)) expect([outcome, to]).toEqual(['a step', LARGEST_SQUARED]);
    expect(theirs['a matrix, one row 0'].find(({ outcome }) => outcome === 'NaN')?.from).toBe(NAN_FROM[name] ?? 8);
    task.meta.figures = { [keyOf(library)]: { ends: { theirs, ours } } };
  });

  it('gives t5x’s updates and subset with the settings of the guide', async ({ skip, task }) => {
    if (connection === undefined) return skip(missing(environment));
    const { implementation } = connection;
    const { worst } = await compareWithT5x(implementation, dialect, AS_T5X[name]);
    expect(worst).toBeLessThan(ROUNDING);
    const { overlap } = await moveAsT5x(implementation, dialect, AS_T5X[name]);
    expect(overlap).toBeGreaterThan(0.99);
    const subset = {
      worst,
      overlap,
      atDefaults: await moveAsT5x(implementation, dialect, { theirs: {}, t5x: {} }),
      firstDistances: await countFirstDistances(implementation, dialect),
    };
    task.meta.figures = { [keyOf(library)]: { subset } };
  });
});
