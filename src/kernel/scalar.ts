/**
 * The kernels as plain loops: the definition, and what a debugger steps into.
 *
 * @module
 */
import type { Kernels } from './kernels.ts';
import type { Memory } from './memory.ts';
import { attention, attentionBackward } from './scalar/attention.ts';
import { countAbove, countDifferent, firstNotFinite } from './scalar/count.ts';
import { crossEntropy, crossEntropyWithGradient } from './scalar/crossEntropy.ts';
import { distance } from './scalar/distance.ts';
import { add, addProduct, addScaled, multiply, scale, zero } from './scalar/elementwise.ts';
import { gated, gatedBackward } from './scalar/gated.ts';
import { gather, gatherBackward } from './scalar/gather.ts';
import { matmul } from './scalar/matmul.ts';
import { rmsNorm, rmsNormBackward } from './scalar/norm.ts';
import {
  decayFactoredSquares,
  decayMean,
  decaySquares,
  divideByRoot,
  scaleRowsAndColumns,
} from './scalar/optimizer.ts';
import { candidate, project } from './scalar/project.ts';
import { dot, sum, sumOfSquares } from './scalar/reduce.ts';
import { rotate } from './scalar/rotary.ts';
import { orderStatistic } from './scalar/select.ts';
import { softmax, softmaxBackward } from './scalar/softmax.ts';

/** The plain loops over a memory; they take views of any other buffer as well. */
export function createScalarKernels(memory: Memory): Kernels {
  return {
    name: 'scalar',
    memory,
    threads: 1,
    allocate: (length) => new Float32Array(length),
    accepts: () => true,
    matmul,
    zero,
    add,
    multiply,
    scale,
    addScaled,
    addProduct,
    sum,
    sumOfSquares,
    dot,
    rmsNorm,
    rmsNormBackward,
    gated,
    gatedBackward,
    rotate,
    softmax,
    softmaxBackward,
    attention,
    attentionBackward,
    gather,
    gatherBackward,
    crossEntropy,
    crossEntropyWithGradient,
    decaySquares,
    decayFactoredSquares,
    divideByRoot,
    scaleRowsAndColumns,
    decayMean,
    candidate,
    distance,
    countAbove,
    orderStatistic,
    project,
    countDifferent,
    firstNotFinite,
  };
}
