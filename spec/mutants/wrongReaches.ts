/**
 * Programs that are right on what is small, alone and given: those that a run misses which asks nothing large, no two
 * options together, and none left out.
 *
 * @module
 */
import { sizeOf } from '../implementation.ts';
import type { Mutant } from './mutant.ts';
import { LITERAL_OPTIMIZER } from './optimizers.ts';
import { LITERAL } from './pieces.ts';

export const WRONG_REACHES: readonly Mutant[] = [
  {
    name: 'reach: training takes the tensors for its silos',
    breaks: ['alg-1'],
    pieces: { trainedSilos: (_lengths, shapes) => shapes.map(sizeOf) },
    caughtBy: ['alg1/silos-across-and-within-tensors'],
  },
  {
    name: 'reach: only the first 16 elements of a silo are ever kept',
    breaks: ['eq-7'],
    pieces: { reaches: (place) => place < 16 },
    caughtBy: ['eq7/silos-of-every-size', 'alg1/silos-of-every-size'],
  },
  {
    name: 'reach: only the first 32 elements of a silo are ever kept',
    breaks: ['eq-7'],
    pieces: { reaches: (place) => place < 32 },
    caughtBy: ['eq7/silos-of-every-size', 'alg1/silos-of-every-size'],
  },
  {
    name: 'reach: only the first 8 silos are ever kept',
    breaks: ['eq-7'],
    pieces: { reaches: (_place, silo) => silo < 8 },
    caughtBy: ['eq7/silos-of-every-size', 'alg1/silos-of-every-size'],
  },
  {
    name: 'AdaFactor: momentum comes before the step size',
    optimizer: { momentumOf: (dialect) => ({ ...LITERAL_OPTIMIZER.momentumOf(dialect), isBeforeTheRate: true }) },
    caughtBy: ['adafactor/options-alone-and-in-pairs'],
  },
  {
    name: 'AdaFactor: weight decay is a part of what momentum averages',
    optimizer: { averagesDecayed: true },
    caughtBy: [
      'adafactor/options-alone-and-in-pairs',
      'optax/options-alone-and-in-pairs',
      'praxis/options-alone-and-in-pairs',
      'huggingface/options-alone-and-in-pairs',
      'mlx/options-alone-and-in-pairs',
      'pytorch-optimizer/options-alone-and-in-pairs',
      'timm/options-alone-and-in-pairs',
    ],
  },
  {
    name: 'AdaFactor: t5x without the parameter scale if nothing is said',
    optimizer: { isScaled: (dialect) => dialect !== 't5x' && LITERAL_OPTIMIZER.isScaled(dialect) },
    caughtBy: ['adafactor/defaults', 'alg1/options-alone-in-pairs-and-left-out'],
  },
  {
    name: 'AdaFactor: ε₁ is 1e-24 if nothing is said',
    optimizer: {
      epsilon1: (formatEpsilon, dialect) =>
        dialect === 't5x' ? 1e-24 : LITERAL_OPTIMIZER.epsilon1(formatEpsilon, dialect),
    },
    caughtBy: ['adafactor/defaults'],
  },
  {
    name: 'AdaFactor: ε₂ is 1e-2 if nothing is said',
    optimizer: { epsilon2: (dialect) => (dialect === 't5x' ? 1e-2 : LITERAL_OPTIMIZER.epsilon2(dialect)) },
    caughtBy: ['adafactor/defaults'],
  },
  {
    name: 'Alg. 2: c is 4 if nothing is said',
    pieces: { factor: 4 },
    caughtBy: ['alg2/constants-alone-in-pairs-and-left-out', 'alg2/projection-constants-alone-in-pairs-and-left-out'],
  },
  {
    name: 'Alg. 2: T is 11 if nothing is said',
    pieces: { iterationsLeftOut: 11 },
    caughtBy: ['alg2/constants-alone-in-pairs-and-left-out'],
  },
  {
    name: 'silos: layer 0 is taken for none',
    pieces: {
      siloKey: (strategy, { module, layer }) =>
        strategy === 'none' ? 'all' : strategy === 'per-module' ? module : `${module} in layer ${layer ?? 0}`,
    },
    caughtBy: ['silos/per-module-and-layer'],
  },
  {
    name: 'AdaFactor: t5x factors matrices alone, not stacks of them',
    optimizer: {
      isFactored: (shape, minimum, dialect) =>
        (dialect !== 't5x' || shape.length === 2) && LITERAL_OPTIMIZER.isFactored(shape, minimum, dialect),
    },
    caughtBy: ['adafactor/stacks-are-factored-matrix-by-matrix'],
  },
  {
    name: 'reach: only the first 64 components have a distance',
    breaks: ['eq-5', 'tab-1'],
    pieces: { measures: (place) => place < 64 },
    caughtBy: ['eq5/of-every-size'],
  },
  {
    name: 'reach: the quantile of the first 64 distances',
    breaks: ['eq-6'],
    pieces: { sort: (distances) => LITERAL.sort(distances.slice(0, 64)) },
    caughtBy: ['eq6/of-every-size'],
  },
  {
    name: 'reach: Algorithm 2 counts among the first 64 distances',
    breaks: ['eq-8', 'alg-2'],
    pieces: { count: (distances, threshold) => LITERAL.count(distances.slice(0, 64), threshold) },
    caughtBy: ['alg2/of-every-size'],
  },
  {
    name: 'reach: what two subsets have in common is counted in eight bits',
    breaks: ['eq-9'],
    pieces: { overlap: (common, a, b) => LITERAL.overlap(common % 256, a, b) },
    caughtBy: ['eq9/of-every-size'],
  },
  {
    name: 'reach: AdaFactor sums the first 64 numbers',
    breaks: ['app-f'],
    optimizer: { sum: (values, round) => LITERAL_OPTIMIZER.sum(values.slice(0, 64), round) },
    caughtBy: ['adafactor/of-every-size'],
  },
  {
    name: 'reach: β₂ stays as it is from the tenth step on',
    breaks: ['app-f'],
    optimizer: { decay: (step, rate) => LITERAL_OPTIMIZER.decay(Math.min(step, 10), rate) },
    caughtBy: ['adafactor/thirty-steps'],
  },
  {
    name: 'reach: the subset stays as it is from the eighth step on',
    breaks: ['alg-1'],
    pieces: { mask: (now, before, t) => (t < 8 ? now : before) },
    caughtBy: ['alg1/thirty-steps'],
  },
  {
    name: 'reach: a relative step is never less than 0.01',
    breaks: ['app-f'],
    optimizer: { relativeRate: () => 0.01 },
    caughtBy: ['huggingface', 'timm', 'mlx', 'pytorch-optimizer'].map(
      (dialect) => `${dialect}/after-thousands-of-steps`,
    ),
  },
  {
    name: 'reach: β₂ has no cap where nothing is said',
    breaks: ['app-f'],
    optimizer: { defaults: (dialect) => ({ ...LITERAL_OPTIMIZER.defaults(dialect), beta2Cap: null }) },
    caughtBy: ['pytorch-optimizer', 'big-vision'].map((dialect) => `${dialect}/after-thousands-of-steps`),
  },
  {
    name: 'reach: every program factors from 32 where nothing is said',
    breaks: ['app-f'],
    optimizer: { defaults: (dialect) => ({ ...LITERAL_OPTIMIZER.defaults(dialect), minDimSizeToFactor: 32 }) },
    caughtBy: [
      'adafactor/factors-from-128-by-default',
      'optax/factors-from-128-by-default',
      'timm/factors-from-17-by-default',
      'big-vision/factors-from-16-by-default',
    ],
  },
];
