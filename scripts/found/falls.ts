/**
 * What a mutant falls to.
 *
 * @module
 */
import type { Drawn, Question } from './question.ts';
import { loadSubjects } from './sources.ts';
import type { Subject } from './sources.ts';

/** What a mutant that cannot even be loaded falls to. */
export const LOADING = 'loading it';

/** A source with another text. */
export interface Changed {
  readonly file: string;
  readonly text: string;
}

/** Asks a mutant: the id of the first question to which it has a wrong answer, or undefined if it survives them all. */
export type Trial = (questions: readonly Question[], drawn: Drawn) => Promise<string | undefined>;

/** Loads a mutant once, to be asked as often as is wanted. */
export function openTrial(changed: Changed): Trial {
  const subjects = loaded(changed);
  if (subjects === undefined) return () => Promise.resolve(LOADING);
  return async (questions, drawn) => {
    for (const subject of subjects) {
      for (const question of questions) if (!(await question.holds(subject, drawn))) return question.id;
    }
    return undefined;
  };
}

/** Undefined if the text throws as it is loaded. */
function loaded({ file, text }: Changed): readonly Subject[] | undefined {
  try {
    return loadSubjects(new Map([[file, text]]));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}
