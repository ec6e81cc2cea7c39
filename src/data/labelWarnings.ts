/**
 * What is suspicious about the labels of a task, whatever the model.
 *
 * @module
 */
import { splitAtSpaces } from '../text/whiteSpace.ts';
import { rowWithLabel, type Example, type TaskData } from './task.ts';

/** How many of a kind are named. */
const MOST = 3;

/** What columns are called at the head of such files. */
const HEADINGS: ReadonlySet<string> = new Set(
  (
    'text texts sentence sentences document title content review question query input source prompt utterance ' +
    'label labels class category target output answer intent topic tag sentiment translation'
  ).split(' '),
);

/**
 * Warnings about a task with classes: a first row that looks like a header, labels that train has not, labels that differ
 * in what is rarely meant: case, white space, or the way that Unicode writes them. A task without classes has none.
 */
export function findLabelWarnings(task: TaskData): string[] {
  if (task.labels.length === 0) return [];
  return [...headers(task), ...unlearnt(task), ...lookalikes(task)];
}

function headers(task: TaskData): string[] {
  const parts = [task.train, task.development, task.test].filter((part) => part.length > 0);
  const later = new Set(parts.flatMap((part) => part.slice(1).map(({ label }) => label)));
  return parts
    .map(([first]) => first)
    .filter((first) => !later.has(first.label) && looksLikeHeader(first))
    .map(
      (first) =>
        `${first.where ?? 'a first row'}: "${first.text}" and "${first.label}" look like the names of columns, and are read as a text and its label`,
    );
}

function looksLikeHeader({ text, label }: Example): boolean {
  return [text, label].some((field) => HEADINGS.has(field.toLowerCase()));
}

function unlearnt(task: TaskData): string[] {
  const known = new Set(task.train.map(({ label }) => label));
  const unknown = task.labels.filter((label) => !known.has(label));
  if (unknown.length === 0) return [];
  const named = unknown.map((label) => `"${label}" (${rowWithLabel(task, label)})`);
  return [`no row of train has the ${labels(unknown.length)} ${shorten(named)}: nothing teaches to answer so`];
}

/** Labels that are one if case, white space, invisible characters and Unicode's several ways to write are set aside. */
function lookalikes(task: TaskData): string[] {
  const groups = new Map<string, string[]>();
  for (const label of task.labels) {
    const key = setAside(label);
    groups.set(key, [...(groups.get(key) ?? []), label]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map(([first, ...others]) => {
      const named = [first, ...others].map((label) => `"${label}" (${rowWithLabel(task, label)})`);
      return `the labels ${shorten(named)} differ in ${differenceOf(first, others[0])} alone: each is an answer of its own`;
    });
}

const withoutSpaces = (label: string): string => splitAtSpaces(label.replace(/\p{Cf}/gu, '')).join('');

function setAside(label: string): string {
  return withoutSpaces(label.normalize('NFKC').toLowerCase());
}

/** In what two labels differ that are one when it is set aside. */
function differenceOf(a: string, b: string): string {
  const ways: readonly (readonly [name: string, without: (label: string) => string])[] = [
    ['Unicode normalisation', (label) => label.normalize('NFKC')],
    ['case', (label) => label.toLowerCase()],
    ['white space or invisible characters', withoutSpaces],
  ];
  return ways.find(([, without]) => without(a) === without(b))?.[0] ?? 'case, white space and Unicode normalisation';
}

function labels(count: number): string {
  return count === 1 ? 'label' : `${count} labels`;
}

function shorten(names: readonly string[]): string {
  const more = names.length - MOST;
  return more > 0 ? `${names.slice(0, MOST).join(', ')} and ${more} more` : names.join(', ');
}
