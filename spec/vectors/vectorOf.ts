/**
 * From a law and an input to vectors: one for each request that the law makes.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import type { Asked } from '../asking/hear.ts';
import type { Capabilities, Dtype, Implementation } from '../implementation.ts';
import { DIALECTS, DISTANCE_KINDS, METHODS, OPTIMIZERS, STRATEGIES } from '../implementation.ts';
import type { Law } from '../laws/law.ts';
import { createLiteral } from '../mutants/literal.ts';
import { FORMATS } from '../oracle/formats.ts';
import { tagsOf } from '../tags.ts';
import { acceptedAnswers } from './accepted.ts';
import { overhear } from './asked.ts';
import type { Exchange } from './asked.ts';
import { encodeShort } from '../wire/json.ts';
import type { Accepted, Vector, VectorNeeds } from './vector.ts';

/** What answers while vectors are made: the paper, literally, in the number format of those that they are for. */
export function createReference(dtype: Dtype, ties?: Capabilities['ties']): Implementation {
  return createLiteral({ name: 'the paper, literally', dtype, ...(ties === undefined ? {} : { ties }) });
}

/**
 * The vectors of one input of a law.
 *
 * @param implementation - whose number format the vectors are for, and whose answers a law about many steps continues
 *   from: a failing implementation's own, to keep what it failed on.
 * @returns one a request, without those whose right answers are too many to be written down.
 */
export async function vectorsOf(law: Law, input: unknown, implementation: Implementation): Promise<Vector[]> {
  const exchanges = await overhear(law, input, implementation);
  return exchanges.flatMap((exchange) => asVector(law, exchange, implementation.capabilities) ?? []);
}

/** One request as a vector, or undefined if its right answers are too many to be written down. */
export function asVector(law: Law, { asked, isRefused }: Exchange, capabilities: Capabilities): Vector | undefined {
  const format = FORMATS[capabilities.dtype];
  const mustRefuse = isRefusal(law, asked, isRefused);
  const accepted: Accepted[] | undefined = mustRefuse
    ? [{ error: 'invalid-input' }]
    : acceptedAnswers(asked, capabilities);
  if (accepted === undefined || accepted.length === 0) return undefined;
  const tags = tagsOf(asked.input, format);
  const digest = createHash('sha256')
    .update(`${asked.op} ${encodeShort(asked.input, format)}`)
    .digest('hex');
  return {
    id: `${law.id}/${digest.slice(0, 8)}`,
    equation: law.equation,
    // What is right at ε = 1 the paper does not say.
    kind: tags.includes('everything') ? 'ruling' : law.kind,
    tags,
    op: asked.op,
    needs: needsOf(asked),
    input: { ...asked.input },
    accepted,
    reason: law.equation === 'protocol' && !mustRefuse ? 'After a refusal the program continues to answer.' : law.claim,
  };
}

/** The one vector of a law's first request. */
export async function vectorOf(law: Law, input: unknown, capabilities: Capabilities): Promise<Vector | undefined> {
  const [first] = await vectorsOf(law, input, createReference(capabilities.dtype, capabilities.ties));
  return first;
}

/** Whether a request is to be refused: the first one of a law about refusals; an unknown name always. */
function isRefusal({ equation }: Law, { op, input }: Asked, isRefused: boolean): boolean {
  if (equation !== 'protocol') return false;
  return isRefused || isUnknown(op, input);
}

function isUnknown(op: Asked['op'], input: Asked['input']): boolean {
  const names = namesIn(op, new Map<string, unknown>(Object.entries(input)));
  return Object.values(names).some(({ known, got }) => typeof got === 'string' && !known.includes(got));
}

interface Named {
  readonly known: readonly string[];
  readonly got: unknown;
}

function namesIn(op: Asked['op'], fields: ReadonlyMap<string, unknown>): Record<keyof VectorNeeds, Named> {
  const optimizer = fields.get('optimizer');
  const ofOptimizer = new Map<string, unknown>(
    typeof optimizer === 'object' && optimizer !== null ? Object.entries(optimizer) : [],
  );
  return {
    distance: { known: DISTANCE_KINDS, got: fields.get(op === 'distance' ? 'kind' : 'distance') },
    method: { known: METHODS, got: fields.get('method') },
    strategy: { known: STRATEGIES, got: fields.get('strategy') },
    optimizer: { known: OPTIMIZERS, got: ofOptimizer.get('name') },
    dialect: { known: DIALECTS, got: ofOptimizer.get('dialect') },
  };
}

/** What a request asks for by name. */
function needsOf({ op, input }: Asked): VectorNeeds {
  const names = namesIn(op, new Map<string, unknown>(Object.entries(input)));
  const find = <Name extends string>(known: readonly Name[], { got }: Named): Name | undefined =>
    known.find((name) => name === got);
  const needs = {
    distance: find(DISTANCE_KINDS, names.distance),
    method: find(METHODS, names.method),
    strategy: find(STRATEGIES, names.strategy),
    optimizer: find(OPTIMIZERS, names.optimizer),
    dialect: find(DIALECTS, names.dialect),
  };
  return Object.fromEntries(Object.entries(needs).filter(([, name]) => name !== undefined));
}
