/**
 * A world small enough for tests: a decoder of some thousand parameters, and a task of three classes that it can learn.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeModelFolder } from '../../../src/files/modelFolder.ts';
import type { DecoderConfig } from '../../../src/nn/config.ts';
import { createDecoder, type Decoder } from '../../../src/nn/decoder.ts';
import { initialise } from '../../../src/nn/initialise.ts';
import { Random } from '../../../src/tensor/random.ts';
import type { Tokenizer } from '../../../src/text/tokenizer.ts';
import { trainTokenizer } from '../../../src/text/train.ts';
import type { TrainWatcher } from '../../../src/run/prepareRun.ts';

const NOUNS = {
  animal: ['cat', 'dog', 'horse', 'bird'],
  plant: ['tree', 'rose', 'grass', 'moss'],
  tool: ['saw', 'axe', 'drill', 'file'],
};
const ADJECTIVES = ['large', 'small', 'old', 'common', 'rare', 'dark'];

/** Rows of the task, text TAB label; `shift` gives another split. */
function rows(shift: number, count: number): string[] {
  const labels = Object.keys(NOUNS);
  return Array.from({ length: count }, (_, i) => {
    const k = i * 7 + shift;
    const label = labels[k % 3];
    const nouns = label === 'animal' ? NOUNS.animal : label === 'plant' ? NOUNS.plant : NOUNS.tool;
    return `a ${ADJECTIVES[k % 6]} ${ADJECTIVES[(k + shift) % 6]} ${nouns[(k >> 2) % 4]}\t${label}`;
  });
}

/** A folder that {@link createWorld} made. */
export interface World {
  readonly root: string;
  /** Folder of the seed. */
  readonly seed: string;
  /** Folder of the task. */
  readonly task: string;
  readonly decoder: Decoder;
  readonly tokenizer: Tokenizer;
  remove(): void;
}

/** Writes a seed and a task into a fresh temporary folder; `sizes` of the decoder may be others. */
export function createWorld(sizes: Partial<DecoderConfig> = {}): World {
  const root = mkdtempSync(join(tmpdir(), 'dst-world-'));
  const task = join(root, 'task');
  mkdirSync(task);
  const train = rows(0, 48);
  for (const [name, lines] of Object.entries({ train, development: rows(1, 12), test: rows(2, 18) })) {
    writeFileSync(join(task, `${name}.tsv`), `${lines.join('\n')}\n`);
  }
  const tokenizer = trainTokenizer(
    train.map((line) => ` ${line.replace('\t', ' ')}`),
    280,
  );
  const decoder = createDecoder({
    vocabularySize: tokenizer.vocabularySize,
    modelSize: 16,
    layers: 2,
    heads: 2,
    feedForwardSize: 24,
    context: 48,
    activation: 'gelu',
    tiedEmbedding: true,
    ropeBase: 10_000,
    normEpsilon: 1e-6,
    ...sizes,
  });
  const theta = new Float32Array(decoder.size);
  initialise(decoder, theta, new Random(3));
  const seed = join(root, 'seed');
  mkdirSync(seed);
  writeModelFolder(seed, { config: decoder.config, theta, tokenizer, parameters: decoder.parameters });
  return { root, seed, task, decoder, tokenizer, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The config of a run of a few steps in that world. */
export function smallConfig(world: World, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const sizes = { steps: 6, batch: 8, minDimSizeToFactor: 8, epsilon: 0.05, learningRate: 0.03 };
  return { model: world.seed, task: world.task, ...sizes, ...more };
}

/** Somebody who watches a run and says nothing. */
export const silentWatcher: TrainWatcher = {
  begun: () => undefined,
  step: () => undefined,
  development: () => undefined,
  warning: () => undefined,
  measuring: () => undefined,
};

/** The same tokens with two merges in the other order: another tokenizer. */
export function swapMerges(json: string): string {
  const value = JSON.parse(json) as { model: { merges: unknown[] } };
  value.model.merges.push(...value.model.merges.splice(-2, 1));
  return JSON.stringify(value);
}
