/**
 * The corpus that README's table is of, where it is at hand: DST_MULTI30K names its folder. None of its sentences is here.
 */
import { describe, expect, it } from 'vitest';
import { readAligned } from '../../../src/data/aligned.ts';

const folder = process.env['DST_MULTI30K'] ?? '';
const why = folder === '' ? ' (skipped: set DST_MULTI30K to the folder of train, val and test)' : '';

describe(`Multi30k${why}`, () => {
  it.runIf(folder !== '')('has the sizes that it is published with, and no empty side', () => {
    const { train, development, test, empty } = readAligned(folder, 'de', 'en');
    expect([train, development, test].map((part) => part.length)).toEqual([29_000, 1014, 1000]);
    expect(empty).toEqual({ train: 0, development: 0, test: 0 });
  });
});
