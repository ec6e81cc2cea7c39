import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toFloat32 } from '../../../src/files/convert.ts';
import { readT5Folder, writeT5Folder, writeTunedT5Folder } from '../../../src/files/t5Folder.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { elementCount } from '../../../src/tensor/shape.ts';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';
import { createToy } from '../nn/t5/toy.ts';
import { PIECES, t5Json } from '../text/t5Json.ts';
import { makeVariant, T5_VARIANTS, tablesIn } from './t5Variants.ts';

const root = mkdtempSync(join(tmpdir(), 'dst-t5-variants-'));
afterAll(() => rmSync(root, { recursive: true }));
const [base, folder, again] = ['base', 'variant', 'again'].map((name) => join(root, name));

const { t5, theta } = createToy(createKernels('scalar'), 5, { vocabularySize: PIECES.length });
const tokenizer = readTokenizer(t5Json(), 'tokenizer.json');
writeT5Folder(base, { config: t5.config, theta, tokenizer, parameters: t5.parameters });

describe('a T5 folder of somebody else', () => {
  it.each(T5_VARIANTS)('is what its files hold: $name', (variant) => {
    makeVariant(base, folder, variant);
    const read = readT5Folder(folder);
    expect(read.config).toEqual({ ...t5.config, ...variant.means });
    const tables = tablesIn(base);
    for (const { name, offset, shape } of read.parameters) {
      const values = read.theta.slice(offset, offset + elementCount(shape));
      const table = variant.parameters[name];
      const before = t5.parameters.find((parameter) => parameter.name === name)?.offset ?? 0;
      const wanted = table === undefined ? theta.slice(before, before + values.length) : toFloat32(tables[table], name);
      expect(values, name).toEqual(Float32Array.from(wanted));
    }
    const named = read.parameters.map(({ name }) => name).filter((name) => name.includes('embedding'));
    expect(named.sort()).toEqual(Object.keys(variant.parameters).sort());
  });

  it.each(T5_VARIANTS)('is written as it was, but for the numbers: $name', (variant) => {
    makeVariant(base, folder, variant);
    const read = readT5Folder(folder);
    const files = ['config.json', 'tokenizer.json', 'model.safetensors'];
    writeTunedT5Folder(again, read, read.theta);
    for (const file of files) expect(readFileSync(join(again, file)), file).toEqual(readFileSync(join(folder, file)));
    const other = read.theta.map((value) => value + 1);
    writeTunedT5Folder(again, read, other);
    const back = readT5Folder(again);
    expect(back.theta).toEqual(other);
    expect(back.config).toEqual(read.config);
    rmSync(again, { recursive: true });
  });
});
