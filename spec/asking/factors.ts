/**
 * In what the requests of an operation differ, beside their numbers: the one table from which a run draws its options,
 * alone and in pairs, and from which its coverage is read. `undefined` is an option that is left out.
 *
 * @module
 */
import type {
  Capabilities,
  Dialect,
  DistanceKind,
  OptimizerChoice,
  OptimizerName,
  Operation,
} from '../implementation.ts';
import type { Factors } from './pairs.ts';

type OptionName = Exclude<keyof OptimizerChoice, 'name' | 'learningRate' | 'dialect'>;
type Options = { readonly [K in OptionName]: readonly (OptimizerChoice[K] | undefined)[] };

/** Every number is one that bfloat16 holds. A clipping threshold of 1024 is out of the way. */
const OPTIONS = {
  decayRate: [undefined, 0.5, 1],
  beta2Cap: [undefined],
  epsilon1: [undefined, 2 ** -8, 2 ** -100],
  epsilon2: [undefined, 0.25, 2 ** -6],
  clippingThreshold: [undefined, 2, 1024],
  multiplyByParameterScale: [undefined, true, false],
  relativeStep: [undefined],
  minDimSizeToFactor: [undefined, 2, 3],
  momentum: [undefined, 0.5, 0.875],
  weightDecay: [undefined, 0.125],
} as const satisfies Options;

const NO_MINIMUM = { minDimSizeToFactor: [undefined] } as const;
const ALWAYS_SCALES = { multiplyByParameterScale: [undefined, true] } as const;
const NO_MOMENTUM = { momentum: [undefined] } as const;
const RELATIVE = { relativeStep: [undefined, true, false] } as const;
const CAPPED = { beta2Cap: [undefined, 0.5, 0.25] } as const;

/** What one program lacks, always does, or alone has. */
const OF_ITS_OWN: Readonly<Record<Dialect, Partial<Options>>> = {
  t5x: {},
  optax: {},
  praxis: NO_MINIMUM,
  huggingface: { ...NO_MINIMUM, ...RELATIVE },
  torch: { ...NO_MINIMUM, ...ALWAYS_SCALES, ...NO_MOMENTUM },
  keras: { ...NO_MINIMUM, ...ALWAYS_SCALES, ...NO_MOMENTUM },
  mlx: { ...NO_MINIMUM, ...RELATIVE },
  'pytorch-optimizer': { ...NO_MINIMUM, ...RELATIVE, ...CAPPED },
  timm: RELATIVE,
  'big-vision': { ...CAPPED, multiplyByParameterScale: [undefined, false] },
};

export const RANKS = ['vector', 'matrix', 'stack'] as const;
export type Rank = (typeof RANKS)[number];

/** How silos lie to tensors: each tensor one, all tensors one, some tensors together, several in one tensor. */
export const LAYOUTS = ['tensors', 'whole', 'across', 'within'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** AdaFactor's options, and the tensors that they are asked on. */
export function optimizerFactors(dialect: Dialect): Options & { readonly rank: readonly Rank[] } {
  const options: Options = { ...OPTIONS, ...OF_ITS_OWN[dialect] };
  return { rank: RANKS, ...options };
}

/** Algorithm 2's constants, and where it begins; one a silo in `project` and `train`. */
export const BISECTION = {
  factor: [undefined, 1.5, 4],
  iterations: [undefined, 4, 12],
  previous: [undefined, 0.25, 2],
} as const;

type ProjectionFactors = {
  readonly [K in keyof typeof BISECTION]: readonly (number | undefined)[];
} & { readonly distance: readonly DistanceKind[] };

type TrainingFactors = ProjectionFactors & { readonly rank: readonly Rank[]; readonly layout: readonly Layout[] };

/** What is asked of `project` by one method. */
export function projectionFactors(method: string, { distances }: Capabilities): ProjectionFactors {
  const distance = { distance: distances };
  return method === 'iterative' ? { ...distance, ...BISECTION } : { ...distance, ...withoutBisection() };
}

/** What is asked of `train` by one optimizer and one method. */
export function trainingFactors(
  optimizer: string,
  method: string,
  claims: Capabilities,
): TrainingFactors | (TrainingFactors & Options) {
  const tensors = { layout: LAYOUTS, ...projectionFactors(method, claims) };
  return optimizer === 'adafactor' ? { ...optimizerFactors('t5x'), ...tensors } : { rank: RANKS, ...tensors };
}

/** An exact quantile has none. */
function withoutBisection() {
  return { factor: [undefined], iterations: [undefined], previous: [undefined] } as const;
}

/** The optimizers that `train` is asked with: AdaFactor as t5x has it, where that is claimed. */
export function trainingOptimizers({ optimizers, dialects = ['t5x'] }: Capabilities): readonly OptimizerName[] {
  return optimizers.filter((name) => name !== 'adafactor' || dialects.includes('t5x'));
}

/** The factors of an operation by the group of requests that they belong to: which optimizer, which method. */
export function factorsOf(operation: Operation, claims: Capabilities): ReadonlyMap<string, Factors> {
  const { distances, thresholds, silos, optimizers, dialects = ['t5x'] } = claims;
  const each = <Name extends string>(names: readonly Name[], make: (name: Name) => Factors): [string, Factors][] =>
    names.map((name) => [name, make(name)]);
  switch (operation) {
    case 'silos':
      return new Map([['', { strategy: silos }]]);
    case 'distance':
      return new Map([['', { kind: distances }]]);
    case 'threshold':
      return new Map(each(thresholds, (method) => (method === 'iterative' ? BISECTION : withoutBisection())));
    case 'project':
      return new Map(each(thresholds, (method) => projectionFactors(method, claims)));
    case 'overlap':
      return new Map();
    case 'optimize':
      return new Map(
        optimizers.flatMap((name) =>
          name === 'adafactor' ? each(dialects, (dialect) => optimizerFactors(dialect)) : [],
        ),
      );
    case 'train':
      return new Map(
        trainingOptimizers(claims).flatMap((optimizer) =>
          thresholds.map((method) => [`${optimizer} ${method}`, trainingFactors(optimizer, method, claims)] as const),
        ),
      );
  }
}

/** The options of a row that are not left out. */
export function given<Row extends object>(row: Row): { readonly [K in keyof Row]?: Exclude<Row[K], undefined> } {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof Row]?: Exclude<Row[K], undefined> };
}
