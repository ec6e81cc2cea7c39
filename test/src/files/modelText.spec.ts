/**
 * A byte order mark in a model's folder: tokenizers and transformers refuse it, and so do we (decision 0225).
 */
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModel } from '../../../src/run/openModel.ts';
import { createWorld, type World } from '../train/fixture.ts';
import { createT5World, type T5World } from '../train/t5World.ts';

let worlds: Readonly<Record<'decoder' | 'T5', World | T5World>>;
beforeAll(() => {
  worlds = { decoder: createWorld(), T5: createT5World() };
});
afterAll(() => {
  for (const world of Object.values(worlds)) world.remove();
});

describe.each(['decoder', 'T5'] as const)('a %s', (kind) => {
  it.each(['config.json', 'tokenizer.json', 'model.safetensors.index.json'])('with a byte order mark in %s', (name) => {
    const { seed, root } = worlds[kind];
    const folder = join(root, name);
    cpSync(seed, folder, { recursive: true });
    if (name.endsWith('index.json')) {
      const { parameters } = openModel(seed);
      renameSync(join(folder, 'model.safetensors'), join(folder, 'all.safetensors'));
      const places = Object.fromEntries(parameters.map((parameter) => [parameter.name, 'all.safetensors']));
      writeFileSync(join(folder, name), JSON.stringify({ weight_map: places }));
    }
    expect(openModel(folder).fingerprint).toBe(openModel(seed).fingerprint);
    writeFileSync(join(folder, name), `\uFEFF${readFileSync(join(folder, name), 'utf8')}`);
    expect(() => openModel(folder)).toThrow(`${join(folder, name)}: expected JSON without a byte order mark`);
  });
});
