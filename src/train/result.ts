/**
 * What a run came to: numbers, where the changes lie, and what it answered.
 *
 * @module
 */
import type { Parameter } from '../dst/notation.ts';
import { wrong } from '../errors.ts';
import { readText } from '../files/atomic.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { elementCount } from '../tensor/shape.ts';
import { parseJson } from '../text/json.ts';
import type { Identity } from './identity.ts';
import type { MethodName, RateOrigin } from './names.ts';
import type { EarlierIdentity } from './runFolder.ts';
import type { Measure } from '../metrics/measure.ts';
import type { RowRecord } from './rowRecord.ts';
import type { OverlapTable } from './snapshots.ts';

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
  /** What the steps before were made of, where the run went on with other data or another version; else empty. */
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
    /** All answers that are right, where there are others than the expected one. */
    readonly references?: readonly string[];
    readonly answer: string;
    /** What the seed answers as it is; absent where it was not asked. */
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

/**
 * Reads a run's result.json.
 *
 * @throws InvalidInput where it is none, or of another format than {@link RESULT_FORMAT}.
 */
export function readResult(path: string): TrainResult {
  const value = parseJson(readText(path), path);
  if (!isResult(value)) throw wrong(path, 'the result of a run', 'something else');
  const format: unknown = value.format;
  if (format !== RESULT_FORMAT)
    throw wrong(`${path}: format`, `${RESULT_FORMAT} (a run of another version has to be made anew)`, format);
  return value;
}

/** Enough to tell our own file from another; nobody else writes it. */
function isResult(value: unknown): value is TrainResult {
  return typeof value === 'object' && value !== null && 'metric' in value && 'placement' in value && 'seconds' in value;
}
