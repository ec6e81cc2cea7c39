import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ofFloat32, toFloat32 } from '../../src/files/convert.ts';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../src/files/safetensors.ts';
import { createArtifact, writeSubset } from '../../src/files/subsetFile.ts';
import { writeT5Folder } from '../../src/files/t5Folder.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { openModel } from '../../src/run/openModel.ts';
import { readTokenizer } from '../../src/text/tokenizerJson.ts';
import { createToy } from '../src/nn/t5/toy.ts';
import { PIECES, t5Json } from '../src/text/t5Json.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { call } from './call.ts';

const ABOUT = { epsilon: '0.1', silos: 'none', distance: 'relative', method: 'dst' } as const;
let world: World;
beforeAll(() => {
  world = createWorld();
});
afterAll(() => world.remove());

/** Fields and files that we have no use for, and that are somebody's. */
const FIELDS = { dropout_rate: 0.1, model_type: 'mt5', torch_dtype: 'float32', task_specific_params: { a: [1e-6] } };
const COMPANIONS = [
  'generation_config.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'spiece.model',
  'LICENSE',
];

/** The seeds, each made in the folder. */
const SEEDS: Readonly<Record<string, (folder: string) => void>> = {
  'a T5': makeT5,
  'a T5 in bfloat16': (folder) => {
    makeT5(folder);
    rewrite(folder, ({ name, shape, bytes }) => ofFloat32(name, shape, floatsIn(bytes), 'BF16'));
    changeConfig(folder, { torch_dtype: 'bfloat16' });
  },
  'a T5 in two files': (folder) => {
    makeT5(folder);
    const tensors = tensorsIn(folder);
    rmSync(join(folder, 'model.safetensors'));
    const map: Record<string, string> = {};
    for (const [i, part] of [tensors.slice(0, 4), tensors.slice(4)].entries()) {
      const file = `model-0000${i + 1}-of-00002.safetensors`;
      writeFileSync(join(folder, file), writeSafetensors(part, { format: 'pt' }));
      for (const { name } of part) map[name] = file;
    }
    const total_size = tensors.reduce((sum, { bytes }) => sum + bytes.length, 0);
    writeFileSync(
      join(folder, 'model.safetensors.index.json'),
      JSON.stringify({ metadata: { total_size }, weight_map: map }),
    );
  },
  'a decoder': (folder) => {
    const { theta, model } = openModel(world.seed);
    model.write(folder, theta, { metadata: { steps: '7' } });
    writeFileSync(join(folder, 'LICENSE'), 'somebody’s');
  },
};

function makeT5(folder: string): void {
  const { t5, theta } = createToy(createKernels('scalar'), 5, { vocabularySize: PIECES.length });
  const tokenizer = readTokenizer(t5Json(), 'tokenizer.json');
  writeT5Folder(folder, { config: t5.config, theta, tokenizer, parameters: t5.parameters });
  changeConfig(folder, FIELDS);
  for (const name of COMPANIONS) writeFileSync(join(folder, name), `{"of": "${name}"}`);
}

function changeConfig(folder: string, fields: object): void {
  const path = join(folder, 'config.json');
  const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
  // not as we would write it
  writeFileSync(path, JSON.stringify({ ...Object(config), ...fields }, null, 1));
}

function tensorsIn(folder: string): StoredTensor[] {
  const path = join(folder, 'model.safetensors');
  return [...readSafetensors(readFileSync(path), path).tensors.values()];
}

function rewrite(folder: string, change: (tensor: StoredTensor) => StoredTensor): void {
  const path = join(folder, 'model.safetensors');
  writeFileSync(path, writeSafetensors(tensorsIn(folder).map(change), { format: 'pt' }));
}

function floatsIn(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]),
  );
}

