/**
 * Right calls of the paper's functions.
 *
 * @module
 */
import * as library from '../../../src/index.ts';
import { closed, list, nullable, opaque, options, record, right, type Calls } from '../wrongKinds.ts';
import { kernels, random, seed, tensor, tuned, vector } from './things.ts';

const problem = library.createProblem({ seed, epsilon: 0.5, optimizer: library.sgd() });
const state = (): library.TuningState => library.createState(problem);
const silo = (): library.SiloView => state().layout.silos[0];
const silos = problem.silos;
const subset = library.extract(seed, tuned);
const selection = record({ threshold: 1, ties: 0 });
const search = (): unknown[] => [seed, 0.5, 2, options({ factor: 2, iterations: 3 }, 'open'), kernels];
const distances = vector(3, 1, 2, 0);

export const paper: Calls = {
  partition: () => right(list(tensor), closed('none'), options({ group: (name: string) => name })),
  consecutiveSilos: () => right(list(2)),
  checkPartition: () => right(list(record({ ...silos[0] }, ['module', 'layer', 'members'])), 4),
  createProblem: () =>
    right(
      options({
        seed,
        epsilon: 0.5,
        optimizer: library.sgd(),
        parameters: list(tensor),
        silos: closed('none'),
        group: (name: string) => name,
        distance: closed('absolute'),
        threshold: options({
          thresholdMethod: closed('iterative'),
          factor: 2,
          iterations: 2,
          start: 1,
          warmStart: false,
        }),
        budget: closed('quantile'),
        normalisation: nullable(options({ by: closed('size'), over: closed('per-module') })),
        kernels,
        mask: closed('random'),
      }),
    ),
  createProjection: () => right(options({ seed, epsilon: 0.5 })),
  createState: () => right(problem, random),
  restoreState: () => right(problem, record({ ...state() }, ['layout', 'optimizer', 'update', 'before'], ['mask'])),
  step: () => right(problem, state(), seed, 0.1, () => undefined),
  traceStep: () => right(problem, state(), seed, 0.1, () => undefined, options({ limit: 2 })),
  toJsonNumber: () => right(nullable(opaque(1))),
  computeQuantile: () => right(distances, 0.5),
  sortThreshold: () => right(distances, record({ rank: 1, weight: 0.5 })),
  selectThreshold: () => right(distances, 2, kernels, 1, 4),
  computeIterativeThreshold: () => ({ given: search() }),
  computeIterativeBySelection: () => ({ given: search() }),
  reseedThreshold: () => right(1, distances, 2, kernels),
  computeBudgets: () => right(list(4), closed('quantile'), 0.5),
  quantileCount: () => right(4, 0.5),
  largestRemainder: () => right(list(4), 0.5),
  toRatio: () => right(0.5),
  keepSelected: () => right(silo(), selection, kernels),
  listKept: () => right(distances, selection),
  countKept: () => right(distances, selection),
  computeNearest: () => right(options({ seed, epsilon: 0.5 }), tuned, opaque([1])),
  computeScales: () => right(problem),
  normaliseDistances: () => right(vector(1, 2), 2, kernels),
  countChanged: () => right(seed, tuned, kernels),
  isFeasible: () => right(seed, tuned, 0.5, kernels),
  isFeasibleInEverySilo: () =>
    right(seed, tuned, list(record({ ...silos[0] }, ['module', 'layer', 'members'])), 0.5, kernels),
  measure: () => right(list(record({ ...silos[0] }, ['module', 'layer', 'members'])), seed, tuned, kernels),
  overlap: () => right(seed, tuned, tuned),
  overlapOfSubsets: () => right(record({ ...subset }, ['seedFingerprint']), subset),
  overlapOfMasks: () => right(Uint8Array.of(1), Uint8Array.of(3)),
  extract: () => right(seed, tuned, () => 'digest'),
  apply: () => right(seed, record({ ...subset }, ['seedFingerprint']), () => 'digest'),
  applyInPlace: () => right(seed.slice(), record({ ...subset }, ['seedFingerprint'])),
  revert: () => right(tuned, record({ ...subset }, ['seedFingerprint']), seed),
  checkSubset: () => right(record({ ...subset }, ['seedFingerprint']), 4),
  findWarnings: () => right(problem),
};
