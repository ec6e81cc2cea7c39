/** How a run begins: nothing is left of one that never did, and of two in one folder one does. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { nodeFileSystem } from '../../../src/files/fileSystem.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import { finetune } from '../../../src/run/finetune.ts';
import { identify } from '../../../src/run/identity.ts';
import { openModel } from '../../../src/run/openModel.ts';
import type { FinetuneOptions } from '../../../src/run/prepareRun.ts';
import { beginRun, readRun, requireNewRun } from '../../../src/run/runFolder.ts';
import { readTask } from '../../../src/data/tasks.ts';
import { createWorld, silentWatcher, smallConfig, type World } from './fixture.ts';

let world: World;
beforeAll(() => (world = createWorld()));
afterAll(() => world.remove());

describe('the folder of a run', () => {
  const optionsOf = (told: string[], more: Partial<FinetuneOptions>): FinetuneOptions => ({
    config: readTrainConfig(smallConfig(world, { steps: 1 }), 'spec'),
    seed: openModel(world.seed),
    task: { ...readTask({ task: world.task, data: null }), notes: ['a note'] },
    folder: () => {
      told.push('folder');
      return join(world.root, 'made');
    },
    resume: false,
    signal: new AbortController().signal,
    watcher: {
      ...silentWatcher,
      warning: (words) => told.push(words),
      begun: (folder) => told.push(`begun in ${folder}`),
    },
    checkpointSeconds: Infinity,
    checkpointSteps: null,
    ...more,
  });

  it('is asked for when everything has been read and checked, and not before', async () => {
    const told: string[] = [];
    await finetune(optionsOf(told, {}));
    expect(told).toEqual(['a note', 'folder', `begun in ${join(world.root, 'made')}`]);
    expect(existsSync(join(world.root, 'made', 'DONE'))).toBe(true);
  });

  it('is not asked for by a run that is refused', async () => {
    const told: string[] = [];
    const { task } = optionsOf(told, {});
    const refused = { ...task, test: [{ text: 'a cat '.repeat(99), label: 'animal' }] };
    await expect(finetune(optionsOf(told, { task: refused }))).rejects.toThrow(InvalidInput);
    expect(told).toEqual([]);
  });

  it('must be named if a run is continued', async () => {
    const told: string[] = [];
    const message = 'finetune: folder: expected that of the run to continue, got the function folder';
    await expect(finetune(optionsOf(told, { resume: true }))).rejects.toThrow(message);
  });
});

describe('two runs in one empty folder', () => {
  const begin = (folder: string, steps: number, fileSystem = nodeFileSystem): void => {
    const identity = identify(openModel(world.seed), readTask({ task: world.task, data: null }));
    beginRun(
      folder,
      world.seed,
      { identity, config: readTrainConfig(smallConfig(world, { steps }), 'spec') },
      fileSystem,
    );
  };

  it('the second is refused, wherever the first begins in the middle of it', () => {
    const other = join(world.root, 'other');
    begin(other, 5);
    const calls = ['mkdirSync', 'readdirSync', 'openSync', 'writeSync', 'fsyncSync', 'closeSync', 'linkSync'] as const;
    for (const name of calls) {
      const folder = join(world.root, `both-${name}`);
      mkdirSync(folder);
      let hasBegun = false;
      const meanwhile = new Proxy(nodeFileSystem, {
        get(target, key: keyof typeof nodeFileSystem): unknown {
          if (key === name && !hasBegun) {
            hasBegun = true;
            copyFileSync(join(other, 'config.json'), join(folder, 'config.json'));
          }
          return Reflect.get(target, key);
        },
      });
      expect(() => begin(folder, 7, meanwhile), name).toThrow('--out: expected a new or an empty folder');
      expect(hasBegun, name).toBe(true);
      expect(readRun(folder).config.steps, name).toBe(5);
      expect(readdirSync(folder), name).toEqual(['config.json']);
    }
  });

  it('what one left that was killed as it began is in nobody’s way', () => {
    const folder = join(world.root, 'killed');
    mkdirSync(folder);
    writeFileSync(join(folder, `.config.json.${2 ** 22 + 1}.tmp`), '{');
    requireNewRun(folder);
    begin(folder, 5);
    expect(readdirSync(folder)).toEqual(['config.json']);
    writeFileSync(join(world.root, 'own.txt'), '');
    expect(() => requireNewRun(world.root)).toThrow('--out: expected a new or an empty folder');
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).toContain('"steps": 5');
  });
});
