/**
 * A run goes on with what it was begun with, or with nothing; and what it went on with is written down.
 */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SPLITS, type TaskData } from '../../../src/data/task.ts';
import { readCheckpoint } from '../../../src/run/checkpoint.ts';
import { readTrainConfig, type TrainConfig } from '../../../src/train/config.ts';
import { identify } from '../../../src/run/identity.ts';
import { openModel, openSeedOfRun } from '../../../src/run/openModel.ts';
import { readResult, type TrainResult } from '../../../src/run/result.ts';
import { pathsOf, readRun } from '../../../src/run/runFolder.ts';
import { readTaskOfRun } from '../../../src/run/runTask.ts';
import { readTask } from '../../../src/data/tasks.ts';
import { createWorld, smallConfig, swapMerges, type World } from '../train/fixture.ts';
import { stopAfter, trainIn } from '../train/trained.ts';

let world: World;
let run: string;
beforeEach(async () => {
  world = createWorld();
  run = join(world.root, 'runs', 'first');
  mkdirSync(join(world.root, 'runs'));
  await begin();
}, 60_000);
afterEach(() => world.remove());

/** Stops a run after two of its six steps. */
async function begin(): Promise<void> {
  const config = readTrainConfig(smallConfig(world), 'spec');
  await goOn({ config, task: readTaskAt(world.task), resume: false, stop: 2 });
}

const readTaskAt = (task: string): TaskData => readTask({ task, data: null });

interface How {
  readonly config?: TrainConfig;
  readonly task?: TaskData;
  readonly resume?: boolean;
  readonly acceptData?: boolean;
  readonly stop?: number;
  readonly folder?: string;
}

async function goOn({
  config,
  task,
  resume = true,
  acceptData = false,
  stop = 99,
  folder = run,
}: How): Promise<unknown> {
  const record = resume ? readRun(folder) : null;
  const found = record === null ? null : readTaskOfRun(folder, record, null, acceptData);
  return trainIn(folder, config ?? found?.config ?? readTrainConfig(smallConfig(world), 'spec'), {
    seed: record === null ? openModel(world.seed) : openSeedOfRun(folder, record),
    task: task ?? found?.task ?? readTaskAt(world.task),
    resume,
    acceptData,
    ...stopAfter(stop),
  });
}

const resultOf = (folder: string): TrainResult => readResult(pathsOf(folder).result);

