/**
 * Outputs that cannot be written, or hold something already: refused before the work, and left as they are.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../src/train/fixture.ts';
import { call, expectRefusal } from './call.ts';
import { createTrainedWorld } from './trainedWorld.ts';

let world: World;
let configPath: string;
let subset: string;
beforeAll(async () => {
  ({ world, configPath, subset } = await createTrainedWorld());
}, 60_000);
afterAll(() => world.remove());

describe('an output that cannot be written', () => {
  it.each(['--json', '--junit', '--html', '--badge', '--write-xfail', '--save'])(
    'of conform %s is refused before the program is started',
    async (flag) => {
      const below = join(configPath, 'below');
      const called = await call(['conform', flag, below, '--quiet', '--', 'no-such-program']);
      expectRefusal(called, 3, `dst: ${below}: expected a file that can be written, got `);
    },
  );

  it('of report is refused before the runs are read', async () => {
    const below = join(configPath, 'below');
    const called = await call(['report', world.root, '--quiet', '--html', below]);
    expectRefusal(called, 3, `dst: ${below}: expected a file that can be written, got `);
  });

  it('below a file: 3, and the system’s word', async () => {
    const out = join(configPath, 'below');
    const called = await call(['train', '--config', configPath, '--out', out, '--no-latest', '--quiet']);
    expectRefusal(called, 3, /expected to make a folder, got .*\((ENOTDIR|EEXIST)\)/);
  });

  it('a folder that holds something: 2, and it is left as it is', async () => {
    const before = readdirSync(world.root);
    const called = await call(['train', '--config', configPath, '--out', world.root, '--no-latest', '--quiet']);
    expectRefusal(called, 2, '--out: expected a new or an empty folder (or --resume)');
    expect(readdirSync(world.root)).toEqual(before);
  });

  it('a file, or a folder that holds something, as --out is refused before anything is made', async () => {
    const file = join(world.root, 'a-file');
    writeFileSync(file, '');
    for (const out of [file, world.task]) {
      for (const words of [
        ['apply', subset],
        ['revert', subset, '--model', world.seed],
        ['train', '--config', configPath],
        ['demo', '--model', world.seed, '--task', world.task],
      ]) {
        const { code, stderr } = await call([...words, '--quiet', '--out', out]);
        expect([code, stderr]).toEqual([2, expect.stringContaining(`--out: expected a new or an empty folder`)]);
      }
      expectRefusal(
        await call(['vectors', '--out', out]),
        2,
        `--out: expected a new folder or one of vectors, got "${out}"`,
      );
    }
  });
});
