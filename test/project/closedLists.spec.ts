/**
 * A list of names closes: with a name more, `npm run types` fails at every place that must know the name. Here all
 * lists get one at once, and the places are compared with those that are known.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findPlaces, type ClosedList } from './closedLists.ts';

/** A list, and the places that must know its names. */
interface Known extends ClosedList {
  readonly places: readonly string[];
}

const LISTS: readonly Known[] = [
  {
    file: 'src/kernel/kernels.ts',
    list: 'DISTANCES',
    places: [
      'spec/ours.ts: createOurs.distances',
      'src/dst/warnings.ts: findStuckZero',
      'src/kernel/scalar/distance.ts: TABLE_1',
      'src/kernel/simd/tuning.ts: createTuning.distances',
    ],
  },
  { file: 'src/kernel/kernels.ts', list: 'KERNEL_NAMES', places: ['src/kernel/create.ts: createKernels'] },
  {
    file: 'src/kernel/kernels.ts',
    list: 'ACTIVATIONS',
    places: [
      'src/files/t5Config.ts: WRITTEN',
      'src/kernel/scalar/gated.ts: CURVES',
      'src/kernel/simd/layers.ts: createLayers.gates',
      'src/kernel/simd/layers.ts: createLayers.gatesBackward',
    ],
  },
  {
    file: 'src/optim/dialects.ts',
    list: 'DIALECT_NAMES',
    places: ['spec/ours.ts: createOurs.dialects', 'src/optim/dialects.ts: DIALECTS'],
  },
  {
    file: 'src/optim/dialects.ts',
    list: 'FACTORING_NAMES',
    places: ['scripts/dialects/table.ts: FACTORINGS', 'src/optim/factoring.ts: FACTORINGS'],
  },
  {
    file: 'src/optim/dialects.ts',
    list: 'REGULARISATION_NAMES',
    places: ['scripts/dialects/table.ts: REGULARISATIONS', 'src/optim/secondMoment.ts: REGULARISATIONS'],
  },
  {
    file: 'src/optim/dialects.ts',
    list: 'STEP_SIZE_NAMES',
    places: ['scripts/dialects/table.ts: STEP_SIZES', 'src/optim/dialects.ts: STEP_SIZES'],
  },
  {
    file: 'src/optim/dialects.ts',
    list: 'SCALING_NAMES',
    places: ['scripts/dialects/table.ts: SCALINGS', 'src/optim/dialects.ts: SCALINGS'],
  },
  {
    file: 'src/optim/dialects.ts',
    list: 'MOMENTUM_NAMES',
    places: ['scripts/dialects/table.ts: MOMENTA', 'src/optim/dialects.ts: MOMENTA'],
  },
  {
    file: 'src/optim/dialects.ts',
    list: 'WEIGHT_DECAY_NAMES',
    places: ['scripts/dialects/table.ts: WEIGHT_DECAYS', 'src/optim/dialects.ts: WEIGHT_DECAYS'],
  },
  {
    file: 'src/dst/notation.ts',
    list: 'SILO_STRATEGIES',
    places: ['spec/ours.ts: createOurs.silos', 'src/dst/silos.ts: shared'],
  },
  {
    file: 'src/dst/notation.ts',
    list: 'THRESHOLD_METHODS',
    places: ['src/dst/choose.ts: find', 'src/dst/warnings.ts: DROPS_TIES'],
  },
  { file: 'src/dst/notation.ts', list: 'BUDGET_RULES', places: ['src/dst/budget.ts: computeBudgets'] },
  {
    file: 'src/dst/notation.ts',
    list: 'MASK_RULES',
    places: ['src/dst/ablations.ts: PLACES', 'src/dst/ablations.ts: isMasked'],
  },
  { file: 'src/dst/notation.ts', list: 'NORMALISERS', places: ['src/dst/normalisation.ts: divisorOf'] },
  {
    file: 'src/dst/notation.ts',
    list: 'NORMALISED_GROUPS',
    places: ['src/dst/normalisation.ts: computeScales.groups'],
  },
  {
    file: 'src/files/gapCode.ts',
    list: 'INDEX_ENCODINGS',
    places: [
      'src/files/gapCode.ts: countedFrom',
      'src/files/gapCode.ts: encodeIndices',
      'src/files/gapCode.ts: readCodes',
    ],
  },
  { file: 'src/metrics/bleu.ts', list: 'BLEU_SMOOTHINGS', places: ['src/metrics/bleu.ts: smoothed'] },
  {
    file: 'src/metrics/bleuTokens.ts',
    list: 'BLEU_TOKENIZERS',
    places: ['src/metrics/bleuTokens.ts: tokenizeForBleu'],
  },
  {
    file: 'src/pretrain/pretrainConfig.ts',
    list: 'ARCHITECTURES',
    places: ['src/pretrain/corpus.ts: specialsOf', 'src/pretrain/pretrain.ts: createSeedNetwork'],
  },
  {
    file: 'src/pretrain/pretrainConfig.ts',
    list: 'MODEL_DTYPES',
    places: ['src/pretrain/pretrain.ts: writeSeed.dtype'],
  },
  { file: 'src/data/tasks.ts', list: 'TASK_NAMES', places: ['src/data/tasks.ts: TASKS'] },
  { file: 'src/train/names.ts', list: 'METHOD_NAMES', places: ['src/train/methods.ts: METHODS'] },
  { file: 'src/train/names.ts', list: 'NORMALISATIONS', places: ['src/train/dstLearner.ts: normalisationOf'] },
  { file: 'src/train/names.ts', list: 'OPTIMIZERS', places: ['src/train/optimization.ts: createOptimizer'] },
  {
    file: 'src/train/names.ts',
    list: 'SCHEDULES',
    places: ['src/train/config.ts: FALLS_TO_ZERO', 'src/train/optimization.ts: createSchedule'],
  },
  { file: 'src/train/names.ts', list: 'RATE_ORIGINS', places: ['cli/compare/words.ts: ORIGINS'] },
  {
    file: 'spec/implementation.ts',
    list: 'DISTANCE_KINDS',
    places: [
      'spec/mutants/pieces.ts: LITERAL.distance',
      'spec/mutants/variants.ts: weighWithoutRulings',
      'spec/mutants/wrongDistances.ts: exchange',
      'spec/oracle/distance.ts: isDistanceExact',
      'spec/oracle/distance.ts: weigh',
      'spec/paper.ts: DISTANCES',
    ],
  },
  {
    file: 'spec/implementation.ts',
    list: 'METHODS',
    places: [
      'spec/mutants/literal.ts: createLiteral.thresholdOf',
      'spec/oracle/projection.ts: judgeSilo',
      'spec/ours.ts: asThreshold',
      'spec/paper.ts: thresholdOf',
      'spec/vectors/accepted.ts: thresholdRanges',
    ],
  },
  {
    file: 'spec/implementation.ts',
    list: 'STRATEGIES',
    places: ['spec/mutants/pieces.ts: LITERAL.siloKey', 'spec/oracle/silos.ts: computeSiloKey'],
  },
  {
    file: 'spec/implementation.ts',
    list: 'OPTIMIZERS',
    places: [
      'spec/laws/alg1-reach.ts: plain',
      'spec/mutants/optimizers.ts: createOptimizer',
      'spec/oracle/adafactor.ts: createOptimizerOracle',
      'spec/ours.ts: createOptimizer',
    ],
  },
  {
    file: 'spec/implementation.ts',
    list: 'DIALECTS',
    places: [
      'spec/asking/factors.ts: OF_ITS_OWN',
      'spec/laws/dialects.ts: ASKED',
      'spec/mutants/programs.ts: ROWS',
      'spec/oracle/programs.ts: PROGRAMS',
    ],
  },
];

