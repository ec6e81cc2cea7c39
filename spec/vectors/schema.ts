/**
 * The JSON Schema of a file of vectors, line by line; docs/conformance/schemas/vectors.schema.json is written from it.
 *
 * @module
 */
import { DIALECTS, DISTANCE_KINDS, METHODS, OPERATIONS, OPTIMIZERS, STRATEGIES } from '../implementation.ts';
import { LAW_ANCHORS } from '../laws/law.ts';
import { TAGS } from '../tags.ts';
import { VECTOR_VERSION } from './vector.ts';

const number = { anyOf: [{ type: 'number' }, { enum: ['NaN', 'Infinity', '-Infinity'] }] } as const;
const text = { type: 'string', minLength: 1 } as const;

/** A list in which `{"repeat":[entry,times]}` may stand for that many entries. */
function list(entry: object): object {
  const run = {
    type: 'object',
    properties: {
      repeat: { type: 'array', prefixItems: [entry, { type: 'integer', minimum: 1 }], items: false, minItems: 2 },
    },
    required: ['repeat'],
    additionalProperties: false,
  };
  return { type: 'array', items: { anyOf: [entry, run] } };
}

function record(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const bound = { anyOf: [number, { type: 'array', prefixItems: [number, number], items: false, minItems: 2 }] };

const when = record({ ties: { enum: ['lowest-index', 'dropped'] }, flushesDenormals: { const: true } }, [
  'ties',
  'flushesDenormals',
]);

const contents: Readonly<Record<string, object>> = {
  error: { const: 'invalid-input' },
  silos: { type: 'array', items: { type: 'array', items: text } },
  distances: list(bound),
  threshold: bound,
  overlap: bound,
  updates: list(list(bound)),
  parameters: list(list(bound)),
  stretches: { type: 'array', items: { type: 'array', minItems: 1, items: list(number) } },
};

const header = record({
  vectors: { const: VECTOR_VERSION },
  dtype: { enum: ['float32', 'float64', 'bfloat16'] },
  count: { type: 'integer', minimum: 1 },
});

const needs = {
  distance: { enum: DISTANCE_KINDS },
  method: { enum: METHODS },
  strategy: { enum: STRATEGIES },
  optimizer: { enum: OPTIMIZERS },
  dialect: { enum: DIALECTS },
};

const vector = record({
  id: { type: 'string', pattern: '^[\\w.-]+/[\\w-]+/[0-9a-f]{8}$' },
  equation: { enum: LAW_ANCHORS },
  kind: { enum: ['paper', 'ruling'] },
  tags: { type: 'array', items: { enum: TAGS }, uniqueItems: true },
  op: { enum: OPERATIONS },
  needs: record(needs, Object.keys(needs)),
  input: { type: 'object' },
  accepted: {
    type: 'array',
    minItems: 1,
    items: { anyOf: Object.entries(contents).map(([name, content]) => record({ when, [name]: content }, ['when'])) },
  },
  reason: text,
});

/** Of one line: the header, which is the first, or a vector. */
export const VECTOR_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A line of a file of vectors for Dynamic Subset Tuning',
  anyOf: [{ $ref: '#/$defs/header' }, { $ref: '#/$defs/vector' }],
  $defs: { header, vector },
};
