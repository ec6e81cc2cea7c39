/**
 * What a run came to: numbers, where the changes lie, and what it answered.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { readText } from '../files/atomic.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { elementCount } from '../tensor/shape.ts';
import { parseJson } from '../text/json.ts';
import {
  anyText,
  checkOptions,
  finite,
  fromZero,
  integer,
  list,
  oneOf,
  optional,
  options,
  orNull,
  positive,
  share,
  text,
  type Kinds,
} from '../kinds.ts';
import { HASH, IDENTITY, type Identity } from './identity.ts';
import { METHOD_NAMES, RATE_ORIGINS, type MethodName, type RateOrigin } from '../train/names.ts';
import type { EarlierIdentity } from './runFolder.ts';
import type { Measure } from '../metrics/measure.ts';
import type { RowRecord } from './rowRecord.ts';
import type { OverlapTable } from './snapshots.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** How much of one tensor was changed. */
export interface Placement {
  readonly name: string;
  readonly module: string;
  readonly layer: number | null;
  readonly size: number;
  readonly changed: number;
}

/** Name and version of result.json: the first had no name, and no scores of rows; the second no identity. */
export const RESULT_FORMAT = 'dynamic-subset-tuning/result/3';

/** result.json of a run. */
export interface TrainResult {
  readonly format: typeof RESULT_FORMAT;
  readonly method: MethodName;
  /** null for full fine-tuning. */
  readonly epsilon: number | null;
  readonly learningRate: number;
  readonly learningRateFrom: RateOrigin;
  readonly steps: number;
  readonly task: string;
  /** The seed, the data and the code of the last step and of the measurement. */
  readonly identity: Identity;
  /** What the steps before were made of, if the run continued with other data or another version; else empty. */
  readonly earlier: readonly EarlierIdentity[];
  /** The split that `metric` was measured on. */
  readonly split: 'test' | 'development';
  readonly metric: Measure;
  /** What each of its rows adds to `metric`, in their order. */
  readonly rows: RowRecord;
  readonly size: number;
  readonly changed: number;
  readonly realisedFraction: number;
  /** What has to be stored beside the seed. */
  readonly bytes: number;
  readonly seconds: number;
  readonly placement: readonly Placement[];
  readonly overlap: OverlapTable | null;
  readonly samples: readonly {
    readonly text: string;
    readonly expected: string;
    /** All answers that are right, if there are others than the expected one. */
    readonly references?: readonly string[];
    readonly answer: string;
    /** What the seed answers as it is; absent if it was not asked. */
    readonly before?: string;
  }[];
  /** Of the tuned parameters. */
  readonly fingerprint: string;
  readonly warnings: readonly string[];
}

/** How much of each tensor differs from the seed, bit for bit. */
export function computePlacement(
  kernels: Kernels,
  parameters: readonly Parameter[],
  seed: Float32Array,
  theta: Float32Array,
): readonly Placement[] {
  return parameters.map(({ name, module, layer, shape, offset }) => {
    const size = elementCount(shape);
    const changed = kernels.countDifferent(theta.subarray(offset, offset + size), seed.subarray(offset, offset + size));
    return { name, module, layer, size, changed };
  });
}

const PROPORTION = { value: finite, low: finite, high: finite };

const RESULT: Kinds<TrainResult> = {
  format: oneOf([RESULT_FORMAT]),
  method: oneOf(METHOD_NAMES),
  epsilon: orNull(share),
  learningRate: positive,
  learningRateFrom: oneOf(RATE_ORIGINS),
  steps: integer(1),
  task: text,
  identity: IDENTITY,
  earlier: list(options<EarlierIdentity>({ untilStep: integer(1), identity: IDENTITY })),
  split: oneOf(['test', 'development']),
  metric: options<Measure>({
    ...PROPORTION,
    metric: oneOf(['accuracy', 'BLEU', 'exact match']),
    scale: oneOf(['share', 'points']),
    correct: integer(0),
    count: integer(1),
    also: optional(options<NonNullable<Measure['also']>>({ ...PROPORTION, metric: oneOf(['phoneme error rate']) })),
  }),
  rows: options<RowRecord>({
    correct: text,
    bleu: optional(list(text)),
    phonemes: optional(list(text)),
  }),
  size: integer(1),
  changed: integer(0),
  realisedFraction: fromZero,
  bytes: integer(0),
  seconds: fromZero,
  placement: list(
    options<Placement>({ name: text, module: text, layer: orNull(integer(0)), size: integer(1), changed: integer(0) }),
  ),
  overlap: orNull(options<OverlapTable>({ steps: list(integer(0)), share: list(list(finite)) })),
  samples: list(
    options<TrainResult['samples'][number]>({
      text: anyText,
      expected: anyText,
      references: optional(list(anyText)),
      answer: anyText,
      before: optional(anyText),
    }),
  ),
  fingerprint: HASH,
  warnings: list(anyText),
};

/**
 * Reads a run's result.json.
 *
 * @throws InvalidInput if it is none, of another format than {@link RESULT_FORMAT}, or a field is not what it should be.
 */
export function readResult(path: string): TrainResult {
  const value = parseJson(readText(path), path);
  if (!isResult(value)) throw wrong(path, 'the result of a run', 'something else');
  const format: unknown = value.format;
  if (format !== RESULT_FORMAT)
    throw wrong(`${path}: format`, `${RESULT_FORMAT} (a run of another version has to be made again)`, format);
  checkOptions(RESULT, value, path);
  return value;
}

/** Enough to tell a result from another file. */
function isResult(value: unknown): value is TrainResult {
  return typeof value === 'object' && value !== null && 'metric' in value && 'placement' in value && 'seconds' in value;
}
