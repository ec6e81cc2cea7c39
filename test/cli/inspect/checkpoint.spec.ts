/** `dst inspect` of a checkpoint: what it knows of its seed, its data, its tokenizer and its options. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPLITS } from '../../../src/data/task.ts';
import { makeFolder } from '../../../src/files/atomic.ts';
import { identifyCorpus } from '../../../src/pretrain/corpusIdentity.ts';
import { PRETRAIN_DEFAULTS, pretrainFingerprint } from '../../../src/pretrain/pretrainConfig.ts';
import { writeCheckpoint } from '../../../src/run/checkpoint.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import { decisiveFields, runFingerprintOf } from '../../../src/run/goOn.ts';
import { beginRun, pathsOf, readRun } from '../../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from '../../src/train/fixture.ts';
import { call, objectIn } from '../call.ts';
import { identityOf } from '../worldRates.ts';

let world: World;
beforeAll(() => (world = createWorld()));
afterAll(() => world.remove());

const AT_STEP_3 = { step: 3, seconds: 1.5, vectors: new Map([['theta', Float32Array.of(1, 2)]]) };

async function inspect(path: string): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout } = await call(['inspect', path, '--json', '--quiet']);
  expect(code).toBe(0);
  const { kind, facts } = objectIn(stdout);
  expect(kind).toBe('checkpoint');
  const text = await call(['inspect', path, '--quiet']);
  for (const [name, value] of Object.entries(objectIn(JSON.stringify(facts))))
    expect(text.stdout).toMatch(new RegExp(`^  ${name} +${String(value).replaceAll(/[^\w ]/gu, '.')}$`, 'm'));
  return objectIn(JSON.stringify(facts));
}

describe('the checkpoint of a fine-tuning run', () => {
  it('tells its seed, tokenizer, data and version, and the options beside it only if they are its own', async () => {
    const folder = join(world.root, 'run');
    const identity = identityOf(world);
    beginRun(folder, world.seed, { identity, config: readTrainConfig(smallConfig(world), 'spec') });
    const { checkpoint, config } = pathsOf(folder);
    const record = readRun(folder);
    writeCheckpoint(checkpoint, AT_STEP_3, { run: runFingerprintOf(record), identity });
    const { options, ...facts } = await inspect(checkpoint);
    const splits = SPLITS.map((split) => [
      split,
      `${identity.data?.[split].rows} rows, ${identity.data?.[split].sha256}`,
    ]);
    expect(facts).toEqual({
      step: 3,
      seconds: 1.5,
      run: runFingerprintOf(record),
      data: 'files',
      version: identity.code,
      seedFingerprint: identity.seed,
      tokenizer: identity.tokenizer,
      ...Object.fromEntries(splits),
    });
    expect(objectIn(String(options))).toEqual(decisiveFields(record.config));
    writeFileSync(config, readFileSync(config, 'utf8').replace('"steps": 6', '"steps": 7'));
    expect(await inspect(checkpoint)).toMatchObject({ options: expect.stringContaining('another run’s') as unknown });
  });
});

describe('the checkpoint of a run of pre-training', () => {
  it('tells its corpus, tokenizer, version and options', async () => {
    const folder = join(world.root, 'seed-to-be');
    makeFolder(folder);
    const text = { documents: ['a cat', 'a dog'], heldOut: ['a bird'], source: 'some-package 1.0.0' };
    const identity = identifyCorpus(text as never, world.tokenizer);
    const path = join(folder, 'checkpoint.safetensors');
    writeCheckpoint(path, AT_STEP_3, { run: pretrainFingerprint(PRETRAIN_DEFAULTS), identity });
    expect(await inspect(path)).toMatchObject({ options: 'not on record', data: 'some-package 1.0.0' });
    writeFileSync(join(folder, 'pretrain.json'), JSON.stringify(PRETRAIN_DEFAULTS));
    const { options, ...facts } = await inspect(path);
    expect(facts).toMatchObject({
      documents: `2 rows, ${identity.documents.sha256}`,
      heldOut: `1 rows, ${identity.heldOut.sha256}`,
      tokenizer: identity.tokenizer,
      version: identity.code,
    });
    expect(objectIn(String(options))).toEqual(PRETRAIN_DEFAULTS);
  });

  it('of before there was an identity says so', async () => {
    const path = join(world.root, 'old.safetensors');
    writeCheckpoint(path, AT_STEP_3, { run: 'a'.repeat(64), identity: null });
    expect(await inspect(path)).toMatchObject({ madeOf: 'not on record', options: 'not on record' });
  });
});
