/**
 * What a run was made of, so that whatever continues it, or measures it, can find out whether it still has the same.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { describeOtherData, identifyData, type DataIdentity, type SplitIdentity } from '../data/identity.ts';
import type { TaskData } from '../data/task.ts';
import { wrong, InvalidInput } from '../errors.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { integer, orNull, readRecord, text, type Check, type Fields } from '../kinds.ts';
import { VERSION } from './version.ts';

/** The seed, its tokenizer, the data and the code of a run. Null is what a run from before it was recorded does not say. */
export interface Identity {
  /** The fingerprint of the seed's parameters: 64 hexadecimal digits. */
  readonly seed: string;
  /** SHA-256 of the seed's tokenizer: 64 hexadecimal digits. */
  readonly tokenizer: string | null;
  readonly data: DataIdentity | null;
  /** The version of this package. */
  readonly code: string | null;
}

/** Reads 64 hexadecimal digits. */
export const HASH: Check<string> = (value, where) => {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw wrong(where, '64 hexadecimal digits', value);
  return value;
};

const SPLIT: Fields<SplitIdentity> = { rows: integer(0), sha256: HASH };
const split: Check<SplitIdentity> = (value, where) => readRecord(SPLIT, {}, value, where);
const DATA_FIELDS: Fields<DataIdentity> = { source: orNull(text), train: split, development: split, test: split };

/** Reads what a file says of data. */
export const DATA: Check<DataIdentity> = (value, where) => readRecord(DATA_FIELDS, {}, value, where);

const FIELDS: Fields<Identity> = { seed: HASH, tokenizer: orNull(HASH), data: orNull(DATA), code: orNull(text) };

/** Reads what a file says of a run. */
export const IDENTITY: Check<Identity> = (value, where) => readRecord(FIELDS, {}, value, where);

/** A seed as far as its identity goes. */
export interface SeedParts {
  readonly fingerprint: string;
  readonly model: { readonly tokenizer: Tokenizer };
}

/** What is at hand now. */
export function identify(seed: SeedParts, task: TaskData): Identity {
  return { seed: seed.fingerprint, tokenizer: hashTokenizer(seed), data: identifyData(task), code: VERSION };
}

/** SHA-256 of a seed's tokenizer, as it would be written. */
export function hashTokenizer({ model }: Pick<SeedParts, 'model'>): string {
  return createHash('sha256').update(model.tokenizer.json()).digest('hex');
}

/**
 * How a seed differs from the one on record: an error that names what differs, or null.
 *
 * @param where - the run.
 * @param folder - where the seed was read.
 */
export function findOtherSeed(then: Identity, seed: SeedParts, where: string, folder: string): InvalidInput | null {
  if (seed.fingerprint !== then.seed)
    return wrong(`${where}: seed`, `the fingerprint ${short(then.seed)}`, `${short(seed.fingerprint)} in ${folder}`);
  const tokenizer = hashTokenizer(seed);
  if (then.tokenizer !== null && tokenizer !== then.tokenizer)
    return wrong(`${where}: tokenizer`, `the hash ${short(then.tokenizer)}`, `${short(tokenizer)} in ${folder}`);
  return null;
}

/** How data differ from those on record: an error that names the splits, or null. */
export function findOtherData(then: Identity, data: DataIdentity, where: string): InvalidInput | null {
  const words = then.data === null ? '' : describeOtherData(then.data, data);
  if (words === '') return null;
  return new InvalidInput(
    `${where}: expected the data of the run, got others: ${words} (--accept-data takes them all the same)`,
  );
}

function short(hash: string): string {
  return hash.slice(0, 16);
}
