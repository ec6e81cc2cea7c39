/**
 * The committed vectors: what the command writes, whole, passed by everything that is right, failed by what is wrong.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../spec/asking/turns.ts';
import type { Dtype, Implementation } from '../../../spec/implementation.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import type { Mutant } from '../../../spec/mutants/mutant.ts';
import { RIGHT_VARIANTS } from '../../../spec/mutants/variants.ts';
import { createOurs } from '../../../spec/ours.ts';
import { whyNotApplicable } from '../../../spec/laws/law.ts';
import { isDeep, runs, runSeed } from '../../run/runs.ts';
import { TAGS } from '../../../spec/tags.ts';
import { checkVector } from '../../../spec/vectors/checker.ts';
import { readVectors, writeVectorFile } from '../../../spec/vectors/files.ts';
import { DTYPES, generateVectors } from '../../../spec/vectors/generate.ts';
import { encodeShort } from '../../../spec/wire/json.ts';
import { lawOf } from '../../../spec/vectors/vector.ts';
import type { Vector } from '../../../spec/vectors/vector.ts';
import { createReference, vectorsOf } from '../../../spec/vectors/vectorOf.ts';

const folder = fileURLToPath(new URL('../../../vectors', import.meta.url));
const files = readVectors(folder);

/** Laws about many steps whose trajectories are, in eight bits, too many to be written down. */
const TOO_UNCERTAIN: Readonly<Record<Dtype, readonly string[]>> = {
  float32: [],
  float64: [],
  bfloat16: ['alg1/state-comes-from-the-full-update'],
};

/** What shows only after thousands of steps: no vector is so long. */
const TOO_LATE: readonly string[] = [
  'reach: a relative step is never less than 0.01',
  'reach: β₂ has no cap where nothing is said',
];

/** To draw and shrink for every law takes half a minute: by default every so many are made anew, in a deep run all. */
const MADE_ANEW_BY_DEFAULT = 4;

function vectorsFor(dtype: Dtype): readonly Vector[] {
  return files.find((file) => file.dtype === dtype)?.vectors ?? [];
}

/** Those that an implementation fails, in words. */
async function failures(implementation: Implementation, vectors: readonly Vector[]): Promise<string[]> {
  const found: string[] = [];
  for (const vector of vectors) {
    const verdict = await checkVector(implementation, vector);
    if (verdict.state === 'fail') {
      found.push(`${vector.id}: got ${encodeShort(verdict.got)}, wanted ${encodeShort(verdict.wanted)}`);
    }
  }
  return found;
}

describe.each(DTYPES)('the vectors for %s', (dtype) => {
  it('are what the command writes', { timeout: 600_000 }, async () => {
    const every = isDeep() ? 1 : MADE_ANEW_BY_DEFAULT;
    const laws = LAWS.map(({ id }) => id)
      .sort()
      .filter((_, i) => i % every === 0);
    const made = await generateVectors(dtype, { only: (law) => laws.includes(law.id) });
    const linesOf = (text: string): string[] =>
      text.split('\n').filter((line) => laws.some((law) => line.startsWith(`{"id":"${law}/`)));
    const committed = linesOf(readFileSync(join(folder, `${dtype}.jsonl`), 'utf8'));
    expect(committed.length).toBeGreaterThan(laws.length);
    const isSame = linesOf(writeVectorFile(made)).join() === committed.join();
    expect(isSame, `vectors/${dtype}.jsonl is stale: make it anew with "dst vectors --out vectors"`).toBe(true);
  });

  it('hold a case of every law', () => {
    const covered = new Set(vectorsFor(dtype).map(lawOf));
    const missing = LAWS.map(({ id }) => id).filter((id) => !covered.has(id));
    const hint = 'a law whose inputs are too large for a line needs one in spec/vectors/examples.ts';
    expect(missing, `laws without a vector; ${hint}`).toEqual(TOO_UNCERTAIN[dtype]);
  });

  it('hold a case with every tag', () => {
    const covered = new Set(vectorsFor(dtype).flatMap(({ tags }) => tags));
    expect(TAGS.filter((tag) => !covered.has(tag))).toEqual([]);
  });

  it('name each case once, and both kinds', () => {
    const ids = vectorsFor(dtype).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(vectorsFor(dtype).map(({ kind }) => kind))).toEqual(new Set(['paper', 'ruling']));
  });

  it('do not say of the paper what only a ruling says', () => {
    const paper = vectorsFor(dtype).filter(({ kind }) => kind === 'paper');
    expect(paper.filter(({ tags }) => tags.includes('everything')).map(({ id }) => id)).toEqual([]);
  });
});

