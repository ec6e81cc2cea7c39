import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../../src/files/safetensors.ts';
import { bytesOf, smallFiles, type SmallFile } from './headers.ts';

/** What was read: metadata, and each tensor's type, shape and bytes in hexadecimal. */
interface Read {
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly tensors: Readonly<Record<string, readonly [string, readonly number[], string]>>;
}

interface Table {
  /** The library's version. */
  readonly safetensors: string;
  readonly files: readonly (SmallFile & { readonly verdict: Read | null })[];
}

const path = new URL('safetensorsVerdicts.json', import.meta.url);
const { safetensors: version, files } = JSON.parse(readFileSync(path, 'utf8')) as Table;

/** Where we refuse what the library reads, and why (decision 0193). */
const STRICTER: readonly (readonly [why: string, pattern: RegExp])[] = [
  ['the format disallows a key twice, of which the library drops one', /expected each key once/],
  ['a tensor that is a list and no object is an accident of its parser', /expected an object, got "\["U8"/],
  ['so is a type that is an object', /dtype: expected one of .*, got (?!")/],
  [
    'beyond 2^53 we would not have the number that is written',
    /expected a whole number from 0 to 2\^53 - 1, got "\d{16,}"/,
  ],
];

function read(file: SmallFile): Read | string {
  try {
    const { metadata, tensors } = readSafetensors(bytesOf(file), 'file');
    const found = [...tensors].map(([name, { dtype, shape, bytes }]): [string, Read['tensors'][string]] => [
      name,
      [dtype, shape, Buffer.from(bytes).toString('hex')],
    ]);
    return { metadata: Object.fromEntries(metadata), tensors: Object.fromEntries(found) };
  } catch (error) {
    return String(error);
  }
}

describe(`the reader of safetensors, beside the library's ${version}`, () => {
  it.each(['refused', 'read'])('%s what it does, and nothing else', (which) => {
    const [wrong, exceptions]: [string[], Set<string>] = [[], new Set()];
    for (const { verdict, ...file } of files) {
      if ((verdict === null) !== (which === 'refused')) continue;
      const ours = read(file);
      const reason = typeof ours === 'string' ? STRICTER.find(([, pattern]) => pattern.test(ours)) : undefined;
      if (verdict === null ? typeof ours === 'string' : same(ours, verdict)) continue;
      if (verdict !== null && reason !== undefined) exceptions.add(reason[0]);
      else wrong.push(`${JSON.stringify(file)}: ${JSON.stringify(verdict)}, ours: ${JSON.stringify(ours)}`);
    }
    expect(wrong).toEqual([]);
    expect(exceptions.size).toBe(which === 'read' ? STRICTER.length : 0);
  });

  it('is asked about the files that the table has', () => {
    const asked = smallFiles().map((file, i) => ({ ...file, verdict: files[i]?.verdict }));
    expect(files).toEqual(asked);
  });

  it('takes a header of more than 16 megabytes', () => {
    const length = 2 ** 24 + 8;
    const bytes = new Uint8Array(8 + length).fill(' '.charCodeAt(0));
    new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
    bytes.set(new TextEncoder().encode('{}'), 8);
    expect(readSafetensors(bytes, 'file').tensors.size).toBe(0);
  });
});

function same(ours: Read | string, verdict: Read): boolean {
  if (typeof ours === 'string') return false;
  const sorted = (record: object): string => JSON.stringify(Object.entries(record).sort());
  return (
    sorted(ours.tensors) === sorted(verdict.tensors) && sorted(ours.metadata ?? {}) === sorted(verdict.metadata ?? {})
  );
}
