/**
 * A checker that knows the lines alone: no oracle, no law. What it takes to check vectors in another language is this
 * and docs/conformance/vectors.md.
 *
 * @module
 */
import type { Answer, Capabilities, Dtype, Implementation } from '../implementation.ts';
import type { Accepted, Bound, Vector } from './vector.ts';

/** What came of one vector. */
export type VectorVerdict =
  | { readonly state: 'pass' }
  | { readonly state: 'not-applicable' | 'skip'; readonly why: string }
  | { readonly state: 'fail'; readonly got: unknown; readonly wanted: readonly Accepted[] };

/** What an implementation declares, as far as vectors ask for it. */
export type Declared = Omit<Capabilities, 'name' | 'version' | 'language' | 'homepage'>;

/** Asks an implementation for one vector's answer and judges it. */
export async function checkVector(implementation: Implementation, vector: Vector): Promise<VectorVerdict> {
  const why = whyVectorIsNotApplicable(vector, implementation.capabilities);
  if (why !== undefined) return { state: 'not-applicable', why };
  const operations: Readonly<Record<string, unknown>> = { ...implementation };
  const ask = operations[vector.op];
  if (!isOperation(ask)) return { state: 'skip', why: `no operation ${vector.op}` };
  const answer = await ask(vector.input);
  if ('skip' in answer) return { state: 'skip', why: answer.skip };
  if (isAccepted(vector, answer, implementation.capabilities)) return { state: 'pass' };
  const got = 'output' in answer ? answer.output : answer.error;
  return { state: 'fail', got, wanted: applicable(vector, implementation.capabilities) };
}

function isOperation(value: unknown): value is (input: unknown) => Promise<Answer<unknown>> {
  return typeof value === 'function';
}

/** Why a vector does not apply to what is declared, or undefined if it does. */
export function whyVectorIsNotApplicable({ op, needs }: Vector, declared: Declared): string | undefined {
  const { distance, method, strategy, optimizer, dialect } = needs;
  if (!declared.operations.includes(op)) return `does not claim the operation ${op}`;
  if (distance && !declared.distances.includes(distance)) return `does not claim the distance ${distance}`;
  if (method && !declared.thresholds.includes(method)) return `does not claim the threshold ${method}`;
  if (strategy && !declared.silos.includes(strategy)) return `does not claim the silos ${strategy}`;
  if (optimizer && !declared.optimizers.includes(optimizer)) return `does not claim ${optimizer}`;
  if (dialect && !(declared.dialects ?? ['t5x']).includes(dialect)) return `does not claim the dialect ${dialect}`;
  const { counts = 'quantile' } = declared;
  if (counts !== 'quantile' && method === 'quantile' && (op === 'project' || op === 'train'))
    return `declares counts: ${counts}; the vectors have those of the quantile`;
  return undefined;
}

/** Whether an answer is one of the right ones. */
export function isAccepted(vector: Vector, answer: Answer<unknown>, declared: Declared): boolean {
  const { dtype } = declared;
  return applicable(vector, declared).some((accepted) => {
    if ('error' in accepted) return 'error' in answer && answer.error.kind === accepted.error;
    if (!('output' in answer)) return false;
    const output = new Map<string, unknown>(Object.entries(asRecord(answer.output)));
    if ('silos' in accepted) return asSets(output.get('silos')) === asSets(accepted.silos);
    if ('distances' in accepted) return isList(output.get('distances'), accepted.distances, dtype);
    if ('threshold' in accepted) return isWithin(output.get('threshold'), accepted.threshold, dtype);
    if ('overlap' in accepted) return isWithin(output.get('overlap'), accepted.overlap, dtype);
    if ('updates' in accepted) return isLists(output.get('updates'), accepted.updates, dtype);
    if ('parameters' in accepted) return isLists(output.get('parameters'), accepted.parameters, dtype);
    return isInStretches(output.get('parameters'), accepted.stretches, dtype);
  });
}

function asRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function applicable({ accepted }: Vector, { ties, flushesDenormals = false }: Declared): Accepted[] {
  return accepted.filter(
    ({ when = {} }) =>
      (when.ties === undefined || when.ties === (ties ?? 'dropped')) &&
      (when.flushesDenormals === undefined || flushesDenormals),
  );
}

function isWithin(got: unknown, bound: Bound, dtype: Dtype): boolean {
  if (typeof got !== 'number') return false;
  const x = round(got, dtype);
  return typeof bound === 'number' ? Object.is(x, bound) : bound[0] <= x && x <= bound[1];
}

function isList(got: unknown, bounds: readonly Bound[], dtype: Dtype): boolean {
  return (
    Array.isArray(got) && got.length === bounds.length && bounds.every((bound, i) => isWithin(got[i], bound, dtype))
  );
}

function isLists(got: unknown, steps: readonly (readonly Bound[])[], dtype: Dtype): boolean {
  return Array.isArray(got) && got.length === steps.length && steps.every((step, t) => isList(got[t], step, dtype));
}

function isInStretches(got: unknown, stretches: readonly (readonly (readonly number[])[])[], dtype: Dtype): boolean {
  if (!Array.isArray(got)) return false;
  let to = 0;
  const areRight = stretches.every((contents) => {
    const from = to;
    to += contents[0].length;
    return contents.some((content) => isList(got.slice(from, to), content, dtype));
  });
  return areRight && to === got.length;
}

/** Sets of sets as one text. */
function asSets(silos: unknown): string {
  if (!Array.isArray(silos)) return '';
  const isNames = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((x) => typeof x === 'string');
  return JSON.stringify(
    silos.map((names: unknown) => (isNames(names) ? JSON.stringify([...names].sort()) : '')).sort(),
  );
}

const scratch = new DataView(new ArrayBuffer(4));

/** To the nearest number of the format, ties to even. */
function round(x: number, dtype: Dtype): number {
  if (dtype === 'float64') return x;
  if (dtype === 'float32' || !Number.isFinite(x)) return Math.fround(x);
  scratch.setFloat32(0, x);
  const word = scratch.getUint32(0);
  scratch.setUint32(0, (word + 0x7fff + ((word >>> 16) & 1)) & 0xffff_0000);
  return scratch.getFloat32(0);
}
