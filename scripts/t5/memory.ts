/**
 * The peak memory of fine-tuning a T5 1.1 of the small size, 77 million parameters: random weights in a folder as Hugging
 * Face keeps them, a batch of real sentences' length, the whole command as a process of its own.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCommand } from '../../cli/package.ts';
import { writeT5Folder } from '../../src/files/t5Folder.ts';
import { initialise } from '../../src/nn/initialise.ts';
import { T5_DEFAULTS } from '../../src/nn/t5/config.ts';
import { createT5 } from '../../src/nn/t5/encoderDecoder.ts';
import { Random } from '../../src/tensor/random.ts';
import { BYTE_CHARACTERS } from '../../src/text/byteLevel.ts';
import { denoisingSpecials } from '../../src/text/tokenizer.ts';
import { trainTokenizer } from '../../src/text/train.ts';

/** google/t5-v1_1-small. */
export const SMALL = {
  ...T5_DEFAULTS,
  vocabularySize: 32_128,
  modelSize: 512,
  headSize: 64,
  heads: 6,
  feedForwardSize: 1024,
  encoderLayers: 8,
  decoderLayers: 8,
};
/** Pairs a step, and tokens on either side of each. */
export const PAIRS = 8;
export const TOKENS = 40;

/** Prints what the process took at its most, in kilobytes, when it ends. */
const TELL = "process.on('exit', () => process.stderr.write(`\\nmaxRSS ${process.resourceUsage().maxRSS}\\n`))";

/** What was measured. */
export interface T5Memory {
  readonly parameters: number;
  /** The largest resident set of the process, in bytes. */
  readonly peakBytes: number;
}

/** Two steps of DST on that model, in BF16 in its file. */
export async function measureT5Memory(): Promise<T5Memory> {
  const root = mkdtempSync(join(tmpdir(), 'dst-t5-memory-'));
  try {
    const parameters = writeSmall(join(root, 'model'));
    writeSentences(join(root, 'data'));
    const options = ['--model', join(root, 'model'), '--task', 'de-en', '--data', join(root, 'data')];
    const run = ['--steps', '2', '--batch', String(PAIRS), '--learning-rate', '0.01', '--measure-rows', '1'];
    const argv = ['train', ...options, ...run, '--out', join(root, 'run'), '--no-latest', '--quiet'];
    return { parameters, peakBytes: await peakOf(argv) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function writeSmall(folder: string): number {
  const t5 = createT5(SMALL);
  const theta = new Float32Array(t5.size);
  initialise(t5, theta, new Random(1));
  const specials = denoisingSpecials(1);
  const tokenizer = trainTokenizer([], specials.length + BYTE_CHARACTERS.length, specials);
  writeT5Folder(folder, { config: SMALL, theta, parameters: t5.parameters, tokenizer, dtype: 'BF16' });
  return t5.size;
}

/** Of bytes alone, behind a space and before an end. */
function writeSentences(folder: string): void {
  mkdirSync(folder);
  for (const part of ['train', 'val', 'test'])
    for (const language of ['de', 'en'])
      writeFileSync(join(folder, `${part}.${language}`), `${'x'.repeat(TOKENS - 2)}\n`.repeat(PAIRS));
}

function peakOf(argv: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const loader = `data:text/javascript,${encodeURIComponent(TELL)}`;
    execFile(process.execPath, ['--import', loader, builtCommand(), ...argv], (error, _, talk) => {
      const kilobytes = /^maxRSS (\d+)$/m.exec(talk)?.[1];
      if (error !== null || kilobytes === undefined) reject(new Error(`dst train: ${talk}`));
      else resolve(1024 * Number(kilobytes));
    });
  });
}
