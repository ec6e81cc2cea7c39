/**
 * The libraries whose AdaFactor is asked, each in its environment, and the dialect that it is held to.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import { connect, type Connection } from '../../../spec/wire/connect.ts';
import { folderOf, pythonIn } from '../../../scripts/peers/environments.ts';
import { InvalidInput } from '../../../src/errors.ts';
import { adafactor, type AdafactorChoice } from '../../../src/optim/adafactor.ts';
import type { DialectName } from '../../../src/optim/dialects.ts';

export interface Library {
  /** As published.py has it. */
  readonly name: string;
  readonly environment: string;
  readonly dialect: DialectName;
  /** What its constructor does not take. */
  readonly lacks?: 'epsilon2';
}

/**
 * Not here: pytorch_optimizer's and timm's AdafactorBigVision. They keep momentum in bfloat16, and one bit of float32 decides there between two
 * neighbours that lie 2¹⁶ units apart.
 */
export const LIBRARIES: readonly Library[] = [
  { name: 'optax', environment: 'adafactor-jax', dialect: 'optax', lacks: 'epsilon2' },
  { name: 'torch', environment: 'adafactor-torch', dialect: 'torch' },
  { name: 'transformers', environment: 'transformers-4', dialect: 'huggingface' },
  { name: 'transformers', environment: 'adafactor-torch', dialect: 'huggingface' },
  { name: 'keras', environment: 'adafactor-jax', dialect: 'keras' },
  { name: 'mlx', environment: 'adafactor-jax', dialect: 'mlx' },
  { name: 'timm', environment: 'adafactor-torch', dialect: 'timm' },
];

/** Importing torch and transformers takes a while on a busy machine. */
const TIMES = { timeoutMs: 120_000, startTimeoutMs: 300_000 };

/** The library behind the protocol; whoever asks closes it. */
export function open({ name, environment }: Library): Promise<Connection> {
  const program = fileURLToPath(new URL('published.py', import.meta.url));
  return connect([pythonIn(folderOf(environment)), '-B', program, name], TIMES);
}

/** Whether the dialect has the options: it refuses those that its program lacks. */
export function has(choice: AdafactorChoice): boolean {
  try {
    adafactor(choice);
    return true;
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}
