/**
 * The JSON Schema of a run's records; docs/conformance/schemas/records.schema.json is written from it.
 *
 * @module
 */
import { LEVELS, RECORD_VERSION, STATES, VERDICTS } from '../conform/record.ts';
import { COUNTS, DISTANCE_KINDS, METHODS, OPERATIONS, OPTIMIZERS, STRATEGIES } from '../implementation.ts';
import { LAW_ANCHORS } from '../laws/law.ts';
import { TAGS } from '../tags.ts';

const text = { type: 'string' } as const;
const name = { type: 'string', minLength: 1 } as const;
const count = { type: 'integer', minimum: 0 } as const;
const duration = { type: 'number', minimum: 0 } as const;
const listOfText = { type: 'array', items: text } as const;
const listOf = (names: readonly string[]): object => ({ type: 'array', items: { enum: names } });

/** Unknown fields are let through: a later version may add them. */
function record(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  return { type: 'object', properties, required: Object.keys(properties).filter((key) => !optional.includes(key)) };
}

const implementation = record(
  {
    name,
    version: text,
    language: text,
    homepage: text,
    dtype: { enum: ['float32', 'float64', 'bfloat16'] },
    operations: listOf(OPERATIONS),
    distances: listOf(DISTANCE_KINDS),
    thresholds: listOf(METHODS),
    silos: listOf(STRATEGIES),
    optimizers: listOf(OPTIMIZERS),
    ties: { const: 'lowest-index' },
    counts: { enum: COUNTS },
    flushesDenormals: { type: 'boolean' },
  },
  ['homepage', 'ties', 'counts', 'flushesDenormals'],
);

const start = record(
  {
    type: { const: 'start' },
    recordVersion: { const: RECORD_VERSION },
    protocolVersion: count,
    kitVersion: name,
    date: name,
    implementation,
    command: { type: 'array', items: text },
    runs: count,
    seed: { type: 'integer' },
    paperOnly: { type: 'boolean' },
    checks: count,
    available: count,
  },
  ['available'],
);

const counterexample = record(
  {
    input: {},
    request: {},
    wrote: text,
    got: {},
    wanted: {},
    tags: listOf(TAGS),
    at: text,
    seed: { type: 'integer' },
    path: text,
    replay: text,
  },
  ['at', 'request', 'wrote'],
);

const ruling = record({ id: name, link: name, question: text, says: text, others: text });

const check = record(
  {
    type: { const: 'check' },
    id: { type: 'string', pattern: '^[\\w.-]+/[\\w-]+$' },
    equation: { enum: LAW_ANCHORS },
    claim: text,
    kind: { enum: ['paper', 'ruling'] },
    accepts: text,
    level: { enum: LEVELS },
    state: { enum: STATES },
    runs: count,
    planned: count,
    milliseconds: duration,
    why: text,
    counterexample,
    ruling,
    stderr: text,
  },
  ['planned', 'why', 'counterexample', 'ruling', 'stderr'],
);

const counts = record(Object.fromEntries(STATES.map((state) => [state, count])));
const counted = { type: 'object', additionalProperties: count } as const;
const coverage = record({
  operation: { enum: OPERATIONS },
  requests: count,
  sizes: counted,
  options: {
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: counted },
  },
  pairs: record({ asked: count, of: count }),
  holes: listOfText,
});

const diagnosis = record({
  failures: { type: 'array', items: record({ id: name, follows: listOfText }) },
  like: { type: 'array', items: record({ mutant: name, checks: count }) },
});

const end = record(
  {
    type: { const: 'end' },
    paper: counts,
    ruling: counts,
    milliseconds: duration,
    conforms: { type: 'boolean' },
    verdict: { enum: VERDICTS },
    coverage: { type: 'array', items: coverage },
    diagnosis,
  },
  ['verdict', 'coverage', 'diagnosis'],
);

/** Of one line. */
export const RECORD_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A line of a conformance run for Dynamic Subset Tuning',
  anyOf: [{ $ref: '#/$defs/start' }, { $ref: '#/$defs/check' }, { $ref: '#/$defs/end' }],
  $defs: { start, check, end },
};
