import { describe, expect, test } from 'vitest';
import { ANCHORS } from '../../../src/dst/anchors.ts';
import { createProblem, type Problem, type ProblemOptions } from '../../../src/dst/problem.ts';
import { consecutiveSilos } from '../../../src/dst/silos.ts';
import { createState } from '../../../src/dst/state.ts';
import { toJsonNumber, traceStep, type TraceEvent, type TraceOptions } from '../../../src/dst/trace.ts';
import { adding, f32, tensor } from './toys.ts';

const seed = f32(1, 2, -4, 0);
const gradient = f32(1, -2, 0.5, 5);
function traceOf(problem: Problem, g: Float32Array, limits: TraceOptions = {}): TraceEvent[] {
  const events: TraceEvent[] = [];
  traceStep(problem, createState(problem), g, 0.1, (event) => events.push(event), limits);
  return events;
}
const trace = (options: Partial<ProblemOptions> = {}, limits: TraceOptions = {}): TraceEvent[] =>
  traceOf(createProblem({ seed, epsilon: 0.5, optimizer: adding(), ...options }), gradient, limits);

test('what a step did, equation by equation, as JSON', () => {
  const silos = consecutiveSilos([4]);
  expect(JSON.parse(JSON.stringify(trace({ silos, distance: 'absolute' })))).toEqual([
    {
      step: 1,
      anchor: 'alg-1',
      title: 'Dynamic Subset Tuning, one step',
      kind: 'update',
      silo: null,
      values: { gradient: [1, -2, 0.5, 5], learningRate: 0.1, update: [1, -2, 0.5, 5] },
    },
    { step: 1, anchor: 'eq-3', title: ANCHORS['eq-3'], kind: 'candidate', silo: null, values: { candidate: [2, 0, -3.5, 5] } },
    { step: 1, anchor: 'eq-5', title: ANCHORS['eq-5'], kind: 'distances', silo: 'silo 0', values: { distances: [1, 2, 0.5, 5] } },
    { step: 1, anchor: 'eq-6', title: ANCHORS['eq-6'], kind: 'threshold', silo: 'silo 0', values: { threshold: 1, ties: 0, keep: 2, size: 4 } },
    { step: 1, anchor: 'eq-7', title: ANCHORS['eq-7'], kind: 'projection', silo: 'silo 0', values: { kept: 2, indices: [1, 3] } },
    { step: 1, anchor: 'alg-1', title: ANCHORS['alg-1'], kind: 'done', silo: null, values: { theta: [1, 0, -4, 5] } },
  ]); // prettier-ignore
});

test('every halving of Algorithm 2', () => {
  const events = trace({ distance: 'absolute', threshold: { thresholdMethod: 'iterative', iterations: 2 } });
  expect(events.filter(({ kind }) => kind === 'bisection').map(({ values }) => values)).toEqual([
    { iteration: 1, lo: 0.5, hi: 2, mid: 1.25, fraction: 0.5, target: 0.5 },
    { iteration: 2, lo: 0.5, hi: 1.25, mid: 0.875, fraction: 0.75, target: 0.5 },
  ]);
  const infinite = trace({
    seed: f32(0, 0, 0, 0),
    distance: 'relative',
    threshold: { thresholdMethod: 'iterative', iterations: 1, warmStart: true },
  });
  expect(infinite.find(({ kind }) => kind === 'bisection')?.values).toEqual({
    iteration: 1,
    lo: 'Infinity',
    hi: 'Infinity',
    mid: 'Infinity',
    fraction: 0,
    target: 0.5,
  });
});

test('indices count in θ, also in silos of several ranges; ties are listed', () => {
  const parameters = [tensor('q', 0, [1], 0), tensor('k', 0, [1], 1), tensor('q', 1, [2], 2)];
  const events = trace({ parameters, silos: 'per-module', distance: 'relative', seed: f32(0, 2, 0, 0) });
  const projections = events.filter(({ kind }) => kind === 'projection');
  expect(projections.map(({ silo, values }) => [silo, values])).toEqual([
    ['layers/q', { kept: 1, indices: [0] }],
    ['layers/k', { kept: 0, indices: [] }],
  ]);
  expect(events.find(({ kind }) => kind === 'threshold')?.values).toEqual({
    threshold: 'Infinity',
    ties: 1,
    keep: 1,
    size: 3,
  });
  const last = trace({ parameters, silos: 'per-module', distance: 'absolute' });
  expect(last.find(({ kind }) => kind === 'projection')?.values).toEqual({ kept: 1, indices: [3] });
});

test('lists beyond the limit are given by their length and beginning', () => {
  const candidates = (limit: TraceOptions): unknown => trace({}, limit)[1].values['candidate'];
  expect(candidates({ limit: 2 })).toEqual({ length: 4, first: [2, 0] });
  expect(candidates({ limit: 3 })).toEqual({ length: 4, first: [2, 0, -3.5] });
  expect(candidates({ limit: 4 })).toEqual([2, 0, -3.5, 5]);
  expect(candidates({})).toEqual([2, 0, -3.5, 5]);
  const problem = createProblem({ seed: new Float32Array(65).fill(1), epsilon: 0.5, optimizer: adding() });
  const [update] = traceOf(problem, new Float32Array(65));
  expect(update.values['update']).toEqual({ length: 65, first: Array(64).fill(0) });
});

describe('numbers that JSON does not hold are strings', () => {
  test.each([
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
    [-0, '-0'],
    [0, 0],
    [-1.5, -1.5],
  ])('%d', (x, json) => {
    expect(toJsonNumber(x)).toBe(json);
  });

  test('at ε = 1 the threshold is −∞', () => {
    expect(trace({ epsilon: 1 })[3]).toMatchObject({ anchor: 'amb-8', values: { threshold: '-Infinity', keep: 4 } });
  });
});
