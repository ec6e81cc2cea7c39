/**
 * BitFit (Ben Zaken, Goldberg and Ravfogel 2022): the vectors alone are tuned, and they are tuned as by full fine-tuning.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from '../../../src/files/events.ts';
import { applyArtifact, readSubset, revertArtifact } from '../../../src/files/subsetFile.ts';
import { fingerprint } from '../../../src/files/fingerprint.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { Random } from '../../../src/tensor/random.ts';
import { countElements } from '../../../src/tensor/shape.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import { METHODS } from '../../../src/train/methods.ts';
import { openModel } from '../../../src/run/openModel.ts';
import { createOptimizer } from '../../../src/train/optimization.ts';
import type { TrainResult } from '../../../src/run/result.ts';
import { pathsOf } from '../../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from './fixture.ts';
import { createT5World, type T5World } from './t5World.ts';
import { resultOfRun } from './trained.ts';

let small: World;
let t5: T5World;
beforeAll(() => {
  small = createWorld();
  t5 = createT5World();
});
afterAll(() => {
  small.remove();
  t5.remove();
});

/** The choices of a run in the world of that kind. */
function choiceOf(kind: string, more: object = {}): Record<string, unknown> {
  const base = smallConfig(small, { method: 'bitfit', ...more });
  return kind === 'decoder' ? base : { ...base, model: t5.seed, task: 'de-en', data: t5.data };
}

async function train(kind: string, more: object = {}): Promise<{ folder: string; result: TrainResult }> {
  const config = readTrainConfig(choiceOf(kind, more), 'spec');
  const folder = mkdtempSync(join(small.root, 'run-'));
  return { folder, result: await resultOfRun(folder, config) };
}

const KINDS = ['decoder', 'T5'] as const;

describe.each(KINDS)('BitFit in a %s', (kind) => {
  it('trains every scale, and no matrix: neither the embedding nor a table of relative positions', async () => {
    const { result } = await train(kind);
    const touched = result.placement.filter(({ changed }) => changed > 0).map(({ name }) => name);
    const scales = result.placement.filter(({ name }) => name.endsWith('/scale')).map(({ name }) => name);
    expect(scales.length).toBeGreaterThan(3);
    expect(touched).toEqual(scales);
    if (kind === 'T5') expect(result.placement.map(({ name }) => name).join()).toContain('relative_bias');
  });

  it('stores no more numbers than the vectors have, which give the tuned model and the seed back to the bit', async () => {
    const { folder, result } = await train(kind);
    const seed = openModel(String(choiceOf(kind)['model']));
    const path = pathsOf(folder).subset;
    const artifact = readSubset(readFileSync(path), path);
    const vectors = countElements(seed.parameters.filter(({ name }) => name.endsWith('/scale')));
    expect(artifact.changed).toBe(result.changed);
    expect(result.changed).toBeLessThanOrEqual(vectors);
    expect(Number(artifact.epsilon)).toBe(vectors / seed.theta.length);
    expect(result.epsilon).toBeNull();
    const tuned = applyArtifact(seed.theta, seed.parameters, artifact, path);
    expect(fingerprint(tuned, seed.parameters).total).toBe(result.fingerprint);
    const back = revertArtifact(tuned, seed.theta, seed.parameters, artifact, path);
    expect(fingerprint(back, seed.parameters).total).toBe(seed.fingerprint);
  });

  it('answers as the seed before its first step', () => {
    const seed = openModel(String(choiceOf(kind)['model']));
    const kernels = createKernels('simd');
    const config = readTrainConfig(choiceOf(kind), 'spec');
    const learner = METHODS.bitfit.create({
      config,
      kernels,
      optimizer: createOptimizer(config),
      parameters: seed.model.parameters,
      seed: kernels.memory.copyOf(seed.theta),
      saved: null,
    });
    const texts = kind === 'decoder' ? ['a large common cat', 'a rare rose'] : ['Hund und Haus steht'];
    const answer = (theta: Float32Array): string[] =>
      seed.model.answer(texts, { kernels, theta: kernels.memory.copyOf(theta), maximumTokens: 6 });
    expect(answer(learner.theta)).toEqual(answer(seed.theta));
  });

  it('has the norm of the vectors’ gradient, which is what --clip bounds', async () => {
    const [own, full] = [await train(kind), await train(kind, { method: 'full' })];
    const [ownNorm, fullNorm] = [own, full].map(({ folder }) => {
      const [first] = readEvents(pathsOf(folder).events).filter(({ kind: what }) => what === 'step');
      return Number(first['gradientNorm']);
    });
    expect(ownNorm).toBeGreaterThan(0);
    expect(ownNorm).toBeLessThan(fullNorm);
  });

  it.each([{}, { optimizer: 'sgd' }, { momentum: 0.9 }, { kernels: 'scalar' }])(
    'moves the vectors as full fine-tuning does, given the same gradients: %j',
    (more) => {
      const seed = openModel(String(choiceOf(kind)['model']));
      const config = readTrainConfig(choiceOf(kind, more), 'spec');
      const kernels = createKernels(config.kernels);
      const { parameters } = seed.model;
      const [bitfit, full] = [METHODS.bitfit, METHODS.full].map(({ create }) => {
        const start = kernels.memory.copyOf(seed.theta);
        return create({ config, kernels, optimizer: createOptimizer(config), parameters, seed: start, saved: null });
      });
      const chance = new Random('gradients');
      const gradient = kernels.memory.floats(seed.theta.length);
      for (let step = 0; step < 4; step++) {
        gradient.forEach((_, i) => (gradient[i] = chance.normal()));
        for (const learner of [full, bitfit]) learner.move(gradient, 0.05);
      }
      for (const { name, shape, offset } of parameters.filter(METHODS.bitfit.trains)) {
        const of = (theta: Float32Array): number[] => [...theta.subarray(offset, offset + countElements([{ shape }]))];
        expect(of(bitfit.theta), name).toEqual(of(full.theta));
      }
    },
  );
});
