/**
 * The optimizer's and DST's kernels over the wasm module.
 *
 * @module
 */
import { checkLength, checkRank } from '../checks.ts';
import type { DistanceName, Kernels } from '../kernels.ts';
import { checkMatrix } from '../scalar/optimizer.ts';
import type { WasmModule } from './module.ts';

type Optimizer = 'decaySquares' | 'decayFactoredSquares' | 'divideByRoot' | 'scaleRowsAndColumns' | 'decayMean';
type Tuning =
  'candidate' | 'distance' | 'countAbove' | 'orderStatistic' | 'project' | 'countDifferent' | 'firstNotFinite';

export function createOptimizer({ wasm, at }: WasmModule): Pick<Kernels, Optimizer> {
  return {
    decaySquares(v, gradient, decay, epsilon) {
      checkLength('decaySquares', gradient, v.length);
      wasm.decaySquares(at(v), at(gradient), decay, 1 - decay, epsilon, v.length);
    },
    decayFactoredSquares(vRow, vCol, gradient, rows, columns, decay, epsilon) {
      checkMatrix('decayFactoredSquares', gradient, vRow, vCol, rows, columns);
      wasm.decayFactoredSquares(at(vRow), at(vCol), at(gradient), rows, columns, decay, 1 - decay, epsilon);
    },
    divideByRoot(out, gradient, v) {
      checkLength('divideByRoot', gradient, out.length);
      checkLength('divideByRoot', v, out.length);
      wasm.divideByRoot(at(out), at(gradient), at(v), out.length);
    },
    scaleRowsAndColumns(out, gradient, rowFactor, colFactor, rows, columns) {
      checkLength('scaleRowsAndColumns', out, rows * columns);
      checkMatrix('scaleRowsAndColumns', gradient, rowFactor, colFactor, rows, columns);
      wasm.scaleRowsAndColumns(at(out), at(gradient), at(rowFactor), at(colFactor), rows, columns);
    },
    decayMean(m, x, decay) {
      checkLength('decayMean', x, m.length);
      wasm.decayMean(at(m), at(x), decay, 1 - decay, m.length);
    },
  };
}

export function createTuning({ wasm, at }: WasmModule): Pick<Kernels, Tuning> {
  const distances: Record<DistanceName, typeof wasm.distanceAbsolute> = {
    absolute: wasm.distanceAbsolute,
    relative: wasm.distanceRelative,
    'inverse-relative': wasm.distanceInverseRelative,
  };
  return {
    candidate(out, theta, update) {
      checkLength('candidate', theta, out.length);
      checkLength('candidate', update, out.length);
      return wasm.candidate(at(out), at(theta), at(update), out.length) !== 0;
    },
    distance(delta, candidate, seed, kind) {
      checkLength('distance', candidate, delta.length);
      checkLength('distance', seed, delta.length);
      return distances[kind](at(delta), at(candidate), at(seed), delta.length);
    },
    countAbove(delta, tau) {
      return wasm.countAbove(at(delta), tau, delta.length);
    },
    orderStatistic(delta, rank, near = 0) {
      checkRank('orderStatistic', rank, delta.length);
      const value = wasm.orderStatistic(at(delta), delta.length, rank, near);
      return { value, above: wasm.aboveOrderStatistic() };
    },
    project(theta, candidate, seed, delta, tau) {
      for (const other of [candidate, seed, delta]) checkLength('project', other, theta.length);
      wasm.project(at(theta), at(candidate), at(seed), at(delta), tau, theta.length);
    },
    countDifferent(a, b) {
      checkLength('countDifferent', b, a.length);
      return wasm.countDifferent(at(a), at(b), a.length);
    },
    firstNotFinite(x) {
      return wasm.firstNotFinite(at(x), x.length);
    },
  };
}
