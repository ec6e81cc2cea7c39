/**
 * The adapters to start from: each is whole, and passes every law. Those for libraries run where the library is there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../cli/conform/languages.ts';
import { packageRoot } from '../../cli/package.ts';
import { checkLaw, explain } from '../../spec/check.ts';
import { smoke } from '../../spec/conform/smoke.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { runs, runSeed } from '../run/runs.ts';
import { createRemote } from '../../spec/wire/remote.ts';
import { isClaimed } from './claims.ts';
import { inFolder, OF_PEERS, openSession, prepare } from './start.ts';

/** Each input is a conversation with a process. */
const WEIGHT = 10;

async function findFault(command: readonly string[]): Promise<string | undefined> {
  const session = openSession(command);
  try {
    const capabilities = await smoke(session);
    if ('message' in capabilities) return `smoke check, ${capabilities.step}: ${capabilities.message}`;
    const implementation = createRemote(session, capabilities);
    for (const law of LAWS) {
      const verdict = await checkLaw(law, implementation, { runs: runs(15, WEIGHT), seed: runSeed() });
      if (verdict.state === 'fail') return explain(law, implementation, verdict);
      if (verdict.state !== 'pass' && isClaimed(law)) return `${law.id}: ${verdict.state}: ${verdict.why}`;
    }
    return undefined;
  } finally {
    await session.stop();
  }
}

describe('an adapter passes every law', () => {
  it.for(LANGUAGES.filter(({ name }) => !OF_PEERS.includes(name)))(
    '$name',
    { timeout: 3_600_000 },
    (language, { skip }) =>
      inFolder(async (folder) => {
        const prepared = prepare(language, folder);
        if ('missing' in prepared) return skip(prepared.missing);
        expect(await findFault(prepared.command)).toBeUndefined();
      }),
  );
});

describe('an adapter can be read beside the paper', () => {
  const read = (folder: string, file: string | undefined): string =>
    readFileSync(join(packageRoot(), 'adapters', folder, file ?? ''), 'utf8');

  it.each(LANGUAGES)('$name names every equation and both algorithms', ({ folder, files }) => {
    const source = read(folder, files.at(-1));
    const anchors = [
      'Eq. 3',
      'Eq. 5',
      'Table 1',
      'Eq. 6',
      'Eq. 7',
      'Eq. 4',
      'Eq. 8',
      'Eq. 9',
      'Algorithm 1',
      'Algorithm 2',
    ];
    expect(anchors.filter((anchor) => !source.includes(anchor))).toEqual([]);
  });

  it('answers the protocol in under a hundred lines, and has the paper in 250 at most, where they are files', () => {
    const code = (folder: string, file: string | undefined): readonly string[] =>
      read(folder, file)
        .split('\n')
        .filter((line) => line.trim() !== '' && !/^\s*(#|\/\/|\/\*)/.test(line));
    for (const { folder, files } of LANGUAGES.filter(({ name }) => name !== 'c')) {
      expect(code(folder, files[0]).length, folder).toBeLessThan(100);
      expect(code(folder, files.at(-1)).length, folder).toBeLessThanOrEqual(250);
    }
  });

  it('is the same in every Python adapter but for the lines that say what it is for', () => {
    const tail = (folder: string): string => read(folder, 'adapter.py').split('# ---- From here on')[1] ?? folder;
    const python = LANGUAGES.filter(({ files }) => files.includes('adapter.py'));
    expect(python).toHaveLength(4);
    for (const { folder } of python) expect(tail(folder), folder).toBe(tail('python'));
  });
});
