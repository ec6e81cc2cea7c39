/**
 * What `dst inspect` tells of the origin of a run or a checkpoint.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SplitIdentity } from '../../src/data/identity.ts';
import { SPLITS } from '../../src/data/task.ts';
import { readCorpusIdentity } from '../../src/pretrain/corpusIdentity.ts';
import { pretrainFingerprint, readPretrainFile } from '../../src/pretrain/pretrainConfig.ts';
import { printResult } from '../../src/text/json.ts';
import type { Checkpoint, Origin } from '../../src/run/checkpoint.ts';
import { decisiveFields, runFingerprintOf } from '../../src/run/goOn.ts';
import { IDENTITY, type Identity } from '../../src/run/identity.ts';
import { isRunFolder, readRun } from '../../src/run/runFolder.ts';

/**
 * How far a checkpoint is, and of what seed, data, tokenizer, version and options. It knows the options by their hash
 * alone: they are those of the config beside it, if that has the same.
 */
export function factsOfCheckpoint(
  path: string,
  { step, seconds, run, identity }: Omit<Checkpoint, 'vectors'> & Origin,
): Record<string, string | number> {
  return {
    step,
    seconds,
    ...factsOfOrigin(identity, `${path}: identity`),
    run,
    options: optionsOf(dirname(path), run),
  };
}

/** The seed and the data of a fine-tuning run, or the corpus of pre-training. */
function factsOfOrigin(identity: unknown, where: string): Record<string, string> {
  if (typeof identity !== 'object' || identity === null) return { madeOf: UNKNOWN };
  if ('seed' in identity) return factsOf(IDENTITY(identity, where));
  const { source, documents, heldOut, tokenizer, code } = readCorpusIdentity(identity, where);
  return {
    tokenizer,
    data: source ?? 'files',
    documents: describeSplit(documents),
    heldOut: describeSplit(heldOut),
    version: code,
  };
}

/** The options of the run in that folder, if its checkpoints have that fingerprint. */
function optionsOf(folder: string, fingerprint: string): string {
  if (isRunFolder(folder)) {
    const record = readRun(folder);
    return runFingerprintOf(record) === fingerprint ? printResult(decisiveFields(record.config), 'options') : OTHERS;
  }
  const path = join(folder, 'pretrain.json');
  if (!existsSync(path)) return UNKNOWN;
  const config = readPretrainFile(path);
  return pretrainFingerprint(config) === fingerprint ? printResult(config, 'options') : OTHERS;
}

const UNKNOWN = 'not on record';
const OTHERS = 'not those of the config beside it, which is another run’s';

/** What a run was made of, as lines. */
export function factsOf({ seed, tokenizer, data, code }: Identity): Record<string, string> {
  const splits = data === null ? [] : SPLITS.map((split): [string, string] => [split, describeSplit(data[split])]);
  return {
    seedFingerprint: seed,
    tokenizer: tokenizer ?? 'not on record',
    data: data?.source ?? 'files',
    ...Object.fromEntries(splits),
    version: code ?? 'not on record',
  };
}

function describeSplit({ rows, sha256 }: SplitIdentity): string {
  return `${rows} rows, ${sha256}`;
}