const found = findPlaces(LISTS);

it.each(LISTS)('$file: a name more in $list fails the types of every place that must know it', ({ places }) => {
  expect(places.filter((place) => !found.includes(place))).toEqual([]);
});

it('no other place fails', () => {
  const known = LISTS.flatMap(({ places }) => places);
  expect(found.filter((place) => !known.includes(place))).toEqual([]);
});

it('a list that is not there is named', () => {
  expect(() => findPlaces([{ file: 'src/dst/notation.ts', list: 'NORMALIZERS' }])).toThrow(
    'src/dst/notation.ts: expected a list NORMALIZERS, got "none"',
  );
});

const CONTRIBUTING = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');

/** The walk-throughs, and the lists that each adds a name to. */
it.each([
  ['add a distance', ['DISTANCES', 'DISTANCE_KINDS']],
  [
    'add a dialect of AdaFactor',
    [
      ...['DIALECT_NAMES', 'DIALECTS'],
      ...['FACTORING_NAMES', 'REGULARISATION_NAMES', 'STEP_SIZE_NAMES'],
      ...['SCALING_NAMES', 'MOMENTUM_NAMES', 'WEIGHT_DECAY_NAMES'],
    ],
  ],
  ['add a task', ['TASK_NAMES']],
  ['add a baseline', ['METHOD_NAMES']],
])('the walk-through "%s" names every file that fails', (title, lists) => {
  const [, section = ''] = CONTRIBUTING.split(`## Walk-through: ${title}\n`);
  const [text] = section.split('\n## ');
  const files = LISTS.filter(({ list }) => lists.includes(list)).flatMap(({ file, places }) => [
    file,
    ...places.map((place) => place.split(':')[0]),
  ]);
  expect(files.length).toBeGreaterThan(1);
  expect([...new Set(files)].filter((file) => !text.includes(`\`${file}\``))).toEqual([]);
});
