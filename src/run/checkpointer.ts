/**
 * When a run is saved: every few seconds and, if asked, every few steps. Which steps are saved changes no
 * bit of the run; it decides how much a crash costs.
 *
 * @module
 */
import { nodeFileSystem, type FileSystem } from '../files/fileSystem.ts';
import { writeCheckpoint, type Origin } from './checkpoint.ts';
import type { Saved } from '../train/learner.ts';

export interface CheckpointerOptions {
  readonly path: string;
  readonly origin: Origin;
  /** Seconds between two checkpoints. */
  readonly everySeconds: number;
  /** Steps between two checkpoints, or null for none by steps. */
  readonly everySteps: number | null;
  /** Seconds of training before this process began. */
  readonly secondsBefore: number;
  readonly fileSystem?: FileSystem;
  /** Milliseconds. */
  readonly now?: () => number;
}

export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #now: () => number;
  readonly #began: number;
  #savedAt: number;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#began = this.#now();
    this.#savedAt = this.#began;
  }

  /** Seconds of training so far, those before a crash included. */
  get seconds(): number {
    return this.#options.secondsBefore + (this.#now() - this.#began) / 1000;
  }

  /** Whether a checkpoint is due after this step. */
  isDue(step: number): boolean {
    const { everySeconds, everySteps } = this.#options;
    return (everySteps !== null && step % everySteps === 0) || this.#now() - this.#savedAt >= everySeconds * 1000;
  }

  /** Writes the checkpoint. */
  save(saved: Saved): void {
    const { path, origin, fileSystem } = this.#options;
    writeCheckpoint(path, { ...saved, seconds: this.seconds }, origin, fileSystem ?? nodeFileSystem);
    this.#savedAt = this.#now();
  }
}
