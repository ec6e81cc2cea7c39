import { expect, it } from 'vitest';
import { findOutside } from './brackets.ts';
import { OURS } from './ours.ts';
import { problemsOf } from './problems.ts';

const PROBLEMS = problemsOf('pytorch-optimizer').filter(({ optimizer }) => optimizer.relativeStep === false);

it('ours lies within what the rounding before bfloat16 leaves open, in both dialects', async () => {
  expect(PROBLEMS.length).toBeGreaterThan(10);
  expect(await findOutside(OURS, PROBLEMS)).toEqual([]);
  expect(await findOutside(OURS, problemsOf('big-vision'))).toEqual([]);
});

it('momentum in float32 does not', async () => {
  const inFloat32 = {
    ...OURS,
    optimize: (problem: (typeof PROBLEMS)[number]) =>
      OURS.optimize({
        ...problem,
        optimizer: { momentum: 0.9, ...problem.optimizer, dialect: 'huggingface' as const },
      }),
  };
  expect(await findOutside(inFloat32, PROBLEMS)).toHaveLength(PROBLEMS.length);
});
