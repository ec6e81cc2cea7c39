/**
 * The JSON Schema of every message, and what is wrong with a value in the words of this project:
 * `answer.output.distances[3]: expected a number, got "abc"`.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { Internal } from '../../src/errors.ts';
import { encode } from './json.ts';

/** The folder of the schema files, beside this file in the sources and in the package. */
const FOLDER = new URL('./schemas/', import.meta.url);

/** A place in a message where something else was expected. */
export interface Misfit {
  /** The JSON path, e.g. `answer.output.distances[3]`. */
  readonly path: string;
  readonly expected: string;
  /** What stands there, shortened; `nothing` where the field is missing. */
  readonly got: string;
}

/**
 * NaN is a number here: values are checked before they are written, too. That the files are schemas is a test's to say: to
 * hold them against the schema of schemas costs more than all answers of a run.
 */
const ajv = new Ajv2020({ strictNumbers: false, strictTypes: false, verbose: true, validateSchema: false });
let isLoaded = false;

/** Where `value` first departs from the schema in that file, or undefined. `root` is what a path begins with. */
export function findMisfit(schema: string, value: unknown, root: string): Misfit | undefined {
  if (!isLoaded) {
    for (const name of readdirSync(FOLDER)) ajv.addSchema(readSchema(name), name);
    isLoaded = true;
  }
  const validate = ajv.getSchema(schema);
  if (validate === undefined) throw new Internal(`schemas: expected a file ${schema}, got none`);
  if (validate(value) === true) return undefined;
  const error = mostTelling(validate.errors ?? []);
  if (error === undefined) throw new Internal(`${schema}: expected an error that says why, got none`);
  return describe(error, root);
}

/** A misfit as one sentence. */
export function describeMisfit({ path, expected, got }: Misfit): string {
  return `${path}: expected ${expected}, got ${got}`;
}

function readSchema(name: string): object {
  const schema: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
  if (typeof schema !== 'object' || schema === null)
    throw new Internal(`${name}: expected an object, got ${typeof schema}`);
  return schema;
}

/** The error that lies deepest; among those of one place the one whose schema has a title. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const rank = ({ instancePath, keyword, parentSchema }: ErrorObject): number =>
    2 * instancePath.split('/').length + (keyword === 'required' || parentSchema?.['title'] !== undefined ? 1 : 0);
  return [...errors].filter(({ keyword }) => keyword !== 'if').sort((a, b) => rank(b) - rank(a))[0];
}

function describe({ instancePath, keyword, params, parentSchema, schema, data }: ErrorObject, root: string): Misfit {
  const path = `${root}${toPath(instancePath)}`;
  if (keyword === 'required') {
    return { path: `${path}.${String(params['missingProperty'])}`, expected: 'a value', got: 'nothing' };
  }
  const title: unknown = parentSchema?.['title'];
  const expected =
    typeof title === 'string' ? title : keyword === 'const' ? encode(schema) : `what ${keyword} asks for`;
  return { path, expected, got: shorten(encode(data)) };
}

/** `/output/distances/3` as `.output.distances[3]`. */
function toPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('');
}

/** A text that fits into a message. */
export function shorten(text: string, most = 120): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}
