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
}

export const LIBRARIES: readonly Library[] = [
  { name: 'optax', environment: 'adafactor-jax', dialect: 'optax' },
  { name: 'torch', environment: 'adafactor-torch', dialect: 'torch' },
  { name: 'transformers', environment: 'transformers-4', dialect: 'huggingface' },
  { name: 'transformers', environment: 'adafactor-torch', dialect: 'huggingface' },
  { name: 'keras', environment: 'adafactor-jax', dialect: 'keras' },
  { name: 'mlx', environment: 'adafactor-jax', dialect: 'mlx' },
  { name: 'timm', environment: 'adafactor-torch', dialect: 'timm' },
  { name: 'timm-big-vision', environment: 'adafactor-torch', dialect: 'big-vision' },
  { name: 'pytorch_optimizer', environment: 'adafactor-torch', dialect: 'pytorch-optimizer' },
];

/** Importing torch and transformers takes a while on a busy machine. */
export const TIMES = { timeoutMs: 120_000, startTimeoutMs: 300_000 };

/** By what its figures are found. */
export function keyOf({ name, environment }: Library): string {
  return `${name} in ${environment}`;
}

/** As its users know it. */
export function nameOf({ name }: Library, version: string): string {
  return name === 'timm-big-vision' ? `timm ${version}, AdafactorBigVision` : `${name} ${version}`;
}

/** What starts the library behind the protocol. */
export function commandOf({ name, environment }: Library): string[] {
  return [pythonIn(folderOf(environment)), '-B', fileURLToPath(new URL('published.py', import.meta.url)), name];
}

/** The library behind the protocol; whoever asks closes it. */
export function open(library: Library): Promise<Connection> {
  return connect(commandOf(library), TIMES);
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
