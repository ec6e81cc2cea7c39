/**
 * Which inputs of a law become vectors: the smallest on which each of its mutants falls, the smallest with each tag,
 * and the smallest of all. All by one seed, so that one tree gives one set.
 *
 * @module
 */
import { checkLaw, numRunsOf } from '../check.ts';
import { RUNS, SEED } from '../conform/defaults.ts';
import { sample } from '../asking/turns.ts';
import type { Dtype, Implementation } from '../implementation.ts';
import type { Law } from '../laws/law.ts';
import { MUTANTS } from '../mutants/all.ts';
import { createLiteral } from '../mutants/literal.ts';
import { FORMATS } from '../oracle/formats.ts';
import { TAGS, tagsOf } from '../tags.ts';
import type { Tag } from '../tags.ts';
import { overhear } from './asked.ts';
import type { Exchange } from './asked.ts';
import { examplesOf } from './examples.ts';
import { encodeShort } from '../wire/json.ts';
import type { Vector } from './vector.ts';
import { asVector, createReference } from './vectorOf.ts';
import { checkVector } from './checker.ts';

/** A request that is longer is nobody's to read; only if a law has no shorter one may it be. */
const LONGEST_INPUT = 1200;
/** A law that goes over many steps shows its first ones and its last one. */
const MOST_REQUESTS = 4;

/** The vectors of one law for one number format, in a fixed order. */
export async function selectVectors(law: Law, dtype: Dtype): Promise<Vector[]> {
  const reference = createReference(dtype, law.needs.ties);
  const examples = examplesOf(law, dtype);
  const all: Vector[] = [];
  if (examples === undefined) {
    const drawn = await drawInputs(law, reference);
    all.push(...(await findCounterexamples(law, drawn, reference)), ...findTagged(law, drawn, reference));
  } else {
    for (const input of examples) {
      all.push(...vectorsAmong(law, thin(await overhear(law, input, reference)), reference));
    }
  }
  return [...new Map(all.map((vector) => [vector.id, vector])).values()];
}

/** An input by what the law asks on it. */
interface Drawn {
  readonly exchanges: readonly Exchange[];
  readonly tags: ReadonlySet<Tag>;
  readonly length: number;
}

/** Readable inputs, the shortest first. */
async function drawInputs(law: Law, reference: Implementation): Promise<Drawn[]> {
  const { capabilities } = reference;
  const format = FORMATS[capabilities.dtype];
  const numRuns = numRunsOf(law, RUNS);
  const drawn: Drawn[] = [];
  for (const input of sample(law.inputs(capabilities), { numRuns, seed: SEED })) {
    const exchanges = thin(await overhear(law, input, reference));
    const inputs = exchanges.map(({ asked }) => asked.input);
    const lengths = inputs.map((request) => encodeShort(request, format).length);
    if (Math.max(...lengths) > LONGEST_INPUT) continue;
    const tags = new Set(inputs.flatMap((request) => tagsOf(request, format)));
    drawn.push({ exchanges, tags, length: lengths.reduce((sum, length) => sum + length, 0) });
  }
  return drawn.sort((a, b) => a.length - b.length);
}

/**
 * For each mutant that the law must catch the input that shrinking ends at; if that is so near to the bound that the
 * vector lets it pass, the shortest input whose vectors do not.
 */
async function findCounterexamples(law: Law, drawn: readonly Drawn[], reference: Implementation): Promise<Vector[]> {
  const { dtype } = reference.capabilities;
  const found: Vector[] = [];
  for (const mutant of MUTANTS.filter(({ caughtBy }) => caughtBy.includes(law.id))) {
    const wrong = createLiteral({ ...mutant, dtype });
    const verdict = await checkLaw(law, wrong, { runs: RUNS, seed: SEED });
    if (verdict.state !== 'fail') continue;
    const smallest = thin(await overhear(law, verdict.input, reference));
    for (const exchanges of [smallest, ...drawn.map((input) => input.exchanges)]) {
      const vectors = vectorsAmong(law, exchanges, reference);
      if (!(await isAnyFailed(wrong, vectors))) continue;
      found.push(...vectors);
      break;
    }
  }
  return found;
}

async function isAnyFailed(implementation: Implementation, vectors: readonly Vector[]): Promise<boolean> {
  for (const vector of vectors) {
    if ((await checkVector(implementation, vector)).state === 'fail') return true;
  }
  return false;
}

/**
 * The shortest input of all that makes a vector, and for each tag the shortest with it; of a law with long inputs the
 * first alone, since others have the tags in short ones.
 */
function findTagged(law: Law, drawn: readonly Drawn[], reference: Implementation): Vector[] {
  return [undefined, ...(law.weight === 1 ? TAGS : [])].flatMap((tag) => {
    for (const { exchanges, tags } of drawn) {
      if (tag !== undefined && !tags.has(tag)) continue;
      const vectors = vectorsAmong(law, exchanges, reference);
      if (vectors.some((vector) => tag === undefined || vector.tags.includes(tag))) return vectors;
    }
    return [];
  });
}

function vectorsAmong(law: Law, exchanges: readonly Exchange[], { capabilities }: Implementation): Vector[] {
  return exchanges.flatMap((exchange) => asVector(law, exchange, capabilities) ?? []);
}

function thin(exchanges: readonly Exchange[]): readonly Exchange[] {
  // One long request says as much as a hundred.
  const isLong = exchanges.some(({ asked }) => JSON.stringify(asked.input).length > LONGEST_INPUT);
  const most = isLong && exchanges.length > MOST_REQUESTS ? 1 : MOST_REQUESTS;
  return exchanges.length <= most ? exchanges : [...exchanges.slice(0, most - 1), exchanges[exchanges.length - 1]];
}

/** A vector's line, without the line's end. */
export function writeVector(vector: Vector, dtype: Dtype): string {
  return encodeShort(vector, FORMATS[dtype]);
}
