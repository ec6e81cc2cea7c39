/**
 * Tasks by name.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { readAligned } from './aligned.ts';
import { readFolder } from './folder.ts';
import { readPhonemes } from './phonemes.ts';
import { readSupersense } from './supersense.ts';
import type { Example, TaskData } from './task.ts';
import { unknownName, Unavailable, wrong } from '../errors.ts';
import type { SentencePair } from './aligned.ts';

/** The tasks that need no folder. */
export const TASK_NAMES = ['supersense', 'phonemes'] as const;

/** A task that comes with an npm package. */
interface Packaged {
  readonly read: () => TaskData;
  /** Whether an answer can be any text. */
  readonly isOpen: boolean;
}

const TASKS: Readonly<Record<(typeof TASK_NAMES)[number], Packaged>> = {
  supersense: { read: readSupersense, isOpen: false },
  phonemes: { read: readPhonemes, isOpen: true },
};
const PACKAGED: ReadonlyMap<string, Packaged> = new Map(Object.entries(TASKS));

/** What a user says to name a task. */
export interface TaskChoice {
  /** One of {@link TASK_NAMES}, a pair of languages such as `de-en`, or a folder. */
  readonly task: string;
  /** The folder of a pair of languages. */
  readonly data: string | null;
  /** Which of the several test sets of such a folder; null, or nothing, for the first by name. */
  readonly test?: string | null | undefined;
}

const LANGUAGES = /^([a-z]{2,3})-([a-z]{2,3})$/;

/** Whether answers of the task can be any text: what a T5 is made for. */
export function isOpenTask(task: string): boolean {
  return LANGUAGES.test(task) || PACKAGED.get(task)?.isOpen === true;
}

/** The folder that a task's files lie in; null for a task that comes with a package, or a pair of languages without one. */
export function folderOfTask({ task, data }: TaskChoice): string | null {
  if (data !== null || LANGUAGES.test(task)) return data;
  return PACKAGED.has(task) ? null : task;
}

/** The same task with its files in another folder. */
export function taskIn(folder: string, choice: TaskChoice): TaskChoice {
  const { task, data, test } = choice;
  return data === null ? { task: folder, data, test } : { task, data: folder, test };
}

/**
 * The task of that name, the translation task in the folder `data`, or the labelled texts in the folder `task`.
 *
 * @throws InvalidInput if there is data, or the name of a test set, for a task that takes none, or the files are not what they should be.
 * Unavailable if a pair of languages has no folder, saying where one can be had.
 */
export function readTask({ task, data, test = null }: TaskChoice): TaskData {
  const languages = LANGUAGES.exec(task);
  if (languages !== null) return readTranslation(task, data, test, languages[1], languages[2]);
  if (data !== null) throw wrong('--data', 'a pair of languages as --task, such as de-en', `--task ${task}`);
  if (test !== null) throw wrong('--test', 'a pair of languages as --task, such as de-en', `--task ${task}`);
  const packaged = PACKAGED.get(task);
  if (packaged !== undefined) return packaged.read();
  // A path is meant as one; a bare word may be a name that is misspelt.
  if (!/[\\/]/.test(task) && !existsSync(task))
    throw unknownName('--task', TASK_NAMES, task, ', or a folder, or two languages such as de-en');
  return readFolder(task);
}

/** Sentences and their translations: any text can be an answer, and what does not fit is left out and counted. */
function readTranslation(
  name: string,
  data: string | null,
  testSet: string | null,
  from: string,
  into: string,
): TaskData {
  if (data === null) {
    throw new Unavailable(
      `--task ${name}: expected --data FOLDER with train, val and test as .${from} and .${into}, a sentence a line ` +
        `(.gz or not), got nothing; Multi30k has German, English, French and Czech: https://github.com/multi30k/dataset`,
    );
  }
  const { train, development, test, empty, testSets } = readAligned(data, from, into, testSet);
  const exampleOf = ({ source, target, where }: SentencePair): Example => ({ text: source, label: target, where });
  const omitted = empty.train + empty.development + empty.test;
  return {
    name,
    metric: 'BLEU',
    tooLong: 'skip',
    labels: [],
    train: train.map(exampleOf),
    development: development.map(exampleOf),
    test: test.map(exampleOf),
    notes: [
      ...(omitted === 0 ? [] : [`${data}: ${omitted} pairs with an empty side are left out`]),
      ...(testSets.length === 1 || testSet !== null
        ? []
        : [`${data}: of the test sets ${testSets.join(', ')} the first is the one measured; --test names another`]),
    ],
  };
}
