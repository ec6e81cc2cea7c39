/**
 * The SIMD kernels; src/kernel/simd calls them with byte offsets into the memory that both share. What comes from split/
 * runs on as many threads as there are.
 */
export { countAbove, countDifferent, firstNotFinite } from './count';
export { distanceAbsolute, distanceInverseRelative, distanceRelative } from './distance';
export { peak } from './peak';
export { candidate, project } from './project';
export { dot, sum, sumOfSquares } from './reduce';
export { aboveOrderStatistic, orderStatistic } from './select';
export { attention, attentionBackward } from './split/attention';
export { decayFactoredSquares, gatherBackward, rmsNormBackward } from './split/columns';
export { add, addProduct, addScaled, multiply, scale, zero } from './split/elements';
export { decayMean, decaySquares, divideByRoot } from './split/elements';
export { gatedGelu, gatedGeluBackward, gatedSilu, gatedSiluBackward } from './split/elements';
export { matmul } from './split/matmul';
export { crossEntropy, crossEntropyWithGradient } from './split/rows';
export { gather, rmsNorm, rotate, scaleRowsAndColumns, softmax, softmaxBackward } from './split/rows';
export { enter, serve } from './threads';
export { rows1, rows2, rows3, rows4, rows5, tile1, tile2, tile3, tile4, tile5 } from './tile';
