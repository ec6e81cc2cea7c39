/**
 * Vectors on disk: one file of JSON Lines for each number format, and a manifest with their digests.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { wrong } from '../../src/errors.ts';
import type { Dtype } from '../implementation.ts';
import { FORMATS } from '../oracle/formats.ts';
import { decodeShort, encodeShort, parseLine } from '../wire/json.ts';
import { VECTOR_SCHEMA } from './schema.ts';
import { VECTOR_VERSION } from './vector.ts';
import type { Vector, VectorFile } from './vector.ts';

export const MANIFEST = 'manifest.json';

interface Header {
  readonly vectors: number;
  readonly dtype: Dtype;
  readonly count: number;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
const isHeader = ajv.compile<Header>(VECTOR_SCHEMA.$defs.header);
const isVector = ajv.compile<Vector>(VECTOR_SCHEMA.$defs.vector);

/** The text of a file of vectors: the header, then a vector a line. */
export function writeVectorFile({ version, dtype, vectors }: VectorFile): string {
  const header = { vectors: version, dtype, count: vectors.length };
  return [header, ...vectors].map((line) => `${encodeShort(line, FORMATS[dtype])}\n`).join('');
}

/**
 * Reads a file of vectors.
 *
 * @param where - its name, for messages.
 * @throws InvalidInput for a line that is none, a version that this does not know, and a file that was cut off.
 */
export function readVectorFile(text: string, where: string): VectorFile {
  const [first = '', ...rest] = text.split('\n');
  const header: unknown = parseLine(first, `${where}:1`);
  if (typeof header !== 'object' || header === null || !('vectors' in header)) {
    throw wrong(`${where}:1`, 'a header as in {"vectors":1,"dtype":"float32","count":3}', first.slice(0, 80));
  }
  if (header.vectors !== VECTOR_VERSION) {
    throw wrong(`${where}:1: vectors`, `version ${VECTOR_VERSION}`, JSON.stringify(header.vectors));
  }
  if (!isHeader(header)) throw wrong(`${where}:1`, 'a header with dtype and count', first.slice(0, 80));
  const lines = rest.filter((line, i) => line !== '' || i < rest.length - 1);
  const vectors = lines.map((line, i): Vector => {
    const place = `${where}:${i + 2}`;
    const plain = parseLine(line, place);
    const vector = decodeShort(plain, FORMATS[header.dtype]);
    if (!isVector(plain) || !isRead(vector)) {
      const [fault] = isVector.errors ?? [];
      throw wrong(`${place}${fault.instancePath}`, 'a vector', `one that ${fault.message ?? 'is none'}`);
    }
    return vector;
  });
  if (vectors.length !== header.count) throw wrong(where, `${header.count} vectors`, vectors.length);
  return { version: VECTOR_VERSION, dtype: header.dtype, vectors };
}

/** The same line with its numbers read: still a vector where the line was one. */
function isRead(value: unknown): value is Vector {
  return typeof value === 'object' && value !== null;
}

/** What is in a folder of vectors. */
export interface Manifest {
  readonly vectors: typeof VECTOR_VERSION;
  readonly files: readonly {
    readonly file: string;
    readonly dtype: Dtype;
    readonly count: number;
    readonly sha256: string;
  }[];
}

/** A folder's files by name, the manifest among them. */
export function writeVectors(files: readonly VectorFile[]): ReadonlyMap<string, string> {
  const texts = files.map((file) => ({ file, name: `${file.dtype}.jsonl`, text: writeVectorFile(file) }));
  const manifest: Manifest = {
    vectors: VECTOR_VERSION,
    files: texts.map(({ file: { dtype, vectors }, name, text }) => ({
      file: name,
      dtype,
      count: vectors.length,
      sha256: digestOf(text),
    })),
  };
  const entries = texts.map(({ name, text }): [string, string] => [name, text]);
  return new Map([...entries, [MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`]]);
}

/**
 * Reads vectors: a folder with a manifest, whose digests are checked, or one file.
 *
 * @throws InvalidInput if there are none, and for a file that is not the one that the manifest lists.
 */
export function readVectors(path: string): readonly VectorFile[] {
  if (!existsSync(path)) throw wrong('vectors', 'a folder or a file of vectors', path);
  if (path.endsWith('.jsonl')) return [readVectorFile(readFileSync(path, 'utf8'), path)];
  const manifest = join(path, MANIFEST);
  if (!existsSync(manifest)) throw wrong(path, `a folder with ${MANIFEST}`, 'one without');
  return listed(parseLine(readFileSync(manifest, 'utf8'), manifest), manifest).map(({ file, sha256 }) => {
    const name = join(path, file);
    if (!existsSync(name)) throw wrong(manifest, `${file} beside it`, 'nothing');
    const text = readFileSync(name, 'utf8');
    if (digestOf(text) !== sha256) throw wrong(name, `the SHA-256 ${sha256}`, digestOf(text));
    return readVectorFile(text, name);
  });
}

function listed(manifest: unknown, where: string): { readonly file: string; readonly sha256: string }[] {
  if (typeof manifest !== 'object' || manifest === null || !('files' in manifest) || !Array.isArray(manifest.files)) {
    throw wrong(where, 'a list of files', 'none');
  }
  return manifest.files.map((entry: unknown, i) => {
    if (typeof entry === 'object' && entry !== null && 'file' in entry && 'sha256' in entry) {
      const { file, sha256 } = entry;
      // A name, not a path: nothing outside the folder is read.
      if (typeof file === 'string' && /^[\w.-]+$/.test(file) && typeof sha256 === 'string') return { file, sha256 };
    }
    throw wrong(`${where}: files[${i}]`, 'a name and a SHA-256', JSON.stringify(entry));
  });
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
