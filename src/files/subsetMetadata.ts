/**
 * What the header of a subset's file says about it, as safetensors has it: texts by name.
 *
 * @module
 */
import { DISTANCES, SILO_STRATEGIES } from '../dst/notation.ts';
import type { DistanceName, SiloStrategy } from '../dst/notation.ts';
import { wrong } from '../errors.ts';
import { anyText, everyField, having, instance, integer, list, oneOf, text, type Kinds } from '../kinds.ts';
import { countElements, elementCount } from '../tensor/shape.ts';
import { parseJson } from '../text/json.ts';
import { SHORT } from './fingerprint.ts';
import type { Fingerprint } from './fingerprint.ts';
import { INDEX_ENCODINGS } from './gapCode.ts';
import type { IndexEncoding } from './gapCode.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** Name of the format, in the file's metadata. */
export const SUBSET_FORMAT = 'dynamic-subset-tuning/subset';
const VERSION = '1';
const PAPER = 'arXiv:2411.08610';

/** What is known of a subset beside its indices and values. */
export interface SubsetDescription {
  /** The tensors of the seed, each range of θ once, with their places in θ. */
  readonly parameters: readonly Parameter[];
  /** As the user wrote it, e.g. "0.01". */
  readonly epsilon: string;
  readonly silos: SiloStrategy;
  readonly distance: DistanceName;
  /** How it was tuned, e.g. "dst". */
  readonly method: string;
  readonly seedFingerprint: Fingerprint;
  /** The total fingerprint of the seed with the subset applied: 64 hexadecimal digits. */
  readonly resultFingerprint: string;
  /** n */
  readonly n: number;
  /** How many parameters differ from the seed. */
  readonly changed: number;
  /** Anything else. */
  readonly extra: Readonly<Record<string, string>>;
}

/** What the one who tuned says of a subset. */
export const CHOSEN = {
  epsilon: text,
  silos: oneOf(SILO_STRATEGIES),
  distance: oneOf(DISTANCES),
  method: text,
} as const satisfies Partial<Kinds<SubsetDescription>>;

/** What is written of a subset. That the parts agree is for its reader to say. */
export const DESCRIPTION: Kinds<SubsetDescription> = {
  ...CHOSEN,
  parameters: list(having('a tensor', { name: anyText, module: anyText, shape: list(integer(0)), offset: integer(0) })),
  seedFingerprint: having('a fingerprint', { total: text, tensors: instance(Map, 'a Map') }),
  resultFingerprint: text,
  n: integer(0),
  changed: integer(0),
  extra: everyField(anyText),
};

const FIELDS = [
  'format',
  'version',
  'paper',
  'encoding',
  'epsilon',
  'silos',
  'distance',
  'method',
  'n',
  'changed',
  'seed_fingerprint',
  'result_fingerprint',
  'layout',
] as const;
type Field = (typeof FIELDS)[number];

export function writeMetadata(about: SubsetDescription, encoding: IndexEncoding): Record<string, string> {
  const taken = Object.keys(about.extra).find((key) => FIELDS.some((field) => field === key));
  if (taken !== undefined) throw wrong('extra', `names other than ${FIELDS.join(', ')}`, taken);
  const fields: Record<Field, string> = {
    format: SUBSET_FORMAT,
    version: VERSION,
    paper: PAPER,
    encoding,
    epsilon: about.epsilon,
    silos: about.silos,
    distance: about.distance,
    method: about.method,
    n: String(about.n),
    changed: String(about.changed),
    seed_fingerprint: about.seedFingerprint.total,
    result_fingerprint: about.resultFingerprint,
    layout: writeLayout(about.parameters, about.seedFingerprint.tensors),
  };
  return { ...fields, ...about.extra };
}

/**
 * Reads what {@link writeMetadata} wrote.
 *
 * @throws {@link InvalidInput} naming the field that is missing or means nothing.
 */
