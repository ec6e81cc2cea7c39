/**
 * More parameters than a list of JavaScript's holds: 2^27 of a growing one, which ends the process. Only in a deep run,
 * since it takes some gigabytes.
 */
import { describe, expect, test } from 'vitest';
import { countKept, listKept } from '../../../src/dst/project.ts';
import { extract } from '../../../src/dst/subset.ts';
import { createArtifact, readSubset, writeSubset } from '../../../src/files/subsetFile.ts';
import { isDeep } from '../../run/runs.ts';

const COUNT = 2 ** 27 + 1;

describe.skipIf(!isDeep())('2^27 + 1 changed parameters (skipped but in a deep run)', () => {
  test('are extracted, written and read', () => {
    const [seed, tuned] = [new Float32Array(COUNT), new Float32Array(COUNT).fill(1)];
    expect(extract(seed, tuned).indices).toHaveLength(COUNT);
    const layout = [{ name: 'w', module: 'w', layer: null, shape: [COUNT], offset: 0 }];
    const about = { epsilon: '1', silos: 'none', distance: 'absolute', method: 'full' } as const;
    const { subset } = readSubset(writeSubset(createArtifact(seed, tuned, layout, about)), 'large');
    expect([subset.indices.length, subset.indices[COUNT - 1], subset.values[COUNT - 1]]).toEqual([COUNT, COUNT - 1, 1]);
  });

  test('are listed and counted', () => {
    const distances = new Float32Array(COUNT).fill(1);
    const selection = { threshold: 0, ties: 0 };
    expect(countKept(distances, selection)).toBe(COUNT);
    expect(listKept(distances, selection)[COUNT - 1]).toBe(COUNT - 1);
  });
});
