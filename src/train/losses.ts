/**
 * The losses of a run's steps, and what they say of its learning rate.
 *
 * @module
 */
import { readEvents } from '../files/events.ts';
import { nodeFileSystem, type FileSystem } from '../files/fileSystem.ts';

/**
 * The loss of each step, from a run's events.jsonl: also of the steps before a run was continued.
 *
 * @throws InvalidInput if a line is no event.
 */
export function readLosses(path: string, fileSystem: FileSystem = nodeFileSystem): readonly number[] {
  return readEvents(path, fileSystem)
    .filter(({ kind }) => kind === 'step')
    .map(({ loss }) => Number(loss));
}

/** The mean of some losses, of which there is at least one. */
export function computeMeanLoss(losses: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The first and the last steps of a run, one in this many, are compared; a run of fewer has too few to tell. */
const PARTS = 20;

/** A warning if the mean loss of the last twentieth of the steps is above that of the first, else none. */
export function findLossWarnings(losses: readonly number[], learningRate: number): readonly string[] {
  const count = Math.floor(losses.length / PARTS);
  if (count === 0) return [];
  const [began, ended] = [losses.slice(0, count), losses.slice(-count)].map(computeMeanLoss);
  if (ended <= began) return [];
  const [from, to] = [began, ended].map((loss) => loss.toPrecision(3));
  return [`the loss ended at ${to}, above ${from} where it began: a learning rate of ${learningRate} may be too high`];
}