export function readMetadata(
  metadata: ReadonlyMap<string, string>,
  where: string,
): SubsetDescription & { readonly encoding: IndexEncoding } {
  const text = (field: Field): string => {
    const value = metadata.get(field);
    if (value === undefined) throw wrong(`${where}: metadata`, `the field "${field}"`, 'none');
    return value;
  };
  if (metadata.get('format') !== SUBSET_FORMAT)
    throw wrong(where, `a subset (format ${SUBSET_FORMAT})`, metadata.get('format') ?? 'none');
  if (text('version') !== VERSION) throw wrong(`${where}: version`, VERSION, text('version'));
  const { parameters, digests } = readLayout(text('layout'), `${where}: layout`);
  const total = hexadecimal(text('seed_fingerprint'), 64, `${where}: seed_fingerprint`);
  const n = whole(text('n'), `${where}: n`);
  const covered = countElements(parameters);
  if (covered !== n) throw wrong(`${where}: n`, `${covered}, the sum over the layout`, n);
  return {
    encoding: oneOf(INDEX_ENCODINGS)(text('encoding'), `${where}: encoding`),
    parameters,
    epsilon: text('epsilon'),
    silos: oneOf(SILO_STRATEGIES)(text('silos'), `${where}: silos`),
    distance: oneOf(DISTANCES)(text('distance'), `${where}: distance`),
    method: text('method'),
    seedFingerprint: { total, tensors: digests },
    resultFingerprint: hexadecimal(text('result_fingerprint'), 64, `${where}: result_fingerprint`),
    n,
    changed: whole(text('changed'), `${where}: changed`),
    extra: Object.fromEntries([...metadata].filter(([key]) => !FIELDS.some((field) => field === key))),
  };
}

/** `[[name, module, layer, shape, fingerprint], …]` in the order of θ, one tensor after the other; a stacked axis is a sixth. */
function writeLayout(parameters: readonly Parameter[], digests: ReadonlyMap<string, string>): string {
  return JSON.stringify(
    parameters.map(({ name, module, layer, shape, stackedAxis }) => {
      const row = [name, module, layer, shape, digests.get(name) ?? ''];
      return stackedAxis === undefined ? row : [...row, stackedAxis];
    }),
  );
}

function readLayout(json: string, where: string): { parameters: Parameter[]; digests: Map<string, string> } {
  const rows = parseJson(json, where);
  if (!Array.isArray(rows)) throw wrong(where, 'a list of tensors', typeof rows);
  const parameters: Parameter[] = [];
  const digests = new Map<string, string>();
  let offset = 0;
  for (const [i, row] of rows.entries()) {
    const fields: readonly unknown[] = Array.isArray(row) ? row : [];
    const [name, module, layer, shape, digest, axis] = fields;
    const valid = typeof name === 'string' && typeof module === 'string' && typeof digest === 'string';
    if (!valid || !(layer === null || isSize(layer)) || !(Array.isArray(shape) && shape.every(isSize))) {
      throw wrong(`${where}[${i}]`, '[name, module, layer, shape, fingerprint]', JSON.stringify(row)?.slice(0, 80));
    }
    if (!(axis === undefined || (isSize(axis) && axis < shape.length)))
      throw wrong(`${where}[${i}]: stacked axis`, `a number below ${shape.length}`, axis);
    if (digests.has(name)) throw wrong(`${where}[${i}]`, 'each name once', name);
    parameters.push({ name, module, layer, shape, offset, ...(axis === undefined ? {} : { stackedAxis: axis }) });
    digests.set(name, hexadecimal(digest, SHORT, `${where}[${i}]: fingerprint`));
    offset += elementCount(shape);
  }
  return { parameters, digests };
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function whole(text: string, where: string): number {
  if (!/^\d{1,15}$/.test(text)) throw wrong(where, 'a whole number', text);
  return Number(text);
}

function hexadecimal(text: string, digits: number, where: string): string {
  if (text.length !== digits || !/^[0-9a-f]*$/.test(text)) throw wrong(where, `${digits} hexadecimal digits`, text);
  return text;
}
