/**
 * Right calls of what scores answers.
 *
 * @module
 */
import * as library from '../../../src/index.ts';
import { closed, list, opaque, options, record, right, type Calls } from '../wrongKinds.ts';
import { example, kernels, task, theta } from './things.ts';

const texts = (): unknown => list('a b');
const statistics = (): library.BleuStatistics[] => library.bleuStatistics(['a b'], [['a b']]);

export const scores: Calls = {
  evaluate: () =>
    right(
      {
        model: { answer: (asked: string[]) => asked, tokensOf: () => 1, spell: (answer: string) => answer },
        kernels,
        theta,
      },
      task,
      list(record({ ...example })),
      options({ beams: 1, lengthPenalty: 0, maximumTokens: 2 }),
    ),
  measureAnswers: () => right(closed('accuracy'), texts(), list(record({ ...example }))),
  measureRows: () => right(closed('accuracy'), record({ correct: opaque([true]) })),
  scoreRows: () => right(closed('accuracy'), texts(), list(record({ ...example }))),
  readRowScores: () => right(record({ correct: '1' }), 'here'),
  computeMean: () => right(closed('accuracy'), list(record({ correct: opaque([true]) })), 10),
  computeDifference: () =>
    right(
      closed('accuracy'),
      list(record({ correct: opaque([true]) })),
      list(record({ correct: opaque([false]) })),
      10,
    ),
  computeMcNemar: () => right(1, 2),
  computeWilson: () => right(1, 2),
  computeBootstrap: () => right(opaque([1, 2]), ([x]: number[]) => x, 1, 10),
  computeBleu: () => right(texts(), list(list('a b')), closed('13a'), closed('exp')),
  bleuStatistics: () => right(texts(), list(list('a b')), closed('none')),
  addStatistics: () => right(opaque(statistics())),
  scoreBleu: () => right(record({ ...library.addStatistics(statistics()) }, ['matches', 'totals']), closed('none')),
  computeEditDistance: () => right(opaque(['a']), opaque(['b'])),
  computePhonemeErrorRate: () => right(texts(), list(list('a b'))),
  phonemeErrors: () => right(texts(), list(list('a b'))),
  scorePhonemeErrors: () => right(opaque([{ edits: 1, referenceLength: 2 }])),
  tokenizeForBleu: () => right('a b', closed('13a')),
};