it('take less than a megabyte and a quarter, with the vectors of every AdaFactor', () => {
  const bytes = DTYPES.map((dtype) => readFileSync(join(folder, `${dtype}.jsonl`)).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_250_000);
});

describe('what is right passes', () => {
  const ours = [createOurs('scalar', 'select'), createOurs('simd', 'select'), createOurs('scalar', 'sort')];
  const variants = RIGHT_VARIANTS.map((variant) => ({
    right: createLiteral(variant),
    paperOnly: variant.paperOnly === true,
  }));
  const all = [...ours.map((right) => ({ right, paperOnly: false })), ...variants];
  it.each(all.map((each) => ({ name: each.right.capabilities.name, ...each })))(
    '$name',
    async ({ right, paperOnly }) => {
      const vectors = vectorsFor(right.capabilities.dtype).filter(({ kind }) => kind === 'paper' || !paperOnly);
      expect(await failures(right, vectors)).toEqual([]);
    },
  );

  it('where the quantile lies between a finite distance and +∞, whether that is kept (amb-20) or, literally, not', async () => {
    const law = LAWS.find(({ id }) => id === 'eq7/a-zero-distance-is-never-kept');
    if (law === undefined) throw new Error('expected the law to exist');
    const input = {
      method: 'quantile',
      distance: 'relative',
      epsilon: 0.5,
      silos: [2],
      seed: [1, 0],
      candidate: [2, 3],
    };
    const vectors = await vectorsOf(law, input, createReference('float32'));
    const answersOf = async (right: Implementation): Promise<unknown> => {
      expect(await failures(right, vectors), right.capabilities.name).toEqual([]);
      return right.project({ ...input, method: 'quantile' });
    };
    const literal = variants.filter(({ right: { capabilities: c } }) => c.dtype === 'float32' && c.ties === undefined);
    const [sorted, literally] = [await answersOf(ours[2]), await answersOf(literal[0].right)];
    expect(sorted).toMatchObject({ output: { parameters: [1, 3] } });
    expect(literally).toMatchObject({ output: { parameters: [1, 0] } });
  });

  it.each(DTYPES)('on inputs in %s that no vector was chosen from, too', { timeout: 3_600_000 }, async (dtype) => {
    const reference = createReference(dtype);
    const subjects = all.filter(({ right }) => right.capabilities.dtype === dtype);
    for (const law of LAWS.filter((each) => whyNotApplicable(each, reference.capabilities) === undefined)) {
      // A law that is worth many inputs takes as long as many: the vectors that are chosen from it are enough here.
      if (law.weight > 10 && !isDeep()) continue;
      const numRuns = Math.max(1, Math.round(Math.min(100, runs(2)) / law.weight));
      for (const input of sample(law.inputs(reference.capabilities), { numRuns, seed: runSeed() })) {
        const vectors = await vectorsOf(law, input, reference);
        for (const { right } of subjects.filter((each) => law.kind === 'paper' || !each.paperOnly)) {
          expect(await failures(right, vectors), right.capabilities.name).toEqual([]);
        }
      }
    }
  });
});

describe('what is wrong fails', () => {
  const known = new Map<Mutant, readonly string[]>();
  /** The ids of the vectors that a mutant fails. */
  async function failedBy(mutant: Mutant): Promise<readonly string[]> {
    const wrong = createLiteral(mutant);
    const found = known.get(mutant) ?? (await failures(wrong, vectorsFor(wrong.capabilities.dtype)));
    known.set(mutant, found);
    return found.map((text) => text.slice(0, text.indexOf(':')));
  }

  it.each(MUTANTS)('$name', async (mutant) => {
    expect((await failedBy(mutant)).length > 0).toBe(!TOO_LATE.includes(mutant.name));
  });

  it('and the vectors of each law fail a mutant that the law must catch', async () => {
    const caught = new Set<string>();
    for (const mutant of MUTANTS) {
      for (const id of await failedBy(mutant)) {
        const law = lawOf({ id });
        if (mutant.caughtBy.includes(law)) caught.add(law);
      }
    }
    // What is remembered from one request to the next shows in two of them; a vector is one.
    const ofOneRequest = LAWS.filter(({ id }) => !id.startsWith('stateless/'));
    expect(ofOneRequest.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([]);
  });
});
