import { expect, test } from 'vitest';
import { createProjection, type ProjectionOptions } from '../../../src/dst/problem.ts';
import { findWarnings } from '../../../src/dst/warnings.ts';
import { f32, tensor } from './toys.ts';

const parameters = [tensor('bias', 0, [2], 0), tensor('query', 0, [3], 2), tensor('bias', 1, [2], 5)];
const seed = f32(0, -0, 0, 1, 0, 0, 0);
const warn = (options: Partial<ProjectionOptions> = {}): string[] =>
  findWarnings(createProjection({ seed, epsilon: 0.5, parameters, silos: 'per-module', ...options }));

test('a silo whose seed is all zero cannot train under inverse-relative', () => {
  expect(warn()).toEqual([
    'silo "layers/bias": nothing in it can train: its seed is all zero, and so are its inverse-relative distances',
  ]);
  expect(warn({ seed: f32(0, 0, 0, 1, 0, 0, 1) })).toEqual([]);
  expect(warn({ silos: 'none' })).toEqual([]);
  expect(warn({ distance: 'absolute' })).toEqual([]);
});

test.each(['sort', 'iterative'] as const)('nor under relative, where %s drops tied distances', (method) => {
  const because = 'its seed is all zero, its relative distances are all infinite, and tied distances are dropped';
  expect(warn({ distance: 'relative', threshold: { thresholdMethod: method } })).toEqual([
    `silo "layers/bias": nothing in it can train: ${because}`,
  ]);
  expect(warn({ distance: 'relative' })).toEqual([]);
  expect(warn({ distance: 'absolute', threshold: { thresholdMethod: method } })).toEqual([]);
});

test('a silo of which the budget keeps none', () => {
  const options = { seed: f32(1, 2, 3), distance: 'absolute', silos: 'per-module' } as const;
  const one = { ...options, parameters: [tensor('a', null, [1], 0), tensor('b', null, [2], 1)] };
  expect(warn({ ...one, epsilon: 0.9 })).toEqual([
    'silo "a": nothing in it can train: of one parameter its budget keeps none',
  ]);
  expect(warn({ ...one, epsilon: 0.2, budget: 'largest-remainder' })).toEqual([
    'silo "a": nothing in it can train: of one parameter its budget keeps none',
  ]);
  expect(warn({ ...one, epsilon: 0.1, budget: 'largest-remainder' })).toEqual([
    'silo "a": nothing in it can train: of one parameter its budget keeps none',
    'silo "b": nothing in it can train: of 2 parameters its budget keeps none',
  ]);
});

test('ε = 1 keeps everything', () => {
  expect(warn({ epsilon: 1 })).toEqual([]);
  expect(warn({ epsilon: 1, silos: 'per-module-and-layer' })).toEqual([]);
});