describe.each(Object.entries(SEEDS))('%s', (name, make) => {
  let folder: string;
  const path = (file: string): string => join(folder, file);
  beforeAll(async () => {
    folder = join(world.root, name.replaceAll(' ', '-'));
    mkdirSync(folder);
    make(path('seed'));
    const { theta, parameters } = openModel(path('seed'));
    const tuned = theta.map((value, i) => (i % 50 === 0 ? value + 1 / 3 : value));
    writeFileSync(path('subset'), writeSubset(createArtifact(theta, tuned, parameters, ABOUT)));
    const options = ['--seed', path('seed')];
    expect((await call(['apply', path('subset'), ...options, '--out', path('tuned')])).stderr).toBe('');
    const reverted = await call([
      'revert',
      path('subset'),
      ...options,
      '--model',
      path('tuned'),
      '--out',
      path('back'),
    ]);
    expect(reverted.stderr).toBe('');
  });

  it('keeps its config and all that goes with it where a subset is applied', () => {
    const [seed, tuned] = [contents(path('seed')), contents(path('tuned'))];
    expect(Object.keys(tuned)).toEqual(Object.keys(seed));
    for (const file of Object.keys(seed).filter((each) => !each.includes('safetensors')))
      expect(tuned[file], file).toBe(seed[file].replace('"bfloat16"', '"float32"'));
  });

  it('is float32 where it was tuned, to the bit, and its index says so', () => {
    const { theta } = openModel(path('seed'));
    const tuned = openModel(path('tuned'));
    expect(tuned.theta).toEqual(theta.map((value, i) => (i % 50 === 0 ? value + 1 / 3 : value)));
    const files = readdirSync(path('tuned')).filter((file) => file.endsWith('.safetensors'));
    const tensors = files.flatMap((file) => [
      ...readSafetensors(readFileSync(path(join('tuned', file))), file).tensors.values(),
    ]);
    expect(new Set(tensors.map(({ dtype }) => dtype))).toEqual(new Set(['F32']));
    const index = contents(path('tuned'))['model.safetensors.index.json'];
    const bytes = tensors.reduce((sum, tensor) => sum + tensor.bytes.length, 0);
    if (index !== undefined) expect(index).toContain(`"total_size":${bytes}`);
  });

  it('is itself again where the subset is taken out, byte for byte', () => {
    expect(contents(path('back'))).toEqual(contents(path('seed')));
  });
});

describe('a fully tuned model', () => {
  it('keeps what goes with its seed, and is as large as all of its files', async () => {
    const seed = join(world.root, 'a-decoder', 'seed');
    const [out, config] = [join(world.root, 'full'), join(world.root, 'full.json')];
    writeFileSync(config, JSON.stringify({ ...smallConfig(world, { steps: 2 }), model: seed, method: 'full' }));
    const { code, stderr } = await call(['train', '--config', config, '--out', out, '--no-latest', '--quiet']);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    const [before, after] = [contents(seed), contents(join(out, 'model'))];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const { 'model.safetensors': weights, ...others } = after;
    expect(others).toEqual({ ...before, 'model.safetensors': undefined });
    expect(weights).not.toBe(before['model.safetensors']);
    const result: unknown = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'));
    expect(result).toHaveProperty('bytes', weights.length);
  });
});

describe('a model with a number that is none', () => {
  it.each([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
  ])('is refused for %s by whatever computes with it, and shown by inspect', async (shown, value) => {
    const folder = join(world.root, `with${shown}`);
    makeT5(folder);
    rewrite(folder, (tensor) => {
      if (tensor.name !== 'encoder.final_layer_norm.weight') return tensor;
      const numbers = toFloat32(tensor, folder);
      numbers[3] = value;
      return ofFloat32(tensor.name, tensor.shape, numbers);
    });
    const commands = [
      ['eval', '--model', folder, '--task', world.task],
      ['generate', '--model', folder, '--prompt', 'a cat'],
      ['sweep', '--model', folder, '--task', world.task],
      ['demo', '--model', folder, '--task', world.task, '--out', join(world.root, 'none')],
      ['train', '--model', folder, '--task', world.task, '--out', join(world.root, 'none')],
    ];
    for (const command of commands) {
      const { code, stderr, stdout } = await call(command);
      expect(stderr, command[0]).toContain(
        `${folder}: "encoder/final_norm/scale"[3]: expected a finite number, got ${shown}\n`,
      );
      expect([code, stdout]).toEqual([2, '']);
    }
    const { stdout, code } = await call(['inspect', folder]);
    expect(code).toBe(0);
    expect(stdout).toContain(`notFinite                1, the first "encoder/final_norm/scale"[3] = ${shown}`);
  });
});