describe('a run', () => {
  it('says in its record, its checkpoint and its result what it was made of', async () => {
    const identity = identify(openModel(world.seed), readTaskAt(world.task));
    expect(readRun(run).identity).toEqual(identity);
    expect(readCheckpoint(pathsOf(run).checkpoint, null).identity).toEqual(identity);
    await goOn({});
    expect(resultOf(run)).toMatchObject({ identity, earlier: [], learningRateFrom: 'given' });
  });

  it.each(SPLITS)('does not go on where %s is no longer what it was, and leaves everything as it is', async (split) => {
    const path = join(world.task, `${split}.tsv`);
    const rows = readFileSync(path, 'utf8').trimEnd().split('\n');
    const before = readFileSync(pathsOf(run).config, 'utf8');
    for (const edited of [
      rows.slice(1),
      [...rows.slice(1), rows[0]],
      rows.map((row, i) => (i === 0 ? `${row}s` : row)),
    ]) {
      writeFileSync(path, `${edited.join('\n')}\n`);
      const then = new RegExp(
        `expected the data of the run, got others: ${split}: ${rows.length} rows \\([0-9a-f]{12}\\) then, ` +
          `${edited.length} rows \\([0-9a-f]{12}\\) now \\(--accept-data`,
      );
      await expect(goOn({})).rejects.toThrow(then);
      // nor where the program that asks has not looked
      await expect(goOn({ task: readTaskAt(world.task) })).rejects.toThrow(then);
      expect(readFileSync(pathsOf(run).config, 'utf8')).toBe(before);
      expect(existsSync(pathsOf(run).done)).toBe(false);
    }
  });

  it('goes on with other data where that is accepted, and says both, after any number of stops', async () => {
    const first = readRun(run).identity;
    appendFileSync(join(world.task, 'train.tsv'), 'a dark moss\tplant\n');
    const second = identify(openModel(world.seed), readTaskAt(world.task));
    await goOn({ acceptData: true, stop: 4 });
    expect(readRun(run)).toMatchObject({ identity: second, earlier: [{ untilStep: 2, identity: first }] });
    // what was accepted is what the run is made of now
    await goOn({});
    const { identity, earlier, warnings } = resultOf(run);
    expect({ identity, earlier }).toEqual({ identity: second, earlier: [{ untilStep: 2, identity: first }] });
    expect(warnings).toContainEqual(
      expect.stringMatching(/^after step 2 the run continued with other data: train: 48 rows .* then, 49 rows .* now$/),
    );
  });

  it('goes on with another version of the code, and says so', async () => {
    const record = readRun(run);
    const older = { ...record, identity: { ...record.identity, code: '0.0.1' } };
    writeFileSync(pathsOf(run).config, JSON.stringify(older));
    await goOn({});
    expect(resultOf(run).earlier).toEqual([{ untilStep: 2, identity: older.identity }]);
    expect(resultOf(run).warnings).toContainEqual(
      expect.stringMatching(/^after step 2 .* version \S+ instead of 0\.0\.1$/),
    );
  });

  it('does not go on with another seed, or another tokenizer', async () => {
    const path = join(world.seed, 'tokenizer.json');
    const json = readFileSync(path, 'utf8');
    writeFileSync(path, swapMerges(json));
    await expect(goOn({})).rejects.toThrow(/: tokenizer: expected the hash [0-9a-f]{16}, got "[0-9a-f]{16} in /);
    writeFileSync(path, json);
    const another = createWorld({ feedForwardSize: 32 });
    cpSync(another.seed, world.seed, { recursive: true });
    another.remove();
    await expect(goOn({})).rejects.toThrow(/: seed: expected the fingerprint [0-9a-f]{16}, got "[0-9a-f]{16} in /);
  });

  it('does not go on with another config, whoever asks', async () => {
    const config = { ...readRun(run).config, epsilon: 0.1 };
    await expect(goOn({ config })).rejects.toThrow(/: epsilon: expected 0\.05, as the run was begun, got 0\.1/);
  });
});

describe('what a run was made of is found again', () => {
  const both = (folder: string): [string, string] => {
    const record = readRun(folder);
    const { choice } = readTaskOfRun(folder, record, null, false);
    return [openSeedOfRun(folder, record).folder, choice.task];
  };

  it('where the run was moved alone, also deeper', async () => {
    const moved = join(world.root, 'a', 'b', 'c', 'run');
    mkdirSync(join(moved, '..'), { recursive: true });
    renameSync(run, moved);
    expect(both(moved)).toEqual([world.seed, world.task]);
    await goOn({ folder: moved });
    expect(resultOf(moved).earlier).toEqual([]);
  });

  it('where all were moved together', async () => {
    const moved = `${world.root}-moved`;
    renameSync(world.root, moved);
    try {
      const folder = join(moved, 'runs', 'first');
      expect(both(folder)).toEqual([join(moved, 'seed'), join(moved, 'task')]);
      await goOn({ folder });
      expect(existsSync(pathsOf(folder).done)).toBe(true);
    } finally {
      renameSync(moved, world.root);
    }
  });

  it('where the run is reached through a link that lies elsewhere', async () => {
    const link = join(world.root, 'x', 'y', 'link');
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(run, link);
    expect(both(link)).toEqual([world.seed, world.task]);
    await goOn({ folder: link });
    expect(openModel(link).fingerprint).toBe(resultOf(run).fingerprint);
  });

  it('where seed and data were given through links, and those are gone', async () => {
    const links = { seed: join(world.root, 'deep', 'er', 's'), task: join(world.root, 'deep', 'er', 't') };
    mkdirSync(join(links.seed, '..'), { recursive: true });
    symlinkSync(world.seed, links.seed);
    symlinkSync(world.task, links.task);
    const folder = join(world.root, 'deep', 'run');
    const config = readTrainConfig(smallConfig(world, { model: links.seed, task: links.task }), 'spec');
    await goOn({ folder, config, resume: false, stop: 2 });
    renameSync(join(world.root, 'deep', 'er'), join(world.root, 'deep', 'gone'));
    expect(both(folder)).toEqual([world.seed, world.task]);
  });

  it('passes over other data that lie nearer, and names them where there are no better ones', () => {
    const copy = join(world.root, 'copy', 'runs', 'first');
    cpSync(run, copy, { recursive: true });
    cpSync(world.seed, join(world.root, 'copy', 'seed'), { recursive: true });
    cpSync(world.task, join(world.root, 'copy', 'task'), { recursive: true });
    appendFileSync(join(world.root, 'copy', 'task', 'test.tsv'), 'a dark moss\tplant\n');
    expect(both(copy)).toEqual([join(world.root, 'copy', 'seed'), world.task]);
    renameSync(world.task, `${world.task}-gone`);
    expect(() => both(copy)).toThrow(/expected the data of the run, got others: test: 18 rows/);
    renameSync(join(world.root, 'copy', 'task'), join(world.root, 'copy', 'gone'));
    expect(() => both(copy)).toThrow(
      `${copy}: the data of the run: expected a folder at ${join(world.root, 'copy', 'task')} or ${world.task}, got none there (--task names another)`,
    );
    const record = readRun(copy);
    const found = readTaskOfRun(copy, record, `${world.task}-gone`, false);
    expect(found.config.task).toBe(`${world.task}-gone`);
  });
});
