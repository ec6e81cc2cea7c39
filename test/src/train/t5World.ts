/**
 * A world small enough for tests: a T5 of some thousand parameters, and sentences in two languages that it can learn.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialise } from '../../../src/nn/initialise.ts';
import { T5_DEFAULTS } from '../../../src/nn/t5/config.ts';
import { createT5 } from '../../../src/nn/t5/encoderDecoder.ts';
import { Random } from '../../../src/tensor/random.ts';
import { denoisingSpecials } from '../../../src/text/tokenizer.ts';
import { trainTokenizer } from '../../../src/text/train.ts';
import { createT5Model } from '../../../src/models/t5Model.ts';
import type { TextModel } from '../../../src/models/textModel.ts';

const WORDS: readonly (readonly [german: string, english: string])[] = [
  ['Hund', 'dog'],
  ['Baum', 'tree'],
  ['Haus', 'house'],
  ['Mann', 'man'],
  ['Frau', 'woman'],
];
const PLACES: readonly (readonly [german: string, english: string])[] = [
  ['schläft', 'sleeps'],
  ['läuft', 'runs'],
  ['steht', 'stands'],
];

/** Sentence i: `Hund und Baum schläft` and `dog and tree sleeps`. */
function sentence(i: number): readonly [german: string, english: string] {
  const [a, b, c] = [WORDS[i % 5], WORDS[(i * 3 + 1) % 5], PLACES[i % 3]];
  return [`${a[0]} und ${b[0]} ${c[0]}`, `${a[1]} and ${b[1]} ${c[1]}`];
}

export interface T5World {
  readonly root: string;
  /** Folder of the seed. */
  readonly seed: string;
  /** Folder of line-aligned files. */
  readonly data: string;
  readonly model: TextModel;
  readonly theta: Float32Array;
  /** Writes the two files of a part. */
  readonly write: (part: string, source: string, target: string) => void;
  readonly remove: () => void;
}

export function createT5World(): T5World {
  const root = mkdtempSync(join(tmpdir(), 'dst-t5-'));
  const data = join(root, 'data');
  mkdirSync(data);
  const write = (part: string, source: string, target: string): void => {
    writeFileSync(join(data, `${part}.de`), source);
    writeFileSync(join(data, `${part}.en`), target);
  };
  const lines = (from: number, count: number, side: 0 | 1): string =>
    Array.from({ length: count }, (_, i) => `${sentence(from + i)[side]}\n`).join('');
  for (const [part, from, count] of [
    ['train', 0, 30],
    ['val', 30, 6],
    ['test', 36, 9],
  ] as const)
    write(part, lines(from, count, 0), lines(from, count, 1));
  const words = [lines(0, 30, 0), lines(0, 30, 1)]
    .join('')
    .split(/\s/)
    .map((word) => ` ${word}`);
  const tokenizer = trainTokenizer(words, 290, denoisingSpecials(4));
  const t5 = createT5({
    ...T5_DEFAULTS,
    vocabularySize: tokenizer.vocabularySize,
    modelSize: 16,
    headSize: 8,
    heads: 2,
    feedForwardSize: 24,
    encoderLayers: 1,
    decoderLayers: 1,
    context: 40,
  });
  const theta = new Float32Array(t5.size);
  initialise(t5, theta, new Random(3));
  const model = createT5Model(t5, tokenizer);
  const seed = join(root, 'seed');
  model.write(seed, theta);
  return { root, seed, data, model, theta, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}
