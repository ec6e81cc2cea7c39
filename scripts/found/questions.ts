/**
 * Everything that a mutant is asked: the laws of the kit, and what of the page no law can ask.
 *
 * @module
 */
import { checkLaw } from '../../spec/check.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { PAGE_QUESTIONS } from './pageLaws.ts';
import type { Question } from './question.ts';

const ofLaws: readonly Question[] = LAWS.map((law) => ({
  id: law.id,
  async holds({ implementation }, { runs, seed }) {
    const { state } = await checkLaw(law, implementation, { runs, seed, shrinks: false });
    return state !== 'fail' && state !== 'crash';
  },
}));

/** All of them: the page's own, which are quick, and the laws in the paper's order. */
export const QUESTIONS: readonly Question[] = [...PAGE_QUESTIONS, ...ofLaws];
