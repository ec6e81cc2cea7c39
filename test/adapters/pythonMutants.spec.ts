/**
 * Whoever makes a mistake in Python is told its equation: each mutant of the plain Python adapter fails the check that it
 * names. A test run tries the usual ones, a deep run (npm run test:deep) all of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../cli/conform/languages.ts';
import { packageRoot } from '../../cli/package.ts';
import { checkLaw } from '../../spec/check.ts';
import { findLaw } from '../../spec/laws/all.ts';
import { isDeep, runSeed } from '../run/runs.ts';
import { toCapabilities } from '../../spec/wire/protocol.ts';
import { createRemote } from '../../spec/wire/remote.ts';
import { mutate, PYTHON_MUTANTS } from '../../scripts/guide/pythonMutants.ts';
import type { PythonMutant } from '../../scripts/guide/pythonMutants.ts';
import { inFolder, openSession, prepare } from './start.ts';

/** What `dst conform` takes where --runs is not given: what catches a mutant here catches it there. */
const USUAL_RUNS = 150;

const source = readFileSync(join(packageRoot(), 'adapters', 'python', 'dst.py'), 'utf8');

/** The adapter with the mutant in it, put to the law that the mutant names. */
async function stateOf(mutant: PythonMutant, command: readonly string[], folder: string): Promise<string> {
  const law = findLaw(mutant.caughtBy);
  if (law === undefined) return `no law is called ${mutant.caughtBy}`;
  writeFileSync(join(folder, 'dst.py'), mutate(source, mutant));
  const session = openSession(command);
  try {
    const implementation = createRemote(session, toCapabilities(await session.start()));
    return (await checkLaw(law, implementation, { runs: USUAL_RUNS, seed: runSeed(), shrinks: false })).state;
  } finally {
    await session.stop();
  }
}

describe('a mutant of the Python adapter fails the check of its equation', () => {
  const [python] = LANGUAGES.filter(({ name }) => name === 'python');

  it.for(PYTHON_MUTANTS.filter(({ isUsual }) => isDeep() || isUsual))('$name', (mutant, { skip }) =>
    inFolder(async (folder) => {
      const prepared = prepare(python, folder);
      if ('missing' in prepared) return skip(prepared.missing);
      expect({ law: mutant.caughtBy, state: await stateOf(mutant, prepared.command, folder) }).toEqual({
        law: mutant.caughtBy,
        state: 'fail',
      });
    }),
  );

  it.each(PYTHON_MUTANTS)('$name: its line stands in the source', (mutant) => {
    expect(mutate(source, mutant)).not.toBe(source);
    expect(findLaw(mutant.caughtBy)?.id).toBe(mutant.caughtBy);
  });
});
