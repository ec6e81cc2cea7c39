/**
 * Goals of the matrix product.
 *
 * @module
 */
import { NATIVE_PRODUCT, WASM_PEAK } from '../peakNames.ts';
import { computeRateRatio } from '../spread.ts';
import { findRow } from '../table.ts';
import {
  medianOf,
  overCases,
  scaled,
  speedupAt,
  worstOf,
  type Figure,
  type Goal,
  type Limit,
  type Results,
} from './goal.ts';

const isAny = (): boolean => true;
const isHeads = (name: string): boolean => name.includes(' of ');
/** Products of two matrices of which neither is transposed: the one kernel that TensorFlow.js has. */
const isPlain = (name: string): boolean => name.endsWith('NN') && !isHeads(name);
const isDecoders = (name: string): boolean => !/^(\d+) x \1 x \1 NN$/.test(name);

export const PRODUCT_GOALS: readonly Goal[] = [
  {
    claim: 'products: share of the loop in registers, the worst shape',
    is: 'at least',
    asked: 72,
    unit: '%',
    measure: (results) => worstOf(sharesOf(results), 'at least'),
  },
  {
    claim: 'products: share of the loop in registers, median of the shapes',
    is: 'at least',
    asked: 87,
    unit: '%',
    measure: (results) => medianOf(sharesOf(results)),
  },
  against('torch-avx2', 0.45, 'every shape', isAny),
  against('tfjs-wasm', 1.3, 'shapes that it is fast at', isPlain),
  against('tfjs-wasm', 14, 'the others', (name) => !isPlain(name)),
  against('jax-js', 1.4, 'every shape', isAny),
  against('jax-js', 2, 'attention’s shapes', isHeads),
  {
    claim: 'products on two threads to one: median of the decoder’s shapes',
    is: 'at least',
    asked: 1.85,
    unit: 'x',
    measure: (results) =>
      medianOf(overCases(results('matmul'), isDecoders, (rows, name) => speedupAt(rows, name, ['ours', 2], ['ours']))),
  },
];

/** Ours against a peer on one thread, in the median of the shapes that `fits` picks. */
function against(peer: string, asked: number, where: string, fits: (name: string) => boolean): Goal {
  return {
    claim: `products against ${peer}: median of ${where}`,
    is: 'at least',
    asked,
    unit: 'x',
    measure: (results) =>
      medianOf(overCases(results('matmul'), fits, (rows, name) => speedupAt(rows, name, ['ours'], [peer]))),
    limit: (results) => computeLimit(results, peer, fits),
  };
}

/** What the same product in C reaches; at a shape where ours is the faster of the two, what ours does. */
function computeLimit(results: Results, peer: string, fits: (name: string) => boolean): Limit | undefined {
  const figures = overCases(results('matmul'), fits, (rows, name) => {
    const [native, ours] = [NATIVE_PRODUCT, 'ours'].map((who) => speedupAt(rows, name, [who], [peer]));
    return ours !== undefined && native !== undefined && ours.median > native.median ? ours : native;
  });
  const value = medianOf(figures)?.median;
  return value === undefined ? undefined : { value, by: 'the same product in C, 128 bits, not fused' };
}

function sharesOf(results: Results): readonly Figure[] {
  return overCases(results('matmul'), isAny, (rows, name) => {
    const [ours, peak] = ['ours', WASM_PEAK].map((peer) => findRow(rows, name, peer));
    return ours === undefined || peak === undefined ? undefined : scaled(computeRateRatio(ours, peak), 100);
  });
}
