import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterNearDuplicates, contentWords } from '../../../src/data/nearDuplicates.ts';
import { splitByCluster } from '../../../src/data/split.ts';
import { runs } from '../../run/runs.ts';
import { jaccard } from './jaccard.ts';

/** Few words, so that many texts are nearly the same; some only differ in names or numbers. */
const anyTexts = fc.array(
  fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'Ohio', 'Utah', '1911'), { minLength: 1, maxLength: 9 })
    .map((words) => words.join(' ')),
  { maxLength: 25 },
);

describe('near-duplicates', () => {
  it('are the components of "Jaccard of 0.8 or more", found pair by pair', () => {
    fc.assert(
      fc.property(anyTexts, (texts) => {
        expect([...clusterNearDuplicates(texts)]).toEqual(clusterLiterally(texts));
      }),
      { numRuns: runs(500) },
    );
  });

  it('do not see names, numbers and signs, unless there is nothing else', () => {
    expect(contentWords('United States writer (1835-1910)')).toEqual(['writer']);
    expect(contentWords('Mark Twain')).toEqual(['mark', 'twain']);
    const [ohio, utah, river] = clusterNearDuplicates(['a town in Ohio', 'a town in Utah', 'a river in Ohio']);
    expect(utah).toBe(ohio);
    expect(river).not.toBe(ohio);
  });
});

describe('a split by clusters', () => {
  const sizes = { development: 3, test: 5, largestCluster: 4 };
  const anyClusters = fc.array(fc.nat({ max: 60 }), { minLength: 60, maxLength: 200 }).map((names) => {
    const first = new Map<number, number>();
    names.forEach((name, i) => first.set(name, first.get(name) ?? i));
    return names.map((name) => first.get(name) ?? 0);
  });
  const hasEnough = (clusters: readonly number[]): boolean =>
    clusters.filter((c, i) => c === i && clusters.filter((other) => other === c).length <= 4).length >= 8;

  it('gives each row to one part, and no cluster to two', () => {
    fc.assert(
      fc.property(anyClusters.filter(hasEnough), (clusters) => {
        const ids = clusters.map((_, i) => `n${i}`);
        const { train, development, test, dropped } = splitByCluster(ids, clusters, sizes);
        expect([...train, ...development, ...test, ...dropped].sort((a, b) => a - b)).toEqual(ids.map((_, i) => i));
        expect([test.length, development.length]).toEqual([sizes.test, sizes.development]);
        const clustersOf = (rows: readonly number[]): Set<number> => new Set(rows.map((i) => clusters[i]));
        expect(clustersOf([...test, ...development]).size).toBe(sizes.test + sizes.development);
        const heldOut = clustersOf([...test, ...development]);
        expect(train.filter((i) => heldOut.has(clusters[i]))).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });

  it('says so where there are too few clusters', () => {
    expect(() => splitByCluster(['a', 'b'], [0, 0], sizes)).toThrow('split: expected 8 clusters to hold out, got 1');
  });
});

function clusterLiterally(texts: readonly string[]): number[] {
  const clusters = texts.map((_, i) => i);
  for (let i = 0; i < texts.length; i++) {
    for (let j = 0; j < i; j++) {
      if (jaccard(texts[i], texts[j]) < 0.8) continue;
      const [low, high] = [Math.min(clusters[i], clusters[j]), Math.max(clusters[i], clusters[j])];
      clusters.forEach((cluster, k) => {
        if (cluster === high) clusters[k] = low;
      });
    }
  }
  return clusters;
}
