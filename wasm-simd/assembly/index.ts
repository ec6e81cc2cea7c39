/** The SIMD kernels; src/kernel/simd calls them with byte offsets into the memory that both share. */
export { attention, attentionBackward } from './attention';
export { countAbove, countDifferent, firstNotFinite } from './count';
export { crossEntropy, crossEntropyWithGradient } from './crossEntropy';
export { distanceAbsolute, distanceInverseRelative, distanceRelative } from './distance';
export { add, addProduct, addScaled, multiply, scale } from './elementwise';
export { gatedGelu, gatedGeluBackward, gatedSilu, gatedSiluBackward } from './gated';
export { gather, gatherBackward } from './gather';
export { matmul } from './matmul';
export { rmsNorm, rmsNormBackward } from './norm';
export { decayFactoredSquares, decayMean, decaySquares, divideByRoot, scaleRowsAndColumns } from './optimizer';
export { peak } from './peak';
export { project } from './project';
export { dot, sum, sumOfSquares } from './reduce';
export { rotate } from './rotary';
export { orderStatistic } from './select';
export { softmax, softmaxBackward } from './softmax';
export { tile1, tile2, tile3, tile4, tile5 } from './tile';
