/**
 * The data of a run, found again.
 *
 * @module
 */
import { identifyData } from '../data/identity.ts';
import type { TaskData } from '../data/task.ts';
import type { InvalidInput } from '../errors.ts';
import { leadsTo, nowhere, pathsOfPlace, readFirst } from '../files/place.ts';
import { findOtherData } from './identity.ts';
import type { RunRecord } from './runFolder.ts';
import { readTask, taskIn, type TaskChoice } from '../data/tasks.ts';

/** The data of a run, and where they lie. */
export interface FoundTask {
  readonly task: TaskData;
  /** What to say to have it read again from here. */
  readonly choice: TaskChoice;
  /** The run's config: with another folder in it if the data have been moved, and the test set that was asked for. */
  readonly config: RunRecord['config'];
}

/**
 * Reads the data of a run: where the user says that they lie, else where they lay, as seen from the run's folder or by
 * their whole path.
 *
 * @param folder - the run's.
 * @param elsewhere - the folder that the user names, or null.
 * @param acceptData - whether other data than the run's are what the user wants.
 * @param test - the test set that the user names, or the run's.
 * @throws InvalidInput if they are nowhere, or others: it names the splits.
 */
export function readTaskOfRun(
  folder: string,
  { config: begun, data, identity }: RunRecord,
  elsewhere: string | null,
  acceptData: boolean,
  test: string | null = begun.test,
): FoundTask {
  const config = { ...begun, test };
  const read = (choice: TaskChoice): FoundTask => ({ task: readTask(choice), choice, config });
  const refuse = ({ task }: FoundTask): InvalidInput | null =>
    acceptData ? null : findOtherData(identity, identifyData(task), folder);
  if (data === null) {
    const found = read(config);
    const other = refuse(found);
    if (other !== null) throw other;
    return found;
  }
  const paths = elsewhere === null ? pathsOfPlace(data, folder) : [elsewhere];
  const flag = config.data === null ? '--task' : '--data';
  return readFirst(
    paths,
    (path) => {
      const choice = taskIn(path, config);
      return { ...read(choice), config: leadsTo(data, folder, path) ? config : { ...config, ...choice, test } };
    },
    refuse,
    () => nowhere(`${folder}: the data of the run`, paths, flag),
  );
}
