/**
 * What tells one corpus of pre-training from another.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import type { SplitIdentity } from '../data/identity.ts';
import { InvalidInput } from '../errors.ts';
import { integer, orNull, readRecord, text, type Check, type Fields } from '../kinds.ts';
import { HASH, hashTokenizer } from '../run/identity.ts';
import { VERSION } from '../run/version.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import type { CorpusText } from './corpusText.ts';

/** The corpus, its tokenizer and the code of a run of pre-training. */
export interface CorpusIdentity {
  /** Of text that comes with packages: their names, versions and the rule of what is held out; null for other text. */
  readonly source: string | null;
  readonly documents: SplitIdentity;
  readonly heldOut: SplitIdentity;
  /** SHA-256 of the tokenizer that was trained on it. */
  readonly tokenizer: string;
  /** The version of this package. */
  readonly code: string;
}

const PART: Fields<SplitIdentity> = { rows: integer(0), sha256: HASH };
const part: Check<SplitIdentity> = (value, where) => readRecord(PART, {}, value, where);
const FIELDS: Fields<CorpusIdentity> = {
  source: orNull(text),
  documents: part,
  heldOut: part,
  tokenizer: HASH,
  code: text,
};

/** Reads what a checkpoint says of its corpus. */
export const readCorpusIdentity: Check<CorpusIdentity> = (value, where) => readRecord(FIELDS, {}, value, where);

/** What is at hand now. */
export function identifyCorpus({ source, documents, heldOut }: CorpusText, tokenizer: Tokenizer): CorpusIdentity {
  return {
    source: source ?? null,
    documents: identify(documents),
    heldOut: identify(heldOut),
    tokenizer: hashTokenizer({ model: { tokenizer } }),
    code: VERSION,
  };
}

function identify(rows: readonly unknown[]): SplitIdentity {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
  return { rows: rows.length, sha256: hash.digest('hex') };
}

/**
 * Refuses to continue with another corpus or tokenizer. There is no way round: pretrain.json is to reproduce the seed.
 *
 * @param recorded - what the checkpoint says; null for one from before it said so.
 * @param folder - the run's.
 * @returns what differs and is no reason to stop: another version of the code, in words; else null.
 * @throws InvalidInput naming what differs.
 */
export function requireSameCorpus(recorded: unknown, now: CorpusIdentity, folder: string): string | null {
  if (recorded === null) return null;
  const then = readCorpusIdentity(recorded, `${folder}: identity of the corpus`);
  const inWords = ({ rows, sha256 }: SplitIdentity): string => `${rows} rows (${sha256.slice(0, 12)})`;
  const words = [
    ...(['documents', 'heldOut'] as const)
      .filter((name) => then[name].sha256 !== now[name].sha256)
      .map((name) => `${name}: ${inWords(then[name])} then, ${inWords(now[name])} now`),
    ...(then.tokenizer === now.tokenizer
      ? []
      : [`tokenizer.json: ${then.tokenizer.slice(0, 12)} then, ${now.tokenizer.slice(0, 12)} now`]),
  ];
  if (words.length > 0) {
    if (then.source !== now.source) words.push(`source: ${then.source ?? 'none'} then, ${now.source ?? 'none'} now`);
    throw new InvalidInput(`${folder}: expected the corpus of the run, got another: ${words.join('; ')}`);
  }
  return then.code === now.code ? null : `the run continues with version ${now.code} instead of ${then.code}`;
}
